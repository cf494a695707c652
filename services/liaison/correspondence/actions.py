"""Writes of the register of correspondence."""

import asyncio
import hashlib
import io
import zipfile
from uuid import UUID

import puremagic
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import Invalid, NotFound, WrongState
from chassis.labelling import complete_label
from chassis.outbox import announce
from chassis.records import change_record, is_known
from chassis.references import next_references
from contracts.events.liaison import LetterAnswered, LetterRegistered
from contracts.labels import Label
from contracts.vocabulary import CENTRE, Sensitivity, Tlp, known_countries
from services.liaison.correspondence.errors import AlreadyAnswered, AttachmentTooLarge, UnfitAttachment
from services.liaison.correspondence.rules import MAX_ATTACHMENT_BYTES, MEDIA_TYPES, PACKAGES, safe_name, state_of
from services.liaison.correspondence.schemas import Direction, LetterBody, LetterState
from services.liaison.correspondence.tables import Attachment, AttachmentContent, Letter
from services.liaison.parties.tables import Party

_ZIP = b"PK\x03\x04"
_PREFIX = {Direction.incoming: "NVI", Direction.outgoing: "NVO"}


async def register_letter(session: AsyncSession, body: LetterBody) -> Letter:
    """Enter a letter; a reply closes the letter it answers. Its reference is taken last, so that none is skipped."""
    party = await session.get(Party, body.party)
    if party is None:
        raise _unknown("party")
    if body.engagement and not await is_known(session, Letter.engagement, body.engagement):
        raise _unknown("engagement")
    countries = known_countries(party.party_countries)
    default = Label(sensitivity=Sensitivity.confidential, tlp=Tlp.amber, originator=CENTRE, countries=countries)
    letter = Letter(state=state_of(body.reply_by), **body.model_dump(exclude={"label"}))
    letter.label = complete_label(session, body.label, default)
    if body.answers:
        await _answer(session, body)
    letter.reference = (await next_references(session, _PREFIX[body.direction]))[0]
    session.add(letter)
    await session.flush()
    await announce(session, LetterRegistered(id=letter.id, version=letter.version, label=letter.label, direction=letter.direction))
    return letter


async def close_letter(session: AsyncSession, letter_id: UUID, reason: str) -> Letter:
    """Record that no reply is awaited any more."""
    letter = await change_record(session, Letter, letter_id, "letter")
    if letter.state != LetterState.open:
        raise WrongState("letter", letter.state, [LetterState.open])
    letter.state, letter.reason = LetterState.closed, reason
    return letter


async def attach_file(session: AsyncSession, letter_id: UUID, name: str, content: bytes) -> Attachment:
    """Attach a file under the letter's label; the same file again is the attachment there is."""
    letter = await change_record(session, Letter, letter_id, "letter")
    if len(content) > MAX_ATTACHMENT_BYTES:
        raise AttachmentTooLarge(MAX_ATTACHMENT_BYTES)
    media_type, sha256 = await asyncio.to_thread(_examine, content)
    there = select(Attachment).where(Attachment.letter_id == letter.id, Attachment.sha256 == sha256)
    if known := (await session.execute(there)).scalar_one_or_none():
        return known
    await session.execute(insert(AttachmentContent).values(sha256=sha256, content=content).on_conflict_do_nothing())
    attachment = Attachment(letter_id=letter.id, name=safe_name(name), media_type=media_type, size=len(content), sha256=sha256)
    attachment.label = letter.label
    session.add(attachment)
    await session.flush()
    return attachment


def _examine(content: bytes) -> tuple[str, str]:
    """Media type by content, and SHA-256; UnfitAttachment for what is not kept, whatever its name says."""
    found = _sniff(content)
    if found not in MEDIA_TYPES:
        raise UnfitAttachment(found or "of an unknown kind")
    return found, hashlib.sha256(content).hexdigest()


def kind_of(content: bytes) -> str:
    """The media type of a file that came in another way than through our own door; one we would not take is only to be saved."""
    found = _sniff(content)
    return found if found in MEDIA_TYPES else "application/octet-stream"


def _sniff(content: bytes) -> str:
    if content.startswith(_ZIP):
        return _kind_of_package(content)
    try:
        found: str = puremagic.from_stream(io.BytesIO(content), mime=True)
    except (puremagic.PureError, ValueError):
        found = ""
    return "text/plain" if not found and _is_text(content) else found


def _kind_of_package(content: bytes) -> str:
    """Which office document a zip is, by the parts every such document has; one with macros is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
    except zipfile.BadZipFile:
        return "a damaged archive"
    if any(name.endswith("vbaProject.bin") for name in names):
        return "a document with macros"
    return next((kind for part, kind in PACKAGES.items() if part in names), "an archive")


def _is_text(content: bytes) -> bool:
    try:
        return content.decode("utf-8").replace("\n", "").replace("\r", "").replace("\t", "").isprintable() and bool(content)
    except UnicodeDecodeError:
        return False


async def _answer(session: AsyncSession, body: LetterBody) -> None:
    assert body.answers is not None
    try:
        answered = await change_record(session, Letter, body.answers, "letter")
    except NotFound as error:
        raise Invalid("Name a letter of the register.", [{"pointer": "/answers", "detail": "is not a letter you know of"}]) from error
    if answered.direction == body.direction:
        raise Invalid("A reply goes the other way.", [{"pointer": "/answers", "detail": "went in the same direction"}])
    if answered.state != LetterState.open:
        raise AlreadyAnswered(answered.reference)
    answered.state = LetterState.answered
    await session.flush()
    await announce(session, LetterAnswered(id=answered.id, version=answered.version, label=answered.label, direction=answered.direction))


def _unknown(what: str) -> Invalid:
    return Invalid(f"Name a {what} of the register by its id.", [{"pointer": f"/{what}", "detail": f"is not a {what} you know of"}])
