"""Writes of records of talks. Nothing takes one back: who withdraws later gags no report (R1)."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import label_columns, now
from contracts.events.liaison import NoteFiled, ReadoutApproved
from services.reports.talks.tables import TalkRecord


async def keep_record(session: AsyncSession, said: NoteFiled | ReadoutApproved) -> None:
    """Keep the reference. What was filed or approved does not change, so what is known already stays."""
    row = {
        "id": UUID(str(said.id)),
        "created_at": now(),
        "updated_at": now(),
        "kind": said.kind,
        "engagement": said.engagement,
        "concurrences": said.concurrences,
        "readers": said.readers,
        **label_columns(said.label),
    }
    await session.execute(insert(TalkRecord).values(row).on_conflict_do_nothing(index_elements=[TalkRecord.id]))
