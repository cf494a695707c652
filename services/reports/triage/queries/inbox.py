"""The inbox: what waits for a person, and what is new and bears no grade, most urgent first."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, literal, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import new_id, now
from chassis.database import principal_of
from chassis.pagination import Paging, Rows
from chassis.principal import Principal
from services.reports.incidents.queries import Filters, see_incidents
from services.reports.incidents.queries.filters import latest_grades, narrowing, seen_by
from services.reports.incidents.queries.ranking import LAST, Place
from services.reports.incidents.tables import Observation
from services.reports.triage.adapters.points import points
from services.reports.triage.queries.reads import claims_on, trust_of_feeds
from services.reports.triage.queries.seen import Judged, TriageSeen, least_trusted, told_by
from services.reports.triage.rules import Claims, is_asked, urgency

# So many incidents of each kind are put in order, the newest; and so many accounts are looked through for those that bear no
# grade, the last that occurred.
CANDIDATES: Final = 2_000
LOOKED_AT: Final = 20_000
# Written out, so that the partial index is chosen whatever plan is kept.
WAITS: Final = Observation.held_back == literal_column("'waiting'")
LOOKED_INTO: Final = (
    Observation.incident_id, Observation.feed, Observation.source, Observation.occurred_at, Observation.figures,
    Observation.subject_themes, Observation.located, Observation.zone, Observation.regions,
)  # fmt: skip


@dataclass(frozen=True)
class InboxFilters:
    """What a reader asks of the inbox."""

    claimed: Claims | None = None
    country: str | None = None
    theme: str | None = None

    def seen_by(self, principal: Principal) -> Filters:
        """As filters on accounts, with what the reader may see at most."""
        return seen_by(principal, Filters(country=self.country, theme=self.theme))


@dataclass(frozen=True)
class Inbox(Rows[TriageSeen]):
    """A page of the inbox, and whether all that needs a person was looked at."""

    complete: bool = True


async def list_triage(session: AsyncSession, paging: Paging, filters: InboxFilters) -> Inbox:
    """A page of the inbox. What arrives during a walk does not change it."""
    place = Place.read(paging.after) if paging.after is not None else Place(new_id(), float("inf"), LAST)
    due, is_complete = await _due(session, filters, place.newest)
    judged = await _judge(session, due, place.newest)
    claims = await claims_on(session, due)
    me = principal_of(session).client_id
    wanted = [key for key in judged if is_asked(filters.claimed, claims[key].claimed_by if key in claims else None, me)]
    ordered = sorted(((judged[key].urgency.rank, key) for key in wanted), reverse=True)
    behind = [each for each in ordered if each < (place.rank, place.key)]
    page = paging.cut(behind, lambda ranked: Place(place.newest, *ranked))
    seen = await see_incidents(session, [key for _, key in page.items])
    items = [TriageSeen(seen[key], judged[key], claims.get(key)) for _, key in page.items]
    return Inbox(items, page.next, is_complete)


async def _due(session: AsyncSession, filters: InboxFilters, newest: UUID) -> tuple[set[UUID], bool]:
    """The incidents that need a person, and whether these are all of them."""
    asked = (*narrowing(filters.seen_by(principal_of(session))), Observation.superseded_by.is_(None), Observation.id <= newest)
    waiting = select(Observation.incident_id).where(WAITS, *asked).order_by(Observation.id.desc()).limit(CANDIDATES + 1)
    waits = list((await session.execute(waiting)).scalars())
    ungraded, is_all = (await session.execute(_ungraded(asked))).one()
    return {*waits, *(ungraded or ())}, len(waits) <= CANDIDATES and is_all


def _ungraded(asked: Sequence[ColumnElement[bool]]) -> Select[Any, Any]:
    """As one row: the incidents with a listed account that came and occurred within the window, and no grade; whether these are all."""
    since = now() - timedelta(days=points().window_days)
    first_key = UUID(int=int(since.timestamp() * 1000) << 80)  # UUIDv7: its first 48 bits are milliseconds.
    occurred = Observation.occurred_at
    new = select(Observation.incident_id, occurred).where(
        occurred > since, Observation.held_back.is_(None), Observation.id > first_key, *asked
    )
    recent = new.order_by(occurred.desc()).limit(LOOKED_AT + 1).cte("recent").prefix_with("materialized")
    graded = select(latest_grades().c.incident_id)
    due = select(recent.c.incident_id).where(recent.c.incident_id.not_in(graded)).order_by(recent.c.occurred_at.desc())
    found = due.limit(CANDIDATES + 1).subquery("due")
    is_over = exists(select(literal(1)).select_from(recent).offset(LOOKED_AT))
    return select(func.array_agg(found.c.incident_id.distinct()), ~is_over & (func.count() <= CANDIDATES)).select_from(found)


async def _judge(session: AsyncSession, keys: set[UUID], newest: UUID) -> dict[UUID, Judged]:
    """How urgent each incident is, by those of its accounts that the caller may read and nobody discarded."""
    trusts = await trust_of_feeds(session)
    spoken = Observation.held_back.is_(None) | WAITS
    current = (Observation.superseded_by.is_(None), Observation.id <= newest)
    rows = await session.execute(select(*LOOKED_INTO).where(Observation.incident_id.in_(keys), *current, spoken))
    told = defaultdict(list)
    for row in rows:
        told[row.incident_id].append(told_by(row, trusts[row.feed]))
    at = now()
    return {key: Judged(urgency(accounts, points(), at), least_trusted(accounts)) for key, accounts in told.items()}
