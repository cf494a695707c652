"""Reads of calendar feeds."""

from uuid import UUID

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import principal_of
from chassis.errors import NotFound
from chassis.pagination import Paging, Rows
from contracts.vocabulary import CalendarKind, Sensitivity
from services.gateway.calendars.schemas import CalendarFeedOut
from services.gateway.calendars.tables import CalendarFeed
from services.gateway.identity.rules import hash_of
from services.gateway.identity.tables import Client
from services.gateway.routing.errors import TooManyRequests

WRONG_A_MINUTE = 30


async def list_feeds(session: AsyncSession, paging: Paging) -> Rows[CalendarFeedOut]:
    """The open feeds of the caller, newest first; for administrators, everybody's."""
    query = _open().where(_whose(session)).order_by(CalendarFeed.id.desc()).limit(paging.limit + 1)
    if paging.after is not None:
        query = query.where(CalendarFeed.id < UUID(paging.after))
    page = paging.cut((await session.execute(query)).all(), lambda row: row[0].id)
    return page.showing([shown_as(feed, client) for feed, client in page.items])


async def lock_feed(session: AsyncSession, feed_id: UUID) -> tuple[CalendarFeed, Client]:
    """An open feed of the caller, or for administrators of anybody, locked; NotFound otherwise (R18)."""
    query = _open().where(_whose(session), CalendarFeed.id == feed_id).with_for_update(of=CalendarFeed)
    found = (await session.execute(query)).one_or_none()
    if found is None:
        raise NotFound("calendar feed")
    return found[0], found[1]


async def count_open(session: AsyncSession, client: Client) -> int:
    """How many open feeds a person has."""
    return (await session.execute(select(func.count()).select_from(_open().where(Client.id == client.id).subquery()))).scalar_one()


async def find_by_address(session: AsyncSession, token: str) -> tuple[CalendarFeed, Client] | None:
    """The open feed with this token. Looked up by its hash: the time that takes tells nothing of the token."""
    found = (await session.execute(_open().where(CalendarFeed.hash == hash_of(token)))).one_or_none()
    return (found[0], found[1]) if found else None


def shown_as(feed: CalendarFeed, client: Client) -> CalendarFeedOut:
    """A feed with the name of whose it is, without its address."""
    return CalendarFeedOut(
        id=feed.id,
        client_id=client.client_id,
        name=feed.name,
        ceiling=Sensitivity(feed.ceiling),
        kinds=[CalendarKind(kind) for kind in feed.kinds],
        countries=feed.countries,
        created_at=feed.created_at,
        last_used_at=feed.last_used_at,
        revoked_at=feed.revoked_at,
    )


def _open() -> Select[CalendarFeed, Client]:
    """Neither the feed nor its maker was revoked since."""
    query = select(CalendarFeed, Client).join(Client, Client.id == CalendarFeed.client_key)
    return query.where(CalendarFeed.revoked_at.is_(None), Client.state == "active", Client.epoch == CalendarFeed.epoch)


def _whose(session: AsyncSession) -> ColumnElement[bool]:
    caller = principal_of(session)
    return true() if caller.has("administrator") else Client.client_id == caller.client_id


class Guesses:
    """Counts wrong addresses for each place they come from. A right one is always answered: others may share the place."""

    def __init__(self) -> None:
        self._rate = RateLimitItemPerMinute(WRONG_A_MINUTE)
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    async def count(self, place: str) -> None:
        """One more wrong address from `place`; TooManyRequests above 30 a minute."""
        if not await self._limiter.hit(self._rate, place):
            raise TooManyRequests(60, {})
