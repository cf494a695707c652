"""Reads of kept searches."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.audience import only, picked
from chassis.columns import now
from chassis.pagination import Paging, Rows, page_by_key
from chassis.principal import Principal
from chassis.records import read_record
from services.reports.incidents.queries import Filters, incident_out, see_incidents
from services.reports.incidents.schemas import IncidentOut
from services.reports.incidents.tables import Observation
from services.reports.searches.rules import OVERLAP, PAUSE, SearchState
from services.reports.searches.schemas import SearchOut
from services.reports.searches.tables import SavedSearch, SearchMatch

_SHOWN: Final = (
    "id", "title", "filters", "state", "looked_at", "version", "created_at", "updated_at", "label",
)  # fmt: skip


def show_search(search: SavedSearch, unseen: int) -> SearchOut:
    """A search, for its owner, and how much of what it found is unseen."""
    return only(SearchOut, picked(search, _SHOWN) | {"unseen": unseen})


def as_filters(kept: dict[str, Any]) -> Filters:
    """The filters of incidents as they were kept."""
    times = {name: datetime.fromisoformat(kept[name]) for name in ("since", "until") if name in kept}
    told: dict[str, Any] = kept | times
    return Filters(**told)


async def list_searches(session: AsyncSession, paging: Paging) -> Rows[SearchOut]:
    """The caller's searches, newest first."""
    page = await page_by_key(session, select(SavedSearch), SavedSearch, paging)
    return page.showing(await _counted(session, page.items))


async def see_search(session: AsyncSession, search_id: UUID) -> SearchOut:
    """One search; NotFound unless it is the caller's."""
    return (await _counted(session, [await read_record(session, SavedSearch, search_id, "search")]))[0]


async def _counted(session: AsyncSession, searches: Sequence[SavedSearch]) -> list[SearchOut]:
    """With what is unseen counted under the caller's rights of this moment."""
    keys = [each.id for each in searches]
    query = select(SearchMatch.search_id, func.count().label("unseen")).where(
        SearchMatch.search_id.in_(keys), SearchMatch.seen_at.is_(None)
    )
    counts = {row.search_id: row.unseen for row in await session.execute(_readable(query).group_by(SearchMatch.search_id))}
    return [show_search(each, counts.get(each.id, 0)) for each in searches]


def _readable(query: Any) -> Any:
    """Matches with an account that the caller may read: row-level security decides inside."""
    told = select(Observation.id).where(Observation.incident_id == SearchMatch.incident_id, Observation.superseded_by.is_(None))
    return query.where(told.exists())


async def list_matches(session: AsyncSession, search_id: UUID, paging: Paging) -> Rows[IncidentOut]:
    """What a search found and the caller may read, found last first; of one look, newest incident first."""
    await read_record(session, SavedSearch, search_id, "search")
    query = _readable(select(SearchMatch).where(SearchMatch.search_id == search_id))
    if paging.after is not None:
        last = select(SearchMatch.found_at).where(SearchMatch.search_id == search_id, SearchMatch.incident_id == UUID(paging.after))
        found_at = last.scalar_subquery()
        earlier = and_(SearchMatch.found_at == found_at, SearchMatch.incident_id < UUID(paging.after))
        query = query.where((SearchMatch.found_at < found_at) | earlier)
    order = (SearchMatch.found_at.desc(), SearchMatch.incident_id.desc())
    found = [each.incident_id for each in (await session.execute(query.order_by(*order).limit(paging.limit + 1))).scalars()]
    page = paging.cut(found, lambda key: key)
    seen = await see_incidents(session, page.items)
    return page.showing([incident_out(seen[key]) for key in page.items if key in seen])


async def due_searches(session: AsyncSession) -> tuple[datetime, list[tuple[UUID, Principal]]]:
    """The clock, and the searches not looked after since the newest account came or was listed, with their owners' rights."""
    at = now()
    came = (await session.execute(select(Observation.id).order_by(Observation.id.desc()).limit(1))).scalar()
    if came is None:
        return at, []
    listed = (await session.execute(select(func.max(Observation.listed_at)))).scalar()
    arrived = max(filter(None, (datetime.fromtimestamp((came.int >> 80) / 1000, UTC), listed)))
    query = select(SavedSearch.id, SavedSearch.principal).where(SavedSearch.state == SearchState.watching)
    due = query.where(SavedSearch.looked_at < min(arrived + OVERLAP, at - PAUSE)).order_by(SavedSearch.id)
    found = (await session.execute(due)).all()
    return at, [(row.id, Principal.model_validate(row.principal)) for row in found]
