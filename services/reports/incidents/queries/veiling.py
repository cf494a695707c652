"""What is left of accounts for readers from whom the names of persons are withheld (R4)."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import principal_of
from contracts.names import Locale
from services.reports.incidents.queries.seen import Told
from services.reports.incidents.tables import Observation
from services.reports.names.adapters.lexicon import lexicon
from services.reports.names.queries import marks_of
from services.reports.names.rules import may_read_names, withhold_names


async def veil(session: AsyncSession, accounts: Iterable[Observation]) -> Mapping[UUID, Told]:
    """Title and text, without names, of those accounts whose names the caller may not read."""
    reader = principal_of(session).organization
    hidden = [each for each in accounts if not may_read_names(reader, each.originator)]
    marks = await marks_of(session, hidden)
    found = {}
    for each in hidden:
        title, text = withhold_names(lexicon(), [each.title, each.text], marks[each.feed, each.external_id])
        found[each.id] = Told(title or "", text)
    return found


async def veil_titles(session: AsyncSession, accounts: Iterable[Observation], locale: Locale | None = None) -> Mapping[UUID, Told]:
    """Titles without names, whoever asks: for what leaves the house."""
    told = list(accounts)
    marks = await marks_of(session, told)
    found = {}
    for each in told:
        (title,) = withhold_names(lexicon(), [each.title], marks[each.feed, each.external_id], locale)
        found[each.id] = Told(title or "", None)
    return found
