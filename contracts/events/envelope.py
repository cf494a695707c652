"""CloudEvents 1.0 (structured JSON) around what a service announces."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar, Literal, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from contracts.labels import Label
from contracts.vocabulary import Slug

A = TypeVar("A", bound="Announcement")

EVENTS: "dict[str, type[Announcement]]" = {}


class Announcement(BaseModel):
    """What an event says. Every one carries the label of what it speaks of, since events are read like records.

    `readers` are the organizations outside originator and Centre that may know of it now.
    """

    # Additive change only within a version: a reader of an older release ignores what it does not know.
    model_config = ConfigDict(extra="ignore", frozen=True)
    type: ClassVar[str]
    kind: ClassVar[str]

    id: UUID | str = Field(description="The thing the event speaks of.")
    version: int = Field(default=1, description="The version of that thing after the event.")
    label: Label
    readers: list[Slug] = Field(default_factory=list)


class Event(BaseModel):
    """The CloudEvents envelope; `data` is one of the announcements in `EVENTS`, by `type`."""

    model_config = ConfigDict(extra="ignore")

    specversion: Literal["1.0"] = "1.0"
    id: UUID
    source: str = Field(description="/services/<service>")
    type: str
    subject: str = Field(description="<kind>/<id>")
    time: datetime
    datacontenttype: Literal["application/json"] = "application/json"
    dataschema: str
    traceparent: str | None = None
    requestid: str | None = None
    actor: str | None = Field(default=None, description="The client or named principal whose act caused it.")
    data: dict[str, Any]

    def announcement(self) -> Announcement:
        """The data as its declared class. KeyError for a type nobody declared, ValidationError for other data."""
        return EVENTS[self.type].model_validate(self.data)


def declare(event_type: str, kind: str) -> Callable[[type[A]], type[A]]:
    """Register an announcement under `<service>.<capability>.<happened>.v<n>`; `kind` names the thing it speaks of."""

    def register(announcement: type[A]) -> type[A]:
        announcement.type = event_type
        announcement.kind = kind
        EVENTS[event_type] = announcement
        return announcement

    return register
