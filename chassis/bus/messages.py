"""What goes over the bus, and what can go wrong."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass


class BusUnavailable(Exception):
    """The bus does not answer; the outbox keeps what is to be published."""


class BusRefuses(BusUnavailable):
    """The server answers, and says that it cannot store: its disk was full, for one."""


class StreamMoved(BusUnavailable):
    """The stream is another one, or holds other messages, than whoever used it had found."""


@dataclass(frozen=True)
class StreamState:
    """Which stream this is, and the first and last message of it that there are.

    `identity` tells a stream from one made anew under its name, or put back to an earlier state.
    """

    identity: str
    first: int
    last: int


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


@dataclass(frozen=True)
class Question:
    """What somebody asks over the bus, and how to answer."""

    data: bytes
    answer: Callable[[bytes], Awaitable[None]]
