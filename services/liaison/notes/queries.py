"""Reads of notes to file and readouts."""

from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import principal_of
from chassis.errors import NotFound
from chassis.pagination import Paging, Rows, page_by_key
from chassis.records import read_record
from services.liaison.notes.rules import NoteState
from services.liaison.notes.tables import NoteToFile, Readout


async def list_notes(session: AsyncSession, paging: Paging, engagement: UUID | None, state: NoteState | None) -> Rows[NoteToFile]:
    """Notes on an engagement, in a state; of drafts the caller's own."""
    own = NoteToFile.author == principal_of(session).client_id
    query = select(NoteToFile).where(or_(NoteToFile.state == NoteState.filed, own))
    if engagement:
        query = query.where(NoteToFile.engagement == engagement)
    if state:
        query = query.where(NoteToFile.state == state)
    return await page_by_key(session, query, NoteToFile, paging)


async def read_note(session: AsyncSession, note_id: UUID) -> NoteToFile:
    """One note; somebody else's draft looks like one that is not there."""
    note = await read_record(session, NoteToFile, note_id, "note to file")
    if note.state == NoteState.draft and note.author != principal_of(session).client_id:
        raise NotFound("note to file")
    return note


async def read_readout(session: AsyncSession, note_id: UUID) -> Readout:
    """The readout of a note, which may be seen without the note."""
    readout = (await session.execute(select(Readout).where(Readout.note == note_id))).scalar_one_or_none()
    if readout is None:
        raise NotFound("readout")
    return readout
