"""The connection to NATS JetStream: one stream per service, read in order by the others."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from uuid import uuid4

import nats
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import NoRespondersError
from nats.errors import TimeoutError as NatsTimeout
from nats.js.errors import NotFoundError

from chassis.bus.messages import (
    BusUnavailable,
    Delivered,
    Message,
    Place,
    Question,
    StreamMoved,
    StreamState,
)
from chassis.bus.streams import (
    EPOCH,
    FAILURES,
    behind,
    reader_config,
    state_of,
    stream_config,
    translated,
)
from chassis.logs import log

SERVICES = ("liaison", "reports", "coordination", "gateway")
BATCH = 500
_SINGLY = 4
_WATERMARK_TTL_SECONDS = 60.0
_NEXT_BATCH, _HEARTBEAT_SECONDS = 200, 1.0
_SECOND = 1_000_000_000
_NEXT_REQUEST = json.dumps({"batch": _NEXT_BATCH, "expires": 30 * _SECOND, "idle_heartbeat": int(_HEARTBEAT_SECONDS * _SECOND)}).encode()
logger = log(__name__)


class Bus:
    """A connection that mends itself. Publishing is acknowledged only when the server has it on disk."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._client: Client | None = None

    async def connect(self) -> None:
        """Connect, and go on trying in the background for as long as the process lives."""
        self._client = await nats.connect(
            self._url, max_reconnect_attempts=-1, reconnect_time_wait=0.25, connect_timeout=2, error_cb=_say, allow_reconnect=True
        )
        for service in SERVICES:
            await self.declare_stream(service)

    @property
    def connected(self) -> bool:
        """True while the server is reached."""
        return self._client is not None and self._client.is_connected

    @property
    def _open(self) -> Client:
        if self._client is None:
            raise BusUnavailable("not connected yet")
        return self._client

    async def close(self) -> None:
        """Close the connection; what is unacknowledged comes again."""
        if self._client is not None:
            await self._client.close()

    async def declare_stream(self, service: str) -> None:
        """Create the stream of a service, or bring it to this configuration."""
        stream = self._open.jetstream()
        try:
            found = await stream.stream_info(service.upper())
            await stream.update_stream(stream_config(service, found.config.metadata))
        except NotFoundError:
            await stream.add_stream(stream_config(service))

    async def find_stream(self, service: str) -> StreamState:
        """The stream of a service, made when it is missing. BusUnavailable when nobody says."""
        with translated():
            stream = self._open.jetstream()
            try:
                return state_of(await stream.stream_info(service.upper()))
            except NotFoundError:
                logger.warning("a stream was missing and is made anew", service=service)
                return state_of(await stream.add_stream(stream_config(service)))

    async def begin_epoch(self, service: str) -> StreamState:
        """Give a stream that was put back to an earlier state another identity."""
        with translated():
            config = stream_config(service, {EPOCH: uuid4().hex})
            return state_of(await self._open.jetstream().update_stream(config))

    async def publish(self, messages: Sequence[Message], after: int | None = None) -> int | None:
        """Publish in order, durably, each at most once in the duplicate window.

        With `after`, nothing is stored unless the stream still ends with that message; the answer is
        the one it ends with now. BusUnavailable when unsure, StreamMoved when it ends with another.
        """
        with translated():
            for start in range(0, len(messages), BATCH):
                part = messages[start : start + BATCH]
                last = await self._publish_batch(part, after) if len(part) >= _SINGLY else None
                after = last or await self._publish_singly(part, after)
        return after

    async def mark(self, service: str, payload: bytes, after: int | None = None) -> int:
        """Publish a watermark behind everything published before it; it vanishes after a minute."""
        with translated():
            stream, ttl = self._open.jetstream(), _WATERMARK_TTL_SECONDS
            headers = behind(after)
            subject = f"{service}.watermark"
            answer = await stream.publish(subject, payload, timeout=2, msg_ttl=ttl, headers=headers)
        return answer.seq

    async def last_mark(self, service: str, seconds: float) -> bytes | None:
        """The newest watermark in the stream of a service; None when there is none."""
        with translated():
            stream = self._open.jetstream(timeout=seconds)
            try:
                found = await stream.get_last_msg(service.upper(), f"{service}.watermark")
            except NotFoundError:
                return None
        return found.data

    async def ask(self, subject: str, payload: bytes, seconds: float = 2.0) -> bytes | None:
        """What somebody answers to a question; None when nobody does."""
        try:
            return (await self._open.request(subject, payload, timeout=seconds)).data
        except (NoRespondersError, NatsTimeout):
            return None
        except FAILURES as error:
            raise BusUnavailable(str(error) or type(error).__name__) from error

    async def questions(self, subject: str) -> AsyncIterator[Question]:
        """Questions on `subject`, each to one of all processes that listen; goes on after a lost connection."""
        asked = asyncio.Queue[Msg]()
        subscription = await self._open.subscribe(subject, queue=subject, cb=asked.put)
        try:
            while True:
                message = await asked.get()
                yield Question(message.data, message.respond)
        finally:
            with suppress(*FAILURES):
                await subscription.unsubscribe()

    async def _publish_singly(self, messages: Sequence[Message], after: int | None) -> int | None:
        stream = self._open.jetstream()
        for message in messages:
            headers = {"Nats-Msg-Id": message.key} | behind(after)
            answer = await stream.publish(message.subject, message.payload, timeout=5, headers=headers)
            # One that was published before keeps its place, and the stream its end.
            after = after if after is None or answer.duplicate else answer.seq
        return after

    async def _publish_batch(self, messages: Sequence[Message], after: int | None) -> int | None:
        """The number of the last of one atomic batch; None when the server refuses it, as for a member published before."""
        batch, last = uuid4().hex, len(messages)
        for number, message in enumerate(messages, start=1):
            headers = {"Nats-Msg-Id": message.key, "Nats-Batch-Id": batch, "Nats-Batch-Sequence": str(number)}
            if number == 1:
                headers |= behind(after)
            if number == last:
                headers["Nats-Batch-Commit"] = "1"
            if number in (1, last):
                answer = await self._open.request(message.subject, message.payload, timeout=10, headers=headers)
                if b'"error"' in answer.data:
                    logger.info("batch refused", members=last, answer=answer.data.decode()[:200])
                    return None
            else:
                await self._open.publish(message.subject, message.payload, headers=headers)
        return int(json.loads(answer.data)["seq"])

    async def read(self, source: str, subjects: list[str], after: Place | None, *, marks: bool = True) -> AsyncIterator[list[Delivered]]:
        """Messages of `source` behind `after`, in order, without a gap; BusUnavailable when that can no longer be said.

        With `marks` its watermarks are among them.

        Those that have arrived meanwhile come together, so that whoever falls behind can handle many at a time.

        The server keeps nothing of the reader: where to go on stands where the work is done, and with it in one transaction.
        """
        with translated():
            stream = (await self.find_stream(source)).identity
            if after and after.stream != stream:
                raise StreamMoved(f"the stream of {source} is not the one that was read so far")
            begin = after.sequence + 1 if after else 1
            wanted = [*subjects, f"{source}.watermark"] if marks else subjects
            consumer = await self._open.jetstream().add_consumer(source.upper(), reader_config(begin, wanted))
            async for messages in self._next(f"$JS.API.CONSUMER.MSG.NEXT.{source.upper()}.{consumer.name}"):
                yield [Delivered(each.subject, each.data, Place(stream, each.metadata.sequence.stream)) for each in messages]

    async def _next(self, address: str) -> AsyncIterator[list[Msg]]:
        """Ask for the next messages and hand them out as they come; ends when the server does not answer any more."""
        client, seen = self._open, 0
        inbox, arrived = client.new_inbox(), asyncio.Queue[Msg]()
        # Not next_msg(): on Python 3.11 it loses a cancellation that comes together with a message.
        subscription = await client.subscribe(inbox, cb=arrived.put)
        try:
            while True:
                await client.publish(address, _NEXT_REQUEST, reply=inbox)
                async for messages in _requested(arrived):
                    for message in messages:
                        seen += 1
                        if message.metadata.sequence.consumer != seen:
                            raise BusUnavailable("a message was lost on the way")
                    yield messages
        finally:
            with suppress(*FAILURES):
                await subscription.unsubscribe()

    async def last_sequence(self, source: str, seconds: float = 5.0) -> int | None:
        """The number of the newest message of `source`; None when the server does not answer in that many seconds."""
        try:
            return (await self._open.jetstream(timeout=seconds).stream_info(source.upper())).state.last_seq
        except FAILURES:
            return None


async def _requested(arrived: asyncio.Queue[Msg]) -> AsyncIterator[list[Msg]]:
    """What the server sends for one request, until that is spent or expired."""
    left = _NEXT_BATCH
    while left:
        async with asyncio.timeout(_HEARTBEAT_SECONDS * 2.5):
            came = [await arrived.get()]
        while not arrived.empty():
            came.append(arrived.get_nowait())
        statuses = [(message.headers or {}).get("Status") for message in came]
        if messages := [message for message, status in zip(came, statuses, strict=True) if not status]:
            left -= len(messages)
            yield messages
        if refused := [status for status in statuses if status and status not in ("100", "404", "408")]:
            raise BusUnavailable(f"the consumer answers {refused[0]}")
        if "404" in statuses or "408" in statuses:
            return


async def _say(error: Exception) -> None:
    logger.warning("bus", error=repr(error))
