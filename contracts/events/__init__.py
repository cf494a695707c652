"""The events the services announce: one module per service, one class per event, all registered in `EVENTS`."""

from contracts.events import coordination, gateway, liaison, reports
from contracts.events.envelope import EVENTS, Announcement, Event

__all__ = ["EVENTS", "Announcement", "Event", "coordination", "gateway", "liaison", "reports"]
