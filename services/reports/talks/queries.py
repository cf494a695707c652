"""Reads of records of talks. Row-level security hides those whose note the caller may not know of."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from services.reports.talks.tables import TalkRecord


async def see_records(session: AsyncSession, wanted: Iterable[tuple[str, UUID]]) -> list[TalkRecord]:
    """Of the notes and readouts named by kind and id those that the caller may read."""
    query = select(TalkRecord).where(tuple_(TalkRecord.kind, TalkRecord.id).in_(list(wanted)))
    return list((await session.execute(query)).scalars())
