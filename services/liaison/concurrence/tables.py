"""Concurrences, and what was recorded of them when."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Identified, Labelled, Versioned, now
from services.liaison.base import LiaisonTable
from services.liaison.concurrence.rules import Basis, ConcurrenceState, Scope, Standing, Terms, ends, standing


class ConcurrenceContent(Labelled):
    """What is recorded of a concurrence."""

    __allow_unmapped__ = True

    judged_at: datetime | None = None
    """The moment asked about, when it is not the present one."""

    country: Mapped[str] = mapped_column(index=True)
    parties: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    party_kinds: Mapped[list[str]]
    subject_themes: Mapped[list[str]]
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime]
    basis: Mapped[str]
    conditions: Mapped[str | None]
    carried_by: Mapped[str | None]
    answered_by: Mapped[str | None]
    confirm_by: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    term_ends: Mapped[datetime | None]
    state: Mapped[str]
    reason: Mapped[str | None]
    granted_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_from: Mapped[datetime | None]

    @property
    def given_by(self) -> str:
        """Whose word it is: the Government's, or UNAMA's for AFG."""
        return "unama" if self.country == "AFG" else "government"

    @property
    def terms(self) -> Terms:
        """What the clock needs of it."""
        return Terms(
            state=ConcurrenceState(self.state),
            basis=Basis(self.basis),
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            confirm_by=self.confirm_by,
            confirmed_at=self.confirmed_at,
            term_ends=self.term_ends,
            withdrawn_from=self.withdrawn_from,
        )

    @property
    def standing(self) -> Standing:
        """What it is worth at the moment asked about."""
        return standing(self.terms, self.judged_at or now())

    @property
    def ends_at(self) -> datetime:
        """From when on it covers nothing, as the clock judges."""
        return ends(self.terms, self.judged_at or now())


class Concurrence(Identified, Versioned, ConcurrenceContent, LiaisonTable):
    """A Government's consent, asked for and given, to talks with parties (or kinds of them) on themes in an interval."""

    __tablename__ = "concurrences"
    __table_args__ = (
        Index("ix_concurrences_state", "state"),
        # What the sweep looks at, every second.
        Index("ix_concurrences_unswept", "valid_until", postgresql_where=text("state = 'granted' and lapse_announced_at is null")),
        Index("ix_concurrences_silent", "term_ends", postgresql_where=text("state = 'requested' and term_ends is not null")),
    )

    reference: Mapped[str] = mapped_column(unique=True)
    lapse_announced_at: Mapped[datetime | None]

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
            valid_until=self.ends_at,
        )


class ConcurrenceRecord(ConcurrenceContent, LiaisonTable):
    """A concurrence as it was recorded at `recorded_at`, true from `effective_at`; rows are added and never changed (R3)."""

    __tablename__ = "concurrence_records"

    id: Mapped[UUID] = mapped_column(ForeignKey("concurrences.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    reference: Mapped[str]
    recorded_at: Mapped[datetime]
    effective_at: Mapped[datetime]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
