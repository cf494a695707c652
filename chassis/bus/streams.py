"""How the streams are declared, what the server says of them, and its errors as ours."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from nats.errors import Error as NatsError
from nats.js.api import (
    AckPolicy,
    ConsumerConfig,
    DeliverPolicy,
    DiscardPolicy,
    RetentionPolicy,
    StorageType,
    StreamConfig,
    StreamInfo,
)
from nats.js.errors import APIError, NoStreamResponseError, NotFoundError, ServiceUnavailableError

from chassis.bus.messages import BusRefuses, BusUnavailable, StreamMoved, StreamState

KEPT_SECONDS = 7 * 24 * 3600.0
EPOCH = "goodoffices-epoch"
FAILURES = (NatsError, APIError, asyncio.TimeoutError)
_FORGOTTEN_SECONDS = 60.0
_WRONG_LAST_SEQUENCE = 10071
# Nothing is stored where there is no stream, and the server is not to blame.
_PASSING = (NoStreamResponseError, ServiceUnavailableError, NotFoundError)


def stream_config(service: str, metadata: dict[str, str] | None = None) -> StreamConfig:
    return StreamConfig(
        name=service.upper(),
        subjects=[f"{service}.>"],
        retention=RetentionPolicy.LIMITS,
        storage=StorageType.FILE,
        discard=DiscardPolicy.OLD,
        max_age=KEPT_SECONDS,
        duplicate_window=120,
        allow_atomic=True,
        allow_msg_ttl=True,
        metadata={EPOCH: metadata[EPOCH]} if metadata and EPOCH in metadata else None,
    )


def state_of(info: StreamInfo) -> StreamState:
    created = info.created.isoformat() if info.created else ""
    epoch = (info.config.metadata or {}).get(EPOCH)
    identity = f"{created}/{epoch}" if epoch else created
    return StreamState(identity, info.state.first_seq, info.state.last_seq)


def behind(after: int | None) -> dict[str, str]:
    return {} if after is None else {"Nats-Expected-Last-Sequence": str(after)}


@contextmanager
def translated() -> Iterator[None]:
    """Errors of the client as ours."""
    try:
        yield
    except FAILURES as error:
        said = str(error) or type(error).__name__
        if not isinstance(error, APIError) or isinstance(error, _PASSING):
            raise BusUnavailable(said) from error
        moved = error.err_code == _WRONG_LAST_SEQUENCE
        raise (StreamMoved if moved else BusRefuses)(said) from error


def reader_config(begin: int, subjects: list[str]) -> ConsumerConfig:
    return ConsumerConfig(
        filter_subjects=subjects,
        deliver_policy=DeliverPolicy.BY_START_SEQUENCE,
        opt_start_seq=begin,
        ack_policy=AckPolicy.NONE,
        mem_storage=True,
        inactive_threshold=_FORGOTTEN_SECONDS,
    )
