"""Notes to file and readouts over HTTP."""

from uuid import UUID

from fastapi import Response

from chassis.operation import Session, created, router
from chassis.pagination import Page, PagingQuery, Rows
from services.liaison.notes import actions, queries
from services.liaison.notes.rules import NoteState
from services.liaison.notes.schemas import NoteBody, NoteOut, NoteText, ReadoutBody, ReadoutOut, ReadoutText
from services.liaison.notes.tables import NoteToFile, Readout

routes = router("notes")


@routes.post("/notes-to-file", status_code=201, response_model=NoteOut)
async def draft_note(body: NoteBody, session: Session, response: Response) -> NoteToFile:
    """Begin the record of an engagement that was held; the draft is seen by its author only."""
    return created(response, "notes-to-file", await actions.draft_note(session, body))


@routes.get("/notes-to-file", response_model=Page[NoteOut])
async def list_notes(
    session: Session, paging: PagingQuery, engagement: UUID | None = None, state: NoteState | None = None
) -> Rows[NoteToFile]:
    """Notes to file, newest first; of drafts your own."""
    return await queries.list_notes(session, paging, engagement, state)


@routes.get("/notes-to-file/{note_id}", response_model=NoteOut)
async def read_note(note_id: UUID, session: Session) -> NoteToFile:
    """One note to file."""
    return await queries.read_note(session, note_id)


@routes.put("/notes-to-file/{note_id}", response_model=NoteOut)
async def edit_note(note_id: UUID, body: NoteText, session: Session) -> NoteToFile:
    """Change your own draft."""
    return await actions.edit_note(session, note_id, body)


@routes.post("/notes-to-file/{note_id}/file", response_model=NoteOut)
async def file_note(note_id: UUID, session: Session) -> NoteToFile:
    """File your draft: it will not change, and its engagement counts as reported."""
    return await actions.file_note(session, note_id)


@routes.post("/notes-to-file/{note_id}/readout", status_code=201, response_model=ReadoutOut)
async def draft_readout(note_id: UUID, body: ReadoutBody, session: Session) -> Readout:
    """Begin the public version of a filed note."""
    return await actions.draft_readout(session, note_id, body)


@routes.get("/notes-to-file/{note_id}/readout", response_model=ReadoutOut)
async def read_readout(note_id: UUID, session: Session) -> Readout:
    """The public version of a note."""
    return await queries.read_readout(session, note_id)


@routes.put("/notes-to-file/{note_id}/readout", response_model=ReadoutOut)
async def edit_readout(note_id: UUID, body: ReadoutText, session: Session) -> Readout:
    """Change a readout that is not public yet."""
    return await actions.edit_readout(session, note_id, body)


@routes.post("/notes-to-file/{note_id}/readout/approve", response_model=ReadoutOut)
async def approve_readout(note_id: UUID, session: Session) -> Readout:
    """Make a readout public. The Head approves what somebody else wrote."""
    return await actions.approve_readout(session, note_id)
