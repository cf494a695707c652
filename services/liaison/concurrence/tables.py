"""Concurrences."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Identified, Labelled, Versioned
from services.liaison.base import LiaisonTable
from services.liaison.concurrence.rules import Scope


class Concurrence(Identified, Versioned, Labelled, LiaisonTable):
    """A Government's consent, asked for and given, to talks with parties (or kinds of them) on themes in an interval."""

    __tablename__ = "concurrences"

    reference: Mapped[str] = mapped_column(unique=True)
    country: Mapped[str] = mapped_column(index=True)
    parties: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    party_kinds: Mapped[list[str]]
    subject_themes: Mapped[list[str]]
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime]
    basis: Mapped[str]
    conditions: Mapped[str | None]
    state: Mapped[str] = mapped_column(index=True)
    reason: Mapped[str | None]
    granted_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    @property
    def scope(self) -> Scope:
        """What it covers, for the gate."""
        return Scope(
            id=self.id,
            country=self.country,
            parties=frozenset(self.parties),
            party_kinds=frozenset(self.party_kinds),
            themes=frozenset(self.subject_themes),
            valid_from=self.valid_from,
            valid_until=self.valid_until,
        )
