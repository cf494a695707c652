"""The register of correspondence over HTTP."""

from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import File, Response, UploadFile

from chassis.operation import Session, created, router
from chassis.pagination import Page, PagingQuery, Rows
from contracts.vocabulary import Reason
from services.liaison.correspondence import actions, queries
from services.liaison.correspondence.schemas import AttachmentOut, Direction, LetterBody, LetterDetail, LetterOut, LetterState
from services.liaison.correspondence.tables import Attachment, Letter

routes = router("correspondence")


@routes.post("/correspondence", status_code=201, response_model=LetterOut)
async def register_letter(body: LetterBody, session: Session, response: Response) -> Letter:
    """Register a note verbale or letter, received or sent."""
    return created(response, "correspondence", await actions.register_letter(session, body))


@routes.get("/correspondence", response_model=Page[LetterOut])
async def list_letters(
    session: Session,
    paging: PagingQuery,
    direction: Direction | None = None,
    state: LetterState | None = None,
    party: UUID | None = None,
    q: str | None = None,
) -> Rows[Letter]:
    """The register, newest first. `q` looks into subjects and both sides' references."""
    return await queries.list_letters(session, paging, direction, state, party, q)


@routes.get("/correspondence/overdue", response_model=Page[LetterOut])
async def list_overdue_letters(session: Session, paging: PagingQuery) -> Rows[Letter]:
    """Letters whose reply was due before today."""
    return await queries.list_overdue(session, paging)


@routes.get("/correspondence/{letter_id}", response_model=LetterDetail)
async def read_letter(letter_id: UUID, session: Session) -> Letter:
    """One letter with its attachments."""
    return await queries.read_letter(session, letter_id)


@routes.post("/correspondence/{letter_id}/close", response_model=LetterOut)
async def close_letter(letter_id: UUID, body: Reason, session: Session) -> Letter:
    """Record that no reply is awaited any more."""
    return await actions.close_letter(session, letter_id, body.reason)


@routes.post("/correspondence/{letter_id}/attachments", status_code=201, response_model=AttachmentOut)
async def attach_file(letter_id: UUID, file: Annotated[UploadFile, File()], session: Session) -> Attachment:
    """Attach a file (at most 20 MB); its kind is told by its content, not by its name."""
    return await actions.attach_file(session, letter_id, file.filename or "", await file.read())


@routes.get("/correspondence/{letter_id}/attachments/{attachment_id}/content", response_class=Response)
async def read_attachment(letter_id: UUID, attachment_id: UUID, session: Session) -> Response:
    """The attached file, to be saved."""
    return _download(*await queries.read_content(session, letter_id, attachment_id))


def _download(attachment: Attachment, content: bytes) -> Response:
    """Never shown in the page's own origin: what others sent in is saved, not run."""
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(attachment.name)}",
        "x-content-type-options": "nosniff",
        "content-security-policy": "sandbox; default-src 'none'",
        "etag": f'"{attachment.sha256}"',
    }
    return Response(content, media_type=attachment.media_type, headers=headers)
