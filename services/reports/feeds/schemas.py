"""Feeds as they come in and go out."""

from datetime import datetime
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, HttpUrl

from contracts.labels import Label, Organizations
from contracts.vocabulary import Body, Country, Line, Sensitivity, Slug, Tlp
from services.reports.feeds.adapters.mapping import ColumnMapping
from services.reports.feeds.adapters.registry import ADAPTERS
from services.reports.feeds.rules import FeedState


def _is_adapter(name: str) -> str:
    if name not in ADAPTERS:
        raise ValueError(f"is not an adapter; known are {', '.join(ADAPTERS)}")
    return name


AdapterName = Annotated[str, AfterValidator(_is_adapter), Field(json_schema_extra={"enum": list(ADAPTERS)})]
Trust = Literal["high", "medium", "low"]
QUARTER: Final = 60 * 24 * 92


class DefaultLabel(Body):
    """The label of what a feed sends unlabelled; themes and country are each row's own."""

    sensitivity: Sensitivity = Sensitivity.confidential
    tlp: Tlp = Tlp.amber
    releasable_to: Organizations = Field(default_factory=list)


class FeedChange(Body):
    """What an administrator sets of a feed."""

    name: Line = Field(examples=["USGS earthquakes"])
    trust: Trust = Field(description="What a feed of low trust brings needs a person first.")
    expected_interval_minutes: int = Field(ge=5, le=QUARTER, description="After so long without a delivery it is silent (R7).")
    country: Country = Field(description="Of what it sends without one.")
    default_label: DefaultLabel = Field(default_factory=DefaultLabel)
    adapter: AdapterName = Field(default="native", examples=["usgs-earthquakes"], description="What it sends, and how that is read.")
    mapping: ColumnMapping | None = Field(
        default=None, examples=[None], description="Only of native feeds: names of its own for native fields."
    )
    leads_only: bool = Field(default=False, description="What it brings supports nothing (R8). Some adapters bring nothing else.")
    url: HttpUrl | None = Field(default=None, description="Where it is fetched; without one it is delivered.")
    pull_every_minutes: Annotated[int, Field(ge=1, le=QUARTER)] | None = None
    credentials: Slug | None = Field(default=None, description="The name under which the settings hold them; never they themselves.")


class FeedBody(FeedChange):
    """A new feed."""

    id: Slug = Field(examples=["usgs"])
    organization: Slug = Field(examples=["usgs"], description="Who speaks; nobody else delivers to it.")


class FeedHealthOut(BaseModel):
    """How fetching goes, and since when a silence is announced."""

    model_config = ConfigDict(from_attributes=True)

    silent_since: datetime | None
    next_pull_at: datetime | None
    last_pull_at: datetime | None
    failures: int = Field(description="Fetches that failed one after another.")
    last_error: str | None


class FeedOut(BaseModel):
    """A feed and whether it still speaks."""

    model_config = ConfigDict(from_attributes=True)

    id: str = Field(examples=["unct-tjk"])
    name: str
    organization: str
    trust: Trust
    expected_interval_minutes: int
    state: FeedState
    last_delivery_at: datetime | None
    country: str
    default_label: Label = Field(description="The label of what it sends unlabelled.")
    adapter: str
    mapping: ColumnMapping | None
    leads_only: bool
    url: str | None
    pull_every_minutes: int | None
    credentials: str | None
    health: FeedHealthOut
    version: int
    created_at: datetime
    updated_at: datetime
    label: Label


class PreviewRow(BaseModel):
    """A row as it would be read."""

    row: int = Field(description="Counted from 1; a header row is not counted.")
    line: int | None = Field(description="Where it begins in the file; null where a file has no lines.")
    native: Any = Field(description="The row under native names; null when it cannot be read.")
    reason: str | None = Field(description="Why it would be refused, or null.")
    pointer: str | None = Field(description="JSON pointer into the native row at which it would be refused.")
    field: str | None = Field(description="The sender's own column or field at fault.")


class Preview(BaseModel):
    """The first rows of a file as they would be read. Nothing was stored."""

    rows: list[PreviewRow]
    more: bool = Field(description="There are rows behind these.")
