"""Webhooks as they come in and go out."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, HttpUrl

from contracts.labels import Label
from contracts.vocabulary import Body, Slug


class WebhookBody(Body):
    """A webhook to register. Events by type, or "*" for all the organization may know of."""

    url: HttpUrl = Field(examples=["https://partner.example/goodoffices"])
    events: list[str] = Field(min_length=1, max_length=50, examples=[["coordination.exchange.released.v1"]])
    organization: Slug | None = Field(default=None, description="Your own organization, if you name it.")


class WebhookOut(BaseModel):
    """A webhook."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    url: str
    events: list[str]
    organization: str
    state: str
    reason: str | None
    version: int
    created_at: datetime
    updated_at: datetime
    label: Label


class WebhookCreated(WebhookOut):
    """A webhook with the secret its deliveries are signed with, shown this once."""

    secret: str


class DeliveryOut(BaseModel):
    """One delivery in the log."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    event_id: UUID
    type: str
    payload: dict[str, Any]
    state: str
    attempts: int
    next_attempt_at: datetime | None
    status: int | None
    error: str | None
    delivered_at: datetime | None
    created_at: datetime
