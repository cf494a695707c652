"""Commitments."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Identified, Labelled, Versioned, now
from services.liaison.base import LiaisonTable
from services.liaison.commitments.rules import CommitmentStanding, CommitmentState, standing


class Commitment(Identified, Versioned, Labelled, LiaisonTable):
    """A promise. Of `promised_by` and `promised_to` one may be empty: that one is the Centre."""

    __tablename__ = "commitments"
    __table_args__ = (Index("ix_commitments_open", "due_on", postgresql_where=text("state = 'open'")),)

    reference: Mapped[str] = mapped_column(unique=True)
    engagement: Mapped[UUID | None] = mapped_column(ForeignKey("engagements.id"), index=True)
    promised_by: Mapped[UUID | None] = mapped_column(ForeignKey("parties.id"), index=True)
    promised_to: Mapped[UUID | None] = mapped_column(ForeignKey("parties.id"), index=True)
    text: Mapped[str]
    due_on: Mapped[date]
    state: Mapped[str]
    reason: Mapped[str | None]
    closed_at: Mapped[datetime | None]
    due_announced_at: Mapped[datetime | None]
    overdue_announced_at: Mapped[datetime | None]

    @property
    def standing(self) -> CommitmentStanding:
        """What it is worth today."""
        return standing(CommitmentState(self.state), self.due_on, now().date())
