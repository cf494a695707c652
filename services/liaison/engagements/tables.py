"""Engagements and the concurrences they lean on."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, ForeignKey, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Identified, Labelled, Versioned
from services.liaison.base import LiaisonTable


class Engagement(Identified, Versioned, Labelled, LiaisonTable):
    """A meeting, call or visit. `concurrences` are those it leans on since it was scheduled."""

    __tablename__ = "engagements"

    reference: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    title: Mapped[str]
    parties: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    subject_countries: Mapped[list[str]]
    subject_themes: Mapped[list[str]]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(index=True)
    reason: Mapped[str | None]
    held_at: Mapped[datetime | None]
    concurrences: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()), default=list)


class Leaning(LiaisonTable):
    """An engagement leans on a concurrence: withdrawal finds it here."""

    __tablename__ = "leanings"

    concurrence_id: Mapped[UUID] = mapped_column(ForeignKey("concurrences.id"), primary_key=True)
    engagement_id: Mapped[UUID] = mapped_column(ForeignKey("engagements.id"), primary_key=True, index=True)
