"""Records of talks as they are shown beside what cites them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

ConcurrenceStanding = Literal["granted", "withdrawn", "lapsed"]


class RestsOn(BaseModel):
    """A concurrence that a talk rests on, as liaison told of it last."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    country: str
    valid_from: datetime
    valid_until: datetime
    standing: ConcurrenceStanding
    told_at: datetime


class TalkOut(BaseModel):
    """A note to file or readout that is cited: of which engagement, on whose word, and whether that was taken back before."""

    id: UUID
    engagement: UUID
    flagged_at: datetime | None = Field(description="Since when it is known that the talk was held after a withdrawal took effect (R3).")
    concurrences: list[RestsOn] = Field(description="Those that the reader may know of.")
