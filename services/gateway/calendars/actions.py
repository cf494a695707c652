"""Writes of calendar feeds, and the reading of one."""

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit
from chassis.columns import now
from chassis.database import Database, principal_of
from chassis.errors import NotFound
from chassis.principal import system_principal
from contracts.vocabulary import Sensitivity
from services.gateway.calendars.errors import CeilingTooHigh, TooManyFeeds
from services.gateway.calendars.queries import Guesses, count_open, find_by_address, lock_feed
from services.gateway.calendars.rules import highest_ceiling, narrowed, query_of
from services.gateway.calendars.schemas import CalendarFeedBody
from services.gateway.calendars.tables import CalendarFeed
from services.gateway.identity.queries import find_client
from services.gateway.identity.rules import hash_of, new_secret
from services.gateway.identity.tables import Client
from services.gateway.routing.actions import Fetched, Hop

MOST_OPEN = 20
REFUSED = (401, 403)


async def make_feed(session: AsyncSession, body: CalendarFeedBody) -> tuple[CalendarFeed, Client, str]:
    """A feed of the caller, and its token, given this once. CeilingTooHigh above what the caller may read."""
    client = await find_client(session, principal_of(session).client_id)
    highest = highest_ceiling(client.principal.access)
    if body.ceiling.rank > highest.rank:
        raise CeilingTooHigh(highest)
    if await count_open(session, client) >= MOST_OPEN:
        raise TooManyFeeds(MOST_OPEN)
    token = new_secret()
    feed = CalendarFeed(client_key=client.id, hash=hash_of(token), epoch=client.epoch, **body.model_dump())
    session.add(feed)
    await session.flush()
    return feed, client, token


async def revoke_feed(session: AsyncSession, feed_id: UUID) -> tuple[CalendarFeed, Client]:
    """End a feed at once: its address leads nowhere from now on."""
    feed, client = await lock_feed(session, feed_id)
    feed.revoked_at = now()
    await session.flush()
    return feed, client


class Reader:
    """Reads the calendar for whoever has the address of a feed, as its maker with their rights of this moment."""

    def __init__(self, database: Database, hop: Hop) -> None:
        self._database, self._hop, self._guesses = database, hop, Guesses()

    async def read(self, token: str, place: str, headers: dict[str, str]) -> Fetched:
        """Liaison's answer; NotFound for an unknown or revoked address, and when its maker may not read the calendar any more (R18)."""
        async with self._database.transaction(system_principal("gateway")) as session:
            found = await find_by_address(session, token)
        if found is None:
            await self._guesses.count(place)
            raise NotFound("calendar")
        feed, client = found
        principal = narrowed(client.principal, Sensitivity(feed.ceiling))
        answer = await self._hop.fetch("liaison", f"/v1/calendar.ics?{query_of(feed.kinds, feed.countries, now())}", principal, headers)
        async with self._database.transaction(principal) as session:
            await session.execute(update(CalendarFeed).where(CalendarFeed.id == feed.id).values(last_used_at=now()))
            outcome, left = str(answer.status), answer.body
            await audit.record(session, "readCalendarFeed", [str(feed.id)], outcome, left)
        if answer.status in REFUSED:
            raise NotFound("calendar")
        return answer
