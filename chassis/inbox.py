"""The inbox: each event is handled once and in order, in one transaction that also claims its id and its place.

Any number of processes of a service may read: the row of the place lets one of them handle an event while the others
wait and then pass it over. A process that dies has moved nothing, and whoever goes on begins behind the last commit.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any, NamedTuple

from opentelemetry.trace import SpanKind
from pydantic import ValidationError
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.bus import Bus, BusUnavailable, Delivered, Place
from chassis.columns import now
from chassis.context import context_of
from chassis.continuity import Continuity, GapFound
from chassis.database import AWAY, Database
from chassis.logs import begin_request, log
from chassis.marks import Mark
from chassis.principal import Principal, system_principal
from chassis.telemetry import span
from chassis.watermarks import AHEAD, refuse_mark
from contracts.events import EVENTS, Announcement, Event

Handler = Callable[[AsyncSession, Any], Awaitable[None]]
ListHandler = Callable[[AsyncSession, "list[Heard]"], Awaitable[None]]
MAX_FAILURES = 5
EXAMINE_SECONDS = 3.0
_CLAIM = text(
    # What was given up waits for its replay: published again it must not come behind what followed it.
    "insert into inbox (event_id, type, handled_at) select id, type, now()"
    " from unnest(cast(:ids as uuid[]), cast(:types as text[])) as told (id, type)"
    " where :replayed or not exists (select from dead_letters where event_id = id)"
    " on conflict do nothing returning event_id"
)
_SEEN = text(
    # An event that was given up leaves a hole: until it is replayed, the copy is not called fresh.
    # What was stored while a clock ran ahead is put right.
    "insert into watermarks (source, seen_until, ordinal) select :source, :until, :ordinal"
    " where not exists (select from dead_letters where type like :source || '.%')"
    " on conflict (source) do update set ordinal = excluded.ordinal, seen_until = case"
    " when watermarks.seen_until > :latest then excluded.seen_until"
    " else greatest(watermarks.seen_until, excluded.seen_until) end"
)
_BURY = text(
    "insert into dead_letters (event_id, type, event, failures, error, failed_at)"
    " values (:id, :type, cast(:event as jsonb), :failures, :error, now())"
    " on conflict (event_id) do update set failures = excluded.failures, error = excluded.error, failed_at = now()"
)
_FAILED_AGAIN = text("update dead_letters set failures = failures + 1, error = :error, failed_at = now() where event_id = :id")
_FORGET = text("delete from dead_letters where event_id = :id")
logger = log(__name__)


class Heard(NamedTuple):
    """An event, and what it announces."""

    event: Event
    announcement: Announcement


class Subscribers:
    """What a capability does on events of other services; HTTP and events are equal doors to the same actions."""

    def __init__(self) -> None:
        self.handlers: dict[str, list[Handler]] = defaultdict(list)
        self.of_all: list[ListHandler] = []

    @property
    def kinds(self) -> set[str]:
        """The types of events somebody here handles."""
        return set(EVENTS if self.of_all else self.handlers)

    def on(self, *announcements: type[Announcement]) -> Callable[[Handler], Handler]:
        """Register `async def handler(session, announcement)` for the announcements."""

        def register(handler: Handler) -> Handler:
            for each in announcements:
                self.handlers[each.type].append(handler)
            return handler

        return register

    def on_all(self, handler: ListHandler) -> ListHandler:
        """Register `async def handler(session, heard)` for all there are: those that share a transaction, behind other handlers."""
        self.of_all.append(handler)
        return handler

    def include(self, other: "Subscribers") -> None:
        """Take over the handlers of another capability."""
        for event_type, handlers in other.handlers.items():
            self.handlers[event_type].extend(handlers)
        self.of_all.extend(other.of_all)


def event_of(session: AsyncSession) -> Event:
    """The event this transaction handles. LookupError outside a subscriber."""
    event = context_of(session).event
    if event is None:
        raise LookupError("no event is handled here")
    return event


class Inbox:
    """Consumes one other service's stream for this service."""

    def __init__(self, database: Database, bus: Bus, service: str, source: str, subscribers: Subscribers) -> None:
        self._database, self._bus, self.source = database, bus, source
        self._subscribers = subscribers
        self._kinds = sorted(kind for kind in subscribers.kinds if kind.startswith(f"{source}."))
        self._principal: Principal = system_principal(service)
        self._service = service
        self.continuity = Continuity(database, bus, self._principal, source)

    async def examine(self) -> None:
        """Note a gap before anything is served; where a server is away, `run` finds it."""
        try:
            async with asyncio.timeout(EXAMINE_SECONDS):
                await self.continuity.examine()
        except (*AWAY, BusUnavailable, TimeoutError) as error:
            logger.warning("the stream is not examined yet", source=self.source, error=repr(error))

    async def run(self) -> None:
        """Handle events until cancelled; a lost bus or database is waited for."""
        while True:
            try:
                if place := await self.continuity.settle():
                    await self._read_on(place)
            except (*AWAY, BusUnavailable) as error:
                logger.warning("inbox interrupted", source=self.source, error=repr(error))
                await asyncio.sleep(0.5)

    async def _read_on(self, place: Place) -> None:
        last = place.sequence
        async for messages in self._bus.read(self.source, self._kinds, place):
            await self.continuity.require_unbroken(last, messages)
            for marks, run in groupby(messages, key=_is_watermark):
                await self._work_through(list(run), together=not marks)
            last = messages[-1].place.sequence

    async def _work_through(self, messages: list[Delivered], together: bool) -> None:
        """Events that came together share a transaction; when that fails each has its own, in its place, so that order holds."""
        if together and len(messages) > 1 and await self._handled_together(messages):
            return
        for message in messages:
            while not await self._handled(message):
                await asyncio.sleep(0.5)

    async def _handled_together(self, messages: list[Delivered]) -> bool:
        events = [event for message in messages if (event := _read(message))]
        try:
            await self._handle_all(events, messages[-1].place)
        except GapFound:
            raise
        except Exception as error:  # noqa: BLE001 -- each is handled again by itself, and what fails then is told and buried
            logger.info("events are handled one by one", events=len(events), error=repr(error))
            return False
        return True

    async def _handled(self, message: Delivered) -> bool:
        """True when the message is done with: handled, known already, or buried after five failures."""
        if _is_watermark(message):
            return await self._try(self._see(Mark.read(message.data), message.place))
        event = _read(message)
        return event is None or await self._insisted(event, message.place)

    async def _insisted(self, event: Event, place: Place) -> bool:
        for failures in range(1, MAX_FAILURES + 1):
            try:
                await self.handle(event, place)
            except GapFound:
                raise
            except AWAY as error:
                # The database is away: that is no fault of the event, and is not counted.
                logger.warning("event waits", id=str(event.id), type=event.type, error=repr(error))
                return False
            except Exception as error:
                logger.exception("event failed", id=str(event.id), type=event.type, failures=failures)
                if failures == MAX_FAILURES:
                    return await self._try(self._bury(event, place, repr(error)))
                await asyncio.sleep(0.05 * 2**failures)
            else:
                return True
        return True

    async def handle(self, event: Event, place: Place | None = None) -> None:
        """Handle `event` in one transaction, unless it was handled before; `place` is None when it is handled out of its turn."""
        await self._handle_all([event], place)

    async def _handle_all(self, events: list[Event], place: Place | None) -> None:
        async with self._database.transaction(self._principal) as session:
            if place and not await self.continuity.move(session, place):
                return
            claim: dict[str, Any] = {"ids": [event.id for event in events], "types": [event.type for event in events]}
            claim["replayed"] = place is None
            unknown = set((await session.execute(_CLAIM, claim)).scalars())
            heard = [Heard(each, each.announcement()) for each in {each.id: each for each in events}.values() if each.id in unknown]
            for each in heard:
                with _caused_by(each.event):
                    await self._tell(session, each)
            for handler in self._subscribers.of_all if heard else []:
                await handler(session, heard)

    async def _tell(self, session: AsyncSession, heard: Heard) -> None:
        handlers = self._subscribers.handlers.get(heard.event.type)
        if not handlers:
            return
        context_of(session).event = heard.event
        for handler in handlers:
            await handler(session, heard.announcement)
        # The next event's handlers read for themselves, as they would in a transaction of their own.
        await session.flush()
        session.expunge_all()

    async def replay(self, event: Event) -> str | None:
        """Handle an event once more that was given up, and forget that it was; its error when it fails again."""
        failure = None
        try:
            await self.handle(event)
        except AWAY:
            raise
        except Exception as error:
            logger.exception("event failed again", id=str(event.id), type=event.type)
            failure = repr(error)
        async with self._database.transaction(self._principal) as session:
            if failure:
                await session.execute(_FAILED_AGAIN, {"id": event.id, "error": failure[:2000]})
            else:
                await session.execute(_FORGET, {"id": event.id})
        return failure

    async def _see(self, mark: Mark, place: Place) -> None:
        """Move on behind a watermark; one from the future says nothing of what has been seen (R2, R15)."""
        latest = now() + AHEAD
        async with self._database.transaction(self._principal) as session:
            if not await self.continuity.pass_mark(session, mark, place):
                return
            if mark.seen_until > latest:
                refuse_mark(self._service, self.source, mark)
                return
            until = min(mark.seen_until, now())
            values = {"source": self.source, "until": until, "ordinal": mark.ordinal}
            await session.execute(_SEEN, values | {"latest": latest})

    async def _bury(self, event: Event, place: Place, error: str) -> None:
        values = {"id": event.id, "type": event.type, "event": event.model_dump_json(), "failures": MAX_FAILURES, "error": error[:2000]}
        async with self._database.transaction(self._principal) as session:
            if await self.continuity.move(session, place):
                await session.execute(_BURY, values)

    async def _try(self, work: Awaitable[None]) -> bool:
        try:
            await work
        except AWAY as error:
            logger.warning("inbox waits for the database", error=repr(error))
            return False
        return True


@contextmanager
def _caused_by(event: Event) -> Iterator[None]:
    """What is done here belongs to the request and the trace that caused the event."""
    begin_request(event.requestid or str(event.id))
    with span(event.type, SpanKind.CONSUMER, {"traceparent": event.traceparent or ""}):
        yield


def _is_watermark(message: Delivered) -> bool:
    return message.subject.endswith(".watermark")


def _read(message: Delivered) -> Event | None:
    try:
        return Event.model_validate_json(message.data)
    except ValidationError as error:
        # Nobody of ours writes such a message; it is named in the log and passed over.
        logger.error("not an event", subject=message.subject, error=str(error)[:500])
        return None
