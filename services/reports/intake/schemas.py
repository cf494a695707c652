"""Deliveries as they come in and go out."""

from datetime import datetime
from typing import Annotated, Final, Literal, NotRequired
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter
from typing_extensions import TypedDict

from contracts.labels import LabelBody
from contracts.vocabulary import COUNTRIES, THEMES
from services.reports.intake.rules import SubmissionStatus

# PostgreSQL cannot hold NUL; the pattern is checked by a linear-time engine.
_STORABLE: Final = r"^[^\x00]*$"
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=_STORABLE)]
Short = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=_STORABLE)]
Long = Annotated[str, StringConstraints(max_length=20_000, pattern=_STORABLE)]
Language = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")]
FigureName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
Count = Annotated[int, Field(ge=0, le=1_000_000_000)] | None
_STRICT: Final = ConfigDict(extra="forbid", strict=True)


class NativeFigure(TypedDict):
    """A count as its source gives it."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]

    best: NotRequired[Count]
    low: NotRequired[Count]
    high: NotRequired[Count]


class NativeObservation(TypedDict):
    """What one source says, in native names. A place is a country, or a latitude and a longitude (WGS 84)."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]

    external_id: Name
    occurred_at: Annotated[str, StringConstraints(max_length=40), Field(examples=["2026-03-01T10:00:00Z"])]
    title: Short
    country: NotRequired[Literal[COUNTRIES] | None]  # type: ignore[valid-type]
    area: NotRequired[Name | None]
    latitude: NotRequired[Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None]
    longitude: NotRequired[Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None]
    themes: NotRequired[Annotated[list[Literal[THEMES]], Field(max_length=20)]]  # type: ignore[valid-type]
    text: NotRequired[Long | None]
    language: NotRequired[Language | None]
    figures: NotRequired[Annotated[dict[FigureName, NativeFigure], Field(max_length=20)]]
    label: NotRequired[LabelBody | None]


NATIVE: Final = TypeAdapter(NativeObservation)


class SubmissionOut(BaseModel):
    """The receipt of a delivery: every row is accepted, a duplicate, or rejected with a reason.

    While it is `received` or `processing`, the counts say what has been stored so far.
    """

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    feed: str
    status: SubmissionStatus
    size: int = Field(description="Bytes.")
    read_bytes: int = Field(description="How much of them has been worked off.")
    received: int
    accepted: int
    duplicate: int
    rejected: int
    set_aside: int = Field(description="Of the rejected those that are well formed and nothing for us: no event, or outside the region.")
    failure: str | None = Field(description="Why the rest could not be stored; null unless `failed`.")
    sha256: str
    created_at: datetime


class RejectionOut(BaseModel):
    """A refused row."""

    model_config = ConfigDict(from_attributes=True)

    row: int = Field(description="Counted from 1; a header row is not counted.")
    line: int | None = Field(description="The line of your file where the row begins; null where a file has no lines.")
    pointer: str = Field(description="JSON pointer into the row; empty for the row as a whole.")
    field: str | None = Field(description="What your file calls the field, where it has a name of its own.")
    reason: str
    raw: str = Field(description="The row as it came, at most 2,000 characters of it.")
