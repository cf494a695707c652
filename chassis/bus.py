"""NATS JetStream, and the only module that knows it: one stream per service, read in order by the others."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import uuid4

import nats
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy, DiscardPolicy, RetentionPolicy, StorageType, StreamConfig
from nats.js.errors import APIError, NotFoundError

from chassis.logs import log

__all__ = ["BATCH", "SERVICES", "Bus", "BusUnavailable", "Delivered", "Message", "Place"]

SERVICES = ("liaison", "reports", "coordination", "gateway")
DUPLICATE_IN_BATCH = 10201
BATCH = 500
_SINGLY = 4
_WEEK = 7 * 24 * 3600.0
_WATERMARK_TTL_SECONDS = 60.0
_FORGOTTEN_SECONDS = 60.0
_NEXT_BATCH, _HEARTBEAT_SECONDS = 200, 1.0
_SECOND = 1_000_000_000
_NEXT_REQUEST = json.dumps({"batch": _NEXT_BATCH, "expires": 30 * _SECOND, "idle_heartbeat": int(_HEARTBEAT_SECONDS * _SECOND)}).encode()
FAILURES = (NatsError, APIError, asyncio.TimeoutError)
logger = log(__name__)


class BusUnavailable(Exception):
    """The bus does not answer; the outbox keeps what is to be published."""


@dataclass(frozen=True)
class Message:
    """One message to publish: `key` makes its repetition a duplicate (Nats-Msg-Id)."""

    subject: str
    key: str
    payload: bytes


@dataclass(frozen=True)
class Place:
    """Where in which stream a message stands."""

    stream: str
    sequence: int


@dataclass(frozen=True)
class Delivered:
    """One message as it came."""

    subject: str
    data: bytes
    place: Place


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
        config = StreamConfig(
            name=service.upper(),
            subjects=[f"{service}.>"],
            retention=RetentionPolicy.LIMITS,
            storage=StorageType.FILE,
            discard=DiscardPolicy.OLD,
            max_age=_WEEK,
            duplicate_window=120,
            allow_atomic=True,
            allow_msg_ttl=True,
        )
        stream = self._open.jetstream()
        try:
            await stream.update_stream(config)
        except NotFoundError:
            await stream.add_stream(config)

    async def publish(self, messages: Sequence[Message]) -> None:
        """Publish in order, durably, each at most once in the duplicate window; BusUnavailable when unsure."""
        try:
            for start in range(0, len(messages), BATCH):
                part = messages[start : start + BATCH]
                if len(part) < _SINGLY or not await self._publish_batch(part):
                    await self._publish_singly(part)
        except FAILURES as error:
            raise BusUnavailable(str(error) or type(error).__name__) from error

    async def mark(self, service: str, payload: bytes) -> None:
        """Publish a watermark behind everything published before it; it vanishes after a minute."""
        try:
            await self._open.jetstream().publish(f"{service}.watermark", payload, timeout=2, msg_ttl=_WATERMARK_TTL_SECONDS)
        except FAILURES as error:
            raise BusUnavailable(str(error) or type(error).__name__) from error

    async def _publish_singly(self, messages: Sequence[Message]) -> None:
        stream = self._open.jetstream()
        for message in messages:
            await stream.publish(message.subject, message.payload, timeout=5, headers={"Nats-Msg-Id": message.key})

    async def _publish_batch(self, messages: Sequence[Message]) -> bool:
        """One atomic batch; False when the server refuses it because a member was published before."""
        batch, last = uuid4().hex, len(messages)
        for number, message in enumerate(messages, start=1):
            headers = {"Nats-Msg-Id": message.key, "Nats-Batch-Id": batch, "Nats-Batch-Sequence": str(number)}
            if number == last:
                headers["Nats-Batch-Commit"] = "1"
            if number in (1, last):
                answer = await self._open.request(message.subject, message.payload, timeout=10, headers=headers)
                if b'"error"' in answer.data:
                    logger.info("batch refused", members=last, answer=answer.data.decode()[:200])
                    return False
            else:
                await self._open.publish(message.subject, message.payload, headers=headers)
        return True

    async def read(self, source: str, subjects: list[str], after: Place | None) -> AsyncIterator[list[Delivered]]:
        """Messages of `source` behind `after`, in order, without a gap; BusUnavailable when that can no longer be said.

        Those that have arrived meanwhile come together, so that whoever falls behind can handle many at a time.

        The server keeps nothing of the reader: where to go on stands where the work is done, and with it in one transaction.
        """
        try:
            stream = await self._identity(source)
            begin = after.sequence + 1 if after and after.stream == stream else 1
            consumer = await self._open.jetstream().add_consumer(source.upper(), _reader(begin, [*subjects, f"{source}.watermark"]))
            async for messages in self._next(f"$JS.API.CONSUMER.MSG.NEXT.{source.upper()}.{consumer.name}"):
                yield [Delivered(each.subject, each.data, Place(stream, each.metadata.sequence.stream)) for each in messages]
        except FAILURES as error:
            raise BusUnavailable(str(error) or type(error).__name__) from error

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

    async def _identity(self, source: str) -> str:
        """What tells this stream from one made anew after a loss, whose numbers begin again."""
        info = await self._open.jetstream().stream_info(source.upper())
        return info.created.isoformat() if info.created else ""

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


def _reader(begin: int, subjects: list[str]) -> ConsumerConfig:
    return ConsumerConfig(
        filter_subjects=subjects,
        deliver_policy=DeliverPolicy.BY_START_SEQUENCE,
        opt_start_seq=begin,
        ack_policy=AckPolicy.NONE,
        mem_storage=True,
        inactive_threshold=_FORGOTTEN_SECONDS,
    )


async def _say(error: Exception) -> None:
    logger.warning("bus", error=repr(error))
