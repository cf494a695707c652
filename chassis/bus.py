"""NATS JetStream, and the only module that knows it: one stream per service, durable pull consumers between services."""

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
from nats.js.api import AckPolicy, ConsumerConfig, DiscardPolicy, RetentionPolicy, StorageType, StreamConfig
from nats.js.errors import APIError, NotFoundError

from chassis.logs import log

__all__ = ["BATCH", "SERVICES", "Bus", "BusUnavailable", "Message", "Msg"]

SERVICES = ("liaison", "reports", "coordination", "gateway")
DUPLICATE_IN_BATCH = 10201
BATCH = 500
_SINGLY = 4
_WEEK = 7 * 24 * 3600.0
_WATERMARK_TTL_SECONDS = 60.0
_NEXT_BATCH, _NEXT_SECONDS = 200, 5
_NEXT_REQUEST = json.dumps({"batch": _NEXT_BATCH, "expires": _NEXT_SECONDS * 1_000_000_000}).encode()
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

    async def pull(self, source: str, durable: str, subjects: list[str]) -> AsyncIterator[Msg]:
        """Messages of `source` for the durable consumer, in order, for ever; a lost consumer is declared again."""
        while True:
            try:
                await self._declare_consumer(source, durable, subjects)
                async for message in self._pull(f"$JS.API.CONSUMER.MSG.NEXT.{source.upper()}.{durable}"):
                    yield message
            except (*FAILURES, BusUnavailable) as error:
                logger.warning("consumer interrupted", source=source, durable=durable, error=repr(error))
                await asyncio.sleep(0.5)

    async def _pull(self, address: str) -> AsyncIterator[Msg]:
        """Ask for the next messages and hand out each as it comes; ends when the server does not answer any more."""
        client = self._open
        inbox = client.new_inbox()
        subscription = await client.subscribe(inbox)
        try:
            while True:
                await client.publish(address, _NEXT_REQUEST, reply=inbox)
                for _ in range(_NEXT_BATCH):
                    message = await subscription.next_msg(timeout=_NEXT_SECONDS + 1)
                    status = (message.headers or {}).get("Status")
                    if status == "409":
                        raise BusUnavailable("the consumer is gone")
                    if status:
                        break
                    yield message
        finally:
            with suppress(*FAILURES):
                await subscription.unsubscribe()

    async def _declare_consumer(self, source: str, durable: str, subjects: list[str]) -> None:
        config = ConsumerConfig(
            durable_name=durable,
            filter_subjects=[*subjects, f"{source}.watermark"],
            ack_policy=AckPolicy.EXPLICIT,
            ack_wait=30,
            max_deliver=-1,
            max_ack_pending=1000,
        )
        await self._open.jetstream().add_consumer(source.upper(), config)

    async def lag(self, source: str, durable: str) -> int | None:
        """Messages the consumer has yet to handle; None when it is not there or the server does not answer."""
        try:
            info = await self._open.jetstream().consumer_info(source.upper(), durable, timeout=2)
        except FAILURES:
            return None
        return (info.num_pending or 0) + (info.num_ack_pending or 0)


async def _say(error: Exception) -> None:
    logger.warning("bus", error=repr(error))
