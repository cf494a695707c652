"""Feeds as they go out."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from contracts.labels import Label
from services.reports.feeds.rules import FeedState


class FeedOut(BaseModel):
    """A feed and whether it still speaks."""

    model_config = ConfigDict(from_attributes=True)

    id: str = Field(examples=["unct-tjk"])
    name: str
    organization: str
    trust: Literal["high", "medium", "low"]
    expected_interval_minutes: int
    state: FeedState
    last_delivery_at: datetime | None
    default_label: Label = Field(description="The label of what it sends unlabelled.")
    version: int
    created_at: datetime
    updated_at: datetime
    label: Label
