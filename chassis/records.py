"""Reading and locking single records by key, with the answers that every capability gives alike."""

from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import NotFound, PreconditionFailed

Record = TypeVar("Record")


async def read_record(session: AsyncSession, table: type[Record], key: UUID | str, what: str) -> Record:
    """The record under `key` as far as the principal may see it; NotFound otherwise (R18)."""
    record = await session.get(table, key)
    if record is None:
        raise NotFound(what)
    return record


async def change_record(session: AsyncSession, table: type[Record], key: UUID | str, what: str) -> Record:
    """The record under `key`, locked until the transaction ends.

    NotFound when the principal may not see it, PreconditionFailed when the request's If-Match names another version.
    """
    keyed: Any = table
    found = await session.execute(select(table).where(keyed.id == key).with_for_update().execution_options(populate_existing=True))
    record = found.scalars().one_or_none()
    if record is None:
        raise NotFound(what)
    wanted: str | None = session.info.get("if_match")
    if wanted is not None and wanted not in ("*", etag(record.version)):  # type: ignore[attr-defined]
        raise PreconditionFailed
    return record


def etag(version: int) -> str:
    """The strong ETag of a version."""
    return f'"{version}"'
