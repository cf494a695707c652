"""All incidents that fit, batch by batch, for a file."""

from collections.abc import AsyncIterator
from typing import Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reports.incidents.errors import TooManyToExport
from services.reports.incidents.queries.filters import Filters, conditions
from services.reports.incidents.queries.reads import see_incidents
from services.reports.incidents.queries.seen import IncidentSeen
from services.reports.incidents.queries.words import find_words
from services.reports.incidents.tables import Observation

EXPORTED: Final = 20_000
BATCH: Final = 500


async def incidents_to_export(session: AsyncSession, filters: Filters) -> AsyncIterator[list[IncidentSeen]]:
    """Incidents with an account that fits, newest first, 500 at a time. TooManyToExport before the first when they are over 20,000."""
    filters = await find_words(session, filters)
    keys = select(Observation.incident_id).where(*conditions(filters)).distinct()
    some = keys.limit(EXPORTED + 1).subquery()
    if (await session.execute(select(func.count()).select_from(some))).scalar_one() > EXPORTED:
        raise TooManyToExport(EXPORTED)
    page, after = keys.order_by(Observation.incident_id.desc()).limit(BATCH), UUID(int=2**128 - 1)
    while found := list((await session.execute(page.where(Observation.incident_id < after))).scalars()):
        seen = await see_incidents(session, found)
        yield [seen[key] for key in found]
        after = found[-1]
