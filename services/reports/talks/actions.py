"""Writes of records of talks. Nothing takes one back: who withdraws later gags no report (R1).

A talk held after the stated date of a withdrawal is flagged: what rests on it is the Head's to decide (R3).
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import label_columns, now
from contracts.events.liaison import ConcurrenceAnnouncement, NoteFiled, ReadoutApproved
from services.reports.talks.schemas import ConcurrenceStanding
from services.reports.talks.tables import ConcurrenceRecord, TalkRecord


async def keep_record(session: AsyncSession, said: NoteFiled | ReadoutApproved, told_at: datetime) -> None:
    """Keep the reference. What was filed or approved does not change, so what is known already stays.

    A readout bears the flag of the note it is made from, which was told of before it.
    """
    is_flagged = isinstance(said, NoteFiled) and said.held_after_withdrawal
    row = {
        "id": UUID(str(said.id)),
        "created_at": now(),
        "updated_at": now(),
        "kind": said.kind,
        "engagement": said.engagement,
        "concurrences": said.concurrences,
        "flagged_at": told_at if is_flagged else await _flag_of(session, said.engagement),
        "readers": said.readers,
        **label_columns(said.label),
    }
    await session.execute(insert(TalkRecord).values(row).on_conflict_do_nothing(index_elements=[TalkRecord.id]))


async def flag_talk(session: AsyncSession, engagement: UUID, told_at: datetime) -> list[UUID]:
    """Flag every record of a talk that turned out to have been held after a withdrawal; gives their ids."""
    flagged = update(TalkRecord).where(TalkRecord.engagement == engagement).values(flagged_at=told_at, updated_at=now())
    return list((await session.execute(flagged.returning(TalkRecord.id))).scalars())


async def keep_concurrence(session: AsyncSession, said: ConcurrenceAnnouncement, standing: ConcurrenceStanding, told_at: datetime) -> None:
    """Keep what is said of a concurrence in place of what was said before."""
    row = {
        "updated_at": now(),
        "standing": standing,
        "told_at": told_at,
        "readers": said.readers,
        **said.model_dump(include={"country", "valid_from", "valid_until"}),
        **label_columns(said.label),
    }
    kept = insert(ConcurrenceRecord).values(id=UUID(str(said.id)), created_at=now(), **row)
    await session.execute(kept.on_conflict_do_update(index_elements=[ConcurrenceRecord.id], set_=row))


async def _flag_of(session: AsyncSession, engagement: UUID) -> datetime | None:
    return await session.scalar(select(func.max(TalkRecord.flagged_at)).where(TalkRecord.engagement == engagement))
