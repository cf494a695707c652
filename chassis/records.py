"""Reading and locking single records by key, with the answers that every capability gives alike."""

import hashlib
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.context import context_of
from chassis.errors import NotFound, PreconditionFailed
from chassis.preconditions import is_matched

Record = TypeVar("Record")


async def read_record(session: AsyncSession, table: type[Record], key: UUID | str, what: str) -> Record:
    """The record under `key` as far as the principal may see it; NotFound otherwise (R18)."""
    record = await session.get(table, key)
    if record is None:
        raise NotFound(what)
    return record


async def is_known(session: AsyncSession, reference: Any, key: UUID) -> bool:
    """Whether the row that a foreign key names is there and to be seen by the principal.

    `reference` is the mapped attribute that bears the foreign key. The schema knows the table, so
    that nobody imports the capability that keeps it.
    """
    (link,) = reference.property.columns[0].foreign_keys
    return (await session.execute(select(link.column).where(link.column == key))).scalar() is not None


async def change_record(session: AsyncSession, table: type[Record], key: UUID | str, what: str) -> Record:
    """The record under `key`, locked until the transaction ends.

    NotFound when the principal may not see it, PreconditionFailed when the request's If-Match names another version.
    """
    keyed: Any = table
    found = await session.execute(select(table).where(keyed.id == key).with_for_update().execution_options(populate_existing=True))
    record = found.scalars().one_or_none()
    if record is None:
        raise NotFound(what)
    wanted = context_of(session).if_match
    if wanted is not None and not is_matched(wanted, etag(record.version)):  # type: ignore[attr-defined]
        raise PreconditionFailed
    return record


def known_records(table: type[Record], as_of: datetime, known_at: datetime) -> Select[Record]:
    """Of each record the row of its history that `contracts.moments.known` names; versions are recorded in their order (R3)."""
    rows: Any = table
    told = rows.__table__.alias("told")
    last = select(func.max(told.c.version)).where(told.c.id == rows.id, told.c.recorded_at <= known_at, told.c.effective_at <= as_of)
    return select(table).where(rows.version == last.scalar_subquery())


def etag(version: int, content: bytes = b"") -> str:
    """The strong ETag of a version, and of what was shown of it: parts of it may change while its version stays.

    For If-Match only the version counts (chassis.preconditions).
    """
    return f'"{version}-{hashlib.sha256(content).hexdigest()[:16]}"' if content else f'"{version}"'
