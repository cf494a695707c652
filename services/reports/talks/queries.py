"""Reads of records of talks. Row-level security hides those whose note the caller may not know of."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import seeing_all
from services.reports.talks.schemas import RestsOn, TalkOut
from services.reports.talks.tables import ConcurrenceRecord, TalkRecord

Cited = tuple[str, UUID]
KINDS: Final = ("note-to-file", "readout")
"""The kinds of evidence that are records of talks."""


async def see_records(session: AsyncSession, wanted: Iterable[Cited]) -> list[TalkRecord]:
    """Of the notes and readouts named by kind and id those that the caller may read."""
    query = select(TalkRecord).where(tuple_(TalkRecord.kind, TalkRecord.id).in_(list(wanted)))
    return list((await session.execute(query)).scalars())


async def read_flags(session: AsyncSession, cited: Iterable[Cited]) -> dict[Cited, datetime]:
    """Since when each flagged talk of `cited` is known to be, whoever asks: a flag binds those, too, who may not read the note."""
    if not (keys := talks_in(cited)):
        return {}
    query = select(TalkRecord.kind, TalkRecord.id, TalkRecord.flagged_at).where(TalkRecord.id.in_(keys), TalkRecord.flagged_at.is_not(None))
    async with seeing_all(session, "reports"):
        rows = (await session.execute(query)).all()
    return {(row.kind, row.id): row.flagged_at for row in rows}


async def lock_records(session: AsyncSession, keys: Collection[UUID]) -> None:
    """Let no talk be flagged until the transaction ends, so that what rests on it is decided as it stands."""
    async with seeing_all(session, "reports"):
        await session.execute(select(TalkRecord.id).where(TalkRecord.id.in_(keys)).order_by(TalkRecord.id).with_for_update(read=True))


def talks_in(cited: Iterable[Cited]) -> list[UUID]:
    """The notes and readouts among what is cited."""
    return [key for kind, key in cited if kind in KINDS]


async def show_talks(session: AsyncSession, cited: Iterable[Cited]) -> dict[UUID, TalkOut]:
    """The cited notes and readouts that the caller may read, by id, with the concurrences they rest on."""
    talks = [each for each in cited if each[0] in KINDS]
    records = await see_records(session, talks) if talks else []
    wanted = {key for record in records for key in record.concurrences}
    query = select(ConcurrenceRecord).where(ConcurrenceRecord.id.in_(wanted)).order_by(ConcurrenceRecord.country, ConcurrenceRecord.id)
    known = [RestsOn.model_validate(each) for each in (await session.execute(query)).scalars()] if wanted else []
    return {
        record.id: TalkOut(
            id=record.id,
            engagement=record.engagement,
            flagged_at=record.flagged_at,
            concurrences=[each for each in known if each.id in record.concurrences],
        )
        for record in records
    }
