"""The relay: publishes the outbox in order, then a watermark behind it, so that readers know how fresh they are.

One relay works per database: a led task (chassis.runner). It knows which stream it publishes into and with which
message that ends: another stream, or one that lost its end, is filled again from the outbox first.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from chassis.bus import BATCH, KEPT_SECONDS, Bus, Message, StreamMoved, StreamState
from chassis.leading import Connection
from chassis.logs import log
from chassis.marks import Mark
from chassis.publishing import ADOPT, DONE, NEEDED_SINCE, STATE, State
from chassis.settled import SETTLED

_READ = f"select seq, id::text, type, event::text from outbox where published_at is null and {SETTLED} order by seq limit %s"
_MARK = """
    with published as (
        update outbox set published_at = now(), ordinal = %(ordinal)s + given.n
        from unnest(%(seqs)s::bigint[]) with ordinality as given (seq, n)
        where outbox.seq = given.seq returning 1
    )
    update publishing set sequence = %(sequence)s, ordinal = %(ordinal)s + (select count(*) from published)
    where service = %(service)s
"""
_AGAIN = "select ordinal, id::text, type, event::text from outbox where ordinal >= %s order by ordinal limit %s"
# An event that committed behind a transaction that still runs is held back by _READ: the watermark must not pass it.
_HELD = "select least(%s, min(recorded_at)) from outbox where published_at is null"
WATERMARK_SECONDS = 1.0
logger = log(__name__)


class Relay:
    """Publishes what the outbox of `service` holds, woken by NOTIFY and at least once a second."""

    def __init__(self, bus: Bus, service: str) -> None:
        self._bus, self._service = bus, service
        self._marked = 0.0
        self._found: StreamState | None = None
        self._end = 0
        self._trouble: Exception | None = None

    @property
    def told_trouble(self) -> str:
        """Why this process does not publish, to be put behind what is told; empty when it does or another process leads."""
        return f": {self._trouble}" if self._trouble else ""

    async def relay(self, connection: Connection) -> None:
        """One round, on the connection that holds the lead. BusUnavailable when unsure."""
        with self._unsure():
            state = await self._state(connection)
            if state.wanted is not None:
                state = await self._publish_again(connection, state)
            ordinal = state.ordinal
            while published := await self._publish(connection, ordinal):
                ordinal += published
            until = await self._settled(connection, state.clock)
            await self._mark(state, ordinal, until)
            self._trouble = None

    @contextmanager
    def _unsure(self) -> Iterator[None]:
        """After a failure nobody knows with which message the stream ends: it is looked at again."""
        try:
            yield
        except StreamMoved as error:
            self._found = None
            logger.info("the stream ends with another message", error=str(error))
        except Exception as error:
            self._found, self._trouble = None, error
            raise

    async def _state(self, connection: Connection) -> State:
        """Where publishing stands, checked against the stream after every start and every failure."""
        if self._found is None:
            await self._survey(connection)
        return await self._kept(connection)

    async def _kept(self, connection: Connection) -> State:
        row = await (await connection.execute(STATE, (self._service,))).fetchone()
        assert row is not None
        return State(*row)

    async def _survey(self, connection: Connection) -> None:
        """Find the stream; when it is not the one that was published into, all it should hold is wanted again."""
        found = await self._bus.find_stream(self._service)
        adopted = {"service": self._service, "stream": found.identity, "end": found.last}
        await connection.execute(ADOPT, adopted)
        kept = await self._kept(connection)
        if found.identity == kept.stream and found.last < kept.sequence:
            found = await self._bus.begin_epoch(self._service)
        if found.identity != kept.stream:
            logger.warning("the stream was lost and is filled again", stream=found.identity)
            values = {"service": self._service, "seconds": KEPT_SECONDS}
            await connection.execute(NEEDED_SINCE, values)
        self._found, self._end = found, found.last

    async def _publish_again(self, connection: Connection, state: State) -> State:
        """Publish from `wanted` on once more, in order; from then on the watermark vouches for it."""
        assert self._found is not None
        assert state.wanted is not None
        begun, begins, count = self._end, state.wanted, 0
        while rows := await (await connection.execute(_AGAIN, (begins + count, BATCH))).fetchall():
            # Another key than the first time: the server takes what it knows for a duplicate.
            again = [Message(row[2], f"{row[1]}:{begun}", row[3].encode()) for row in rows]
            self._end = await self._bus.publish(again, self._end) or self._end
            count = rows[-1][0] + 1 - begins
        values = {"service": self._service, "stream": self._found.identity, "end": self._end}
        await connection.execute(DONE, values | {"begun": begun, "begins": begins})
        logger.warning("published again", from_ordinal=begins, events=count, behind=begun)
        return await self._kept(connection)

    async def _settled(self, connection: Connection, clock: datetime) -> datetime:
        """Up to when everything is published, at most `clock`."""
        row = await (await connection.execute(_HELD, (clock,))).fetchone()
        assert row is not None
        until: datetime = row[0]
        return until

    async def _publish(self, connection: Connection, ordinal: int) -> int:
        """Publish one batch behind `ordinal`; how many events it held."""
        rows = await (await connection.execute(_READ, (BATCH,))).fetchall()
        if not rows:
            return 0
        messages = [Message(row[2], row[1], row[3].encode()) for row in rows]
        self._end = await self._bus.publish(messages, self._end) or self._end
        values = {"seqs": [row[0] for row in rows], "ordinal": ordinal, "sequence": self._end}
        await connection.execute(_MARK, values | {"service": self._service})
        return len(rows)

    async def _mark(self, state: State, ordinal: int, until: datetime) -> None:
        """Everything committed before `until` is published: say so, once a second."""
        now = state.clock.timestamp()
        if now - self._marked < WATERMARK_SECONDS * 0.9:
            return
        mark = Mark(until, state.clock, state.stream, ordinal)
        self._end = await self._bus.mark(self._service, mark.payload(), self._end)
        self._marked = now
