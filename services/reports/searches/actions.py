"""Writes of kept searches."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.database import principal_of
from chassis.outbox import announce
from chassis.principal import Principal
from chassis.records import change_record
from contracts.events.reports import SearchMatched
from contracts.labels import Label
from contracts.vocabulary import Tlp
from services.reports.incidents.queries.filters import conditions
from services.reports.incidents.queries.words import words_as_asked
from services.reports.incidents.tables import Observation
from services.reports.searches.queries import as_filters, see_search, show_search
from services.reports.searches.rules import MOST_AT_ONCE, OVERLAP, SearchState, first_key_after
from services.reports.searches.schemas import SearchBody, SearchOut
from services.reports.searches.tables import SavedSearch, SearchMatch


async def keep_search(session: AsyncSession, body: SearchBody) -> SearchOut:
    """Keep a search of the caller: what comes from now on and fits is noted."""
    principal = principal_of(session)
    search = SavedSearch(owner=principal.client_id, looked_at=now(), **_said(principal, body))
    search.label = Label(sensitivity=principal.access, tlp=Tlp.amber, originator=principal.organization)
    session.add(search)
    await session.flush()
    return show_search(search, 0)


async def edit_search(session: AsyncSession, search_id: UUID, body: SearchBody) -> SearchOut:
    """Name or narrow it anew; what it found before stays."""
    search = await change_record(session, SavedSearch, search_id, "search")
    for name, value in _said(principal_of(session), body).items():
        setattr(search, name, value)
    await session.flush()
    return await see_search(session, search_id)


async def drop_search(session: AsyncSession, search_id: UUID) -> None:
    """Forget a search and what it found."""
    search = await change_record(session, SavedSearch, search_id, "search")
    await session.execute(delete(SavedSearch).where(SavedSearch.id == search.id))


async def open_search(session: AsyncSession, search_id: UUID) -> SearchOut:
    """All it found is seen, and it goes on looking with the rights its owner has now."""
    search = await change_record(session, SavedSearch, search_id, "search")
    search.principal, search.state = principal_of(session).model_dump(mode="json"), SearchState.watching
    unseen = update(SearchMatch).where(SearchMatch.search_id == search.id, SearchMatch.seen_at.is_(None))
    await session.execute(unseen.values(seen_at=now()))
    await session.flush()
    return await see_search(session, search_id)


async def pause_search(session: AsyncSession, search_id: UUID) -> None:
    """Its owner's access was revoked or changed: it looks at nothing until its owner opens it (R15)."""
    search = await session.get(SavedSearch, search_id, with_for_update=True)
    if search is not None:
        search.state = SearchState.paused


async def look_for(session: AsyncSession, search_id: UUID, until: datetime) -> int:
    """Note what has come since the last look and fits, under the rights of the session's principal; how many incidents are new."""
    search = await session.get(SavedSearch, search_id, with_for_update=True)
    if search is None or search.state != SearchState.watching:
        return 0
    found = await _fitting_since(session, search)
    # No version of the search: its owner may be editing it.
    looked = update(SavedSearch).where(SavedSearch.id == search.id)
    await session.execute(looked.values(looked_at=until, updated_at=SavedSearch.updated_at))
    rows = [{"search_id": search.id, "incident_id": key, "found_at": until} for key in found]
    new = await _note(session, rows) if rows else 0
    if new:
        await announce(session, SearchMatched(id=search.id, version=search.version, label=search.label, count=new))
    return new


async def _fitting_since(session: AsyncSession, search: SavedSearch) -> list[UUID]:
    """By the words as they were asked for: a near spelling is for somebody who looks, not for a bell.

    What waited for a person is new when it is listed.
    """
    filters = await words_as_asked(session, as_filters(search.filters))
    since = max(search.looked_at - OVERLAP, search.created_at)
    is_new = or_(Observation.id >= first_key_after(since), Observation.listed_at >= since)
    query = select(Observation.incident_id).where(*conditions(filters, walking=True), is_new).distinct()
    return list((await session.execute(query.order_by(Observation.incident_id.desc()).limit(MOST_AT_ONCE))).scalars())


async def _note(session: AsyncSession, rows: list[dict[str, Any]]) -> int:
    known = insert(SearchMatch).values(rows).on_conflict_do_nothing().returning(SearchMatch.incident_id)
    return len((await session.execute(known)).scalars().all())


def _said(principal: Principal, body: SearchBody) -> dict[str, Any]:
    kept = body.filters.model_dump(mode="json", exclude_none=True)
    conditions(as_filters(kept))  # What cannot be asked is refused now, and not at the first look.
    return {"title": body.title, "filters": kept, "principal": principal.model_dump(mode="json"), "state": SearchState.watching}
