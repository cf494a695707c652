"""Writes of what liaison knows of incidents."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import label_columns, now
from contracts.events.reports import IncidentDescribed, IncidentDiscarded
from contracts.labels import is_looser
from services.liaison.incidents.tables import IncidentRecord


async def keep_incident(session: AsyncSession, said: IncidentDescribed) -> None:
    """Keep what is said of an incident in place of what was said earlier; what was said before a later grade changes nothing."""
    row = {
        "updated_at": now(),
        "subject_countries": said.places,
        "subject_themes": said.themes,
        "readers": said.readers,
        **said.model_dump(include={"reference", "title", "occurred_at", "reliability", "credibility", "graded_at"}),
        **label_columns(said.label),
    }
    kept = insert(IncidentRecord).values(id=UUID(str(said.id)), created_at=now(), **row)
    newer = kept.excluded.graded_at >= IncidentRecord.graded_at
    await session.execute(kept.on_conflict_do_update(index_elements=[IncidentRecord.id], set_=row, where=newer))


async def forget_incident(session: AsyncSession, said: IncidentDiscarded) -> None:
    """Forget an incident that was discarded, if whoever discarded it saw what its grader had seen, by the labels of both.

    Who sees less discards less: the incident stays for those who read the rest. Restored, it is described again.
    """
    known = await session.get(IncidentRecord, UUID(str(said.id)))
    if known and not is_looser(said.label, known.label) and set(known.countries) <= set(said.label.countries):
        await session.delete(known)
