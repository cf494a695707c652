"""NATS JetStream, and the only package that knows it."""

from chassis.bus.connection import BATCH, SERVICES, Bus
from chassis.bus.messages import (
    BusRefuses,
    BusUnavailable,
    Delivered,
    Message,
    Place,
    Question,
    StreamMoved,
    StreamState,
)
from chassis.bus.streams import KEPT_SECONDS

__all__ = [
    "BATCH",
    "KEPT_SECONDS",
    "SERVICES",
    "Bus",
    "BusRefuses",
    "BusUnavailable",
    "Delivered",
    "Message",
    "Place",
    "Question",
    "StreamMoved",
    "StreamState",
]
