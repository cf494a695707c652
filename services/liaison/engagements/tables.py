"""Engagements and the concurrences they lean on."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Identified, Labelled, Versioned
from services.liaison.base import LiaisonTable
from services.liaison.engagements.rules import Plan


class Engagement(Identified, Versioned, Labelled, LiaisonTable):
    """A meeting, call or visit. `concurrences` are those it leans on since it was scheduled."""

    __tablename__ = "engagements"
    __allow_unmapped__ = True

    conflicts: Sequence[object] = ()
    """What the answer to scheduling warns of; found anew each time and not stored."""

    reference: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    title: Mapped[str]
    parties: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    subject_countries: Mapped[list[str]]
    subject_themes: Mapped[list[str]]
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    time_zone: Mapped[str] = mapped_column(server_default="UTC")
    place: Mapped[str | None]
    agenda: Mapped[str | None]
    delegation: Mapped[list[str]] = mapped_column(default=list, server_default="{}")
    interpreters: Mapped[list[str]] = mapped_column(default=list, server_default="{}")
    languages: Mapped[list[str]] = mapped_column(default=list, server_default="{}")
    contacts: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()), default=list, server_default="{}")
    follows: Mapped[UUID | None] = mapped_column(ForeignKey("engagements.id"))
    state: Mapped[str] = mapped_column(index=True)
    reason: Mapped[str | None]
    held_at: Mapped[datetime | None]
    held_after_withdrawal: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    concurrences: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()), default=list)

    @property
    def plan(self) -> Plan:
        """What conflicts are judged by."""
        return Plan(frozenset(self.parties) | frozenset(self.contacts), frozenset(self.delegation), self.starts_at, self.ends_at)


class Leaning(LiaisonTable):
    """An engagement leans on a concurrence: withdrawal finds it here."""

    __tablename__ = "leanings"

    concurrence_id: Mapped[UUID] = mapped_column(ForeignKey("concurrences.id"), primary_key=True)
    engagement_id: Mapped[UUID] = mapped_column(ForeignKey("engagements.id"), primary_key=True, index=True)
