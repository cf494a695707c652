"""Who works on what, how far feeds are trusted, and one incident with all that was decided of it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.database import seeing_all
from services.reports.feeds.tables import Feed
from services.reports.incidents.queries import see_incident
from services.reports.incidents.rules import HeldBack
from services.reports.triage.adapters.points import points
from services.reports.triage.queries.seen import Judged, TriageWhole, least_trusted, told_by
from services.reports.triage.rules import urgency
from services.reports.triage.tables import Translation, TriageClaim, TriageDecision


async def trust_of_feeds(session: AsyncSession) -> Mapping[str, str]:
    """How far each feed is trusted, also those the caller may not see: it decides, and is told beside their accounts only.

    A feed that nobody knows any more is trusted least.
    """
    async with seeing_all(session, "reports"):
        rows = (await session.execute(select(Feed.id, Feed.trust))).all()
    return defaultdict(lambda: "low", {row.id: row.trust for row in rows})


async def claims_on(session: AsyncSession, keys: Collection[UUID]) -> dict[UUID, TriageClaim]:
    """Who works on those of the incidents that somebody works on."""
    found = await session.execute(select(TriageClaim).where(TriageClaim.incident_id.in_(keys)).execution_options(populate_existing=True))
    return {claim.incident_id: claim for claim in found.scalars()}


async def read_triage(session: AsyncSession, incident_id: UUID) -> TriageWhole:
    """One incident, in the inbox or not; NotFound when the caller may read none of its accounts."""
    seen, trusts = await see_incident(session, incident_id), await trust_of_feeds(session)
    speaking = [each for each in seen.told if each.held_back != HeldBack.discarded] or seen.told
    accounts = [told_by(each, trusts[each.feed]) for each in speaking]
    judged = Judged(urgency(accounts, points(), now()), least_trusted(accounts))
    decided = select(TriageDecision).where(TriageDecision.incident_id == seen.id).order_by(TriageDecision.id.desc())
    decisions = (await session.execute(decided)).scalars().all()
    translations = await last_translations(session, [each.id for each in seen.told])
    claim = (await claims_on(session, [seen.id])).get(seen.id)
    return TriageWhole(seen, judged, claim, decisions, translations)


async def last_translations(session: AsyncSession, observations: Collection[UUID]) -> Sequence[Translation]:
    """The translations that hold: of each account the last in each language."""
    one = (Translation.observation_id, Translation.language)
    query = select(Translation).where(Translation.observation_id.in_(observations)).ext(distinct_on(*one))
    return (await session.execute(query.order_by(*one, Translation.id.desc()))).scalars().all()
