"""Activities."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Identified, Labelled, Versioned
from services.coordination.base import CoordinationTable


class Activity(Identified, Versioned, Labelled, CoordinationTable):
    """What an organization does where, against which objective. `place` is its country, or a place wider than one."""

    __tablename__ = "activities"
    __table_args__ = (
        UniqueConstraint("organization", "external_id"),
        Index("ix_activities_unaligned", "id", postgresql_where=text("objective is null")),
    )

    organization: Mapped[str] = mapped_column(ForeignKey("organizations.id"))
    external_id: Mapped[str]
    title: Mapped[str]
    place: Mapped[str] = mapped_column(index=True)
    country: Mapped[str | None]
    area: Mapped[str | None]
    activity_themes: Mapped[list[str]]
    objective: Mapped[UUID | None] = mapped_column(ForeignKey("objectives.id"), index=True)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    status: Mapped[str]
