"""Persons out of a file, each judged like one that is entered by hand: entered whole, or refused with its reasons."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.context import context_of
from chassis.errors import Problem, TooLarge, UnsupportedMedia
from chassis.outbox import announce
from chassis.problems import field_errors
from contracts.events.liaison import ContactEntered
from services.liaison.contacts.actions.entering import add_contact, duplicates_of, lock_register
from services.liaison.contacts.adapters.delimited import read_csv
from services.liaison.contacts.adapters.rows import Row
from services.liaison.contacts.adapters.vcards import read_vcards
from services.liaison.contacts.errors import TooManyRows
from services.liaison.contacts.schemas import ContactBody, ImportOut, RowResult
from services.liaison.contacts.tables import Contact

READERS: dict[str, Callable[[bytes], Iterator[Row]]] = {"text/csv": read_csv, "text/vcard": read_vcards}
MAX_ROWS = 2000
MAX_BYTES = 10 * 1024 * 1024


def check_media(content_type: str) -> str:
    """The media type without parameters; UnsupportedMedia for one that is not taken."""
    media_type = content_type.split(";", 1)[0].strip().lower()
    if media_type not in READERS:
        raise UnsupportedMedia(f"Send a file of contacts as {' or '.join(READERS)}.")
    return media_type


async def import_contacts(session: AsyncSession, media_type: str, raw: bytes, purpose: str | None) -> ImportOut:
    """Enter the persons of a file. `purpose` stands for those that bring none."""
    if len(raw) > MAX_BYTES:
        raise TooLarge(MAX_BYTES)
    rows = list(islice(READERS[media_type](raw), MAX_ROWS + 1))
    if len(rows) > MAX_ROWS:
        raise TooManyRows(f"At most {MAX_ROWS:,} persons are taken at once. Send the file in parts.", limit=MAX_ROWS)
    await lock_register(session)
    results, entered = [], []
    for row in rows:
        result, contact = await _enter(session, row, purpose)
        results.append(result)
        entered += [contact] if contact else []
    await announce(session, *(ContactEntered(id=each.id, version=each.version, label=each.label) for each in entered))
    context_of(session).shown.add(*(each.id for each in entered))
    return ImportOut(received=len(rows), entered=len(entered), refused=len(rows) - len(entered), rows=results)


async def _enter(session: AsyncSession, row: Row, purpose: str | None) -> tuple[RowResult, Contact | None]:
    try:
        body = None if row.body is None else ContactBody.model_validate(_completed(row.body, purpose))
    except ValidationError as error:
        return _refused(row, [f"{each['pointer'] or '/'}: {each['detail']}" for each in field_errors(error)]), None
    if body is None:
        return _refused(row, row.problems), None
    if found := await duplicates_of(session, body):
        return _refused(row, ["may be somebody who is in the register already"], [each.id for each in found]), None
    try:
        async with session.begin_nested():
            contact = await add_contact(session, body)
    except Problem as problem:
        return _refused(row, [f"{each['pointer']}: {each['detail']}" for each in problem.extra.get("errors", [])] or [problem.detail]), None
    return RowResult(row=row.number, state="entered", id=contact.id), contact


def _completed(body: dict[str, Any], purpose: str | None) -> dict[str, Any]:
    """A position of a file that does not say since when is held since today."""
    positions = [{"valid_from": str(now().date())} | each for each in body.get("positions", [])]
    return ({"purpose": purpose} if purpose else {}) | body | {"positions": positions}


def _refused(row: Row, reasons: list[str], duplicates: list[UUID] | None = None) -> RowResult:
    return RowResult(row=row.number, state="refused", reasons=reasons, duplicates=duplicates or [])
