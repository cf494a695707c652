"""Reads of the register of correspondence."""

from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.errors import Invalid, NotFound
from chassis.pagination import Paging, Rows, page_by_key
from chassis.records import read_record
from services.liaison.correspondence.rules import OURS
from services.liaison.correspondence.schemas import Direction, LetterState
from services.liaison.correspondence.tables import Attachment, AttachmentContent, Letter


async def list_letters(
    session: AsyncSession, paging: Paging, direction: Direction | None, state: LetterState | None, party: UUID | None, text: str | None
) -> Rows[Letter]:
    """Letters, newest first."""
    query = select(Letter)
    wanted = {Letter.direction: direction, Letter.state: state, Letter.party: party}
    query = query.where(*(column == value for column, value in wanted.items() if value is not None))
    if text:
        query = query.where(or_(*(column.icontains(text, autoescape=True) for column in _SEARCHED)))
    return await page_by_key(session, query, Letter, paging)


_SEARCHED = (Letter.subject, Letter.reference, func.coalesce(Letter.their_reference, ""))


async def list_overdue(session: AsyncSession, paging: Paging) -> Rows[Letter]:
    """Letters whose reply was due before today."""
    query = select(Letter).where(Letter.state == LetterState.open, Letter.reply_by < now().date())
    return await page_by_key(session, query, Letter, paging)


async def read_letter(session: AsyncSession, letter_id: UUID) -> Letter:
    """One letter, with `attachments` and `answered_by` set on it."""
    letter = await read_record(session, Letter, letter_id, "letter")
    files = select(Attachment).where(Attachment.letter_id == letter.id).order_by(Attachment.id)
    reply = select(Letter.id).where(Letter.answers == letter.id).limit(1)
    letter.attachments = list((await session.execute(files)).scalars())  # type: ignore[attr-defined]
    letter.answered_by = (await session.execute(reply)).scalar()  # type: ignore[attr-defined]
    return letter


async def require_note(session: AsyncSession, reference: str | None, prefix: str, pointer: str) -> None:
    """Invalid when `reference` has the form of our register and names no letter of `prefix` that the caller may see.

    What has another form is the other side's number, or from before the register.
    """
    if reference is None or not OURS.fullmatch(reference):
        return
    there = select(Letter.id).where(Letter.reference == reference)
    if not reference.startswith(prefix) or (await session.execute(there)).scalar() is None:
        detail = f"is not a letter you know of whose reference begins with {prefix}"
        raise Invalid("Name a note verbale of the register of correspondence.", [{"pointer": pointer, "detail": detail}])


async def read_content(session: AsyncSession, letter_id: UUID, attachment_id: UUID) -> tuple[Attachment, bytes]:
    """An attachment and its bytes; NotFound unless the reader may see the letter it belongs to."""
    query = (
        select(Attachment, AttachmentContent.content)
        .join(Letter, Letter.id == Attachment.letter_id)
        .join(AttachmentContent, AttachmentContent.sha256 == Attachment.sha256)
        .where(Letter.id == letter_id, Attachment.id == attachment_id)
    )
    found = (await session.execute(query)).one_or_none()
    if found is None:
        raise NotFound("attachment")
    return found[0], found[1]
