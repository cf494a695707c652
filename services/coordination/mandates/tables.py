"""Mandates, and what was recorded of them when."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, SmallInteger
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from chassis.columns import Identified, Labelled, Versioned, now
from contracts.vocabulary import Sensitivity, Tlp
from services.coordination.base import CoordinationTable
from services.coordination.mandates.rules import Ceiling, Recorded, Remit, Term, ends, state_at


class MandateContent(Labelled):
    """What is recorded of a mandate. `themes` and `countries` are the label's; the mandate's are `covers_…`."""

    __allow_unmapped__ = True

    judged_at: datetime | None = None
    """The moment asked about, when it is not the present one."""

    title: Mapped[str]
    clause: Mapped[str]
    covers_themes: Mapped[list[str]]
    covers_countries: Mapped[list[str]]
    functions: Mapped[list[str]]
    ceiling_sensitivity: Mapped[int] = mapped_column(SmallInteger)
    ceiling_tlp: Mapped[str]
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_from: Mapped[datetime | None]
    reason: Mapped[str | None]
    corrected_at: Mapped[datetime | None]
    corrected_because: Mapped[str | None]

    @declared_attr
    def organization(cls) -> Mapped[str]:  # noqa: N805 - SQLAlchemy calls it with the class
        """The organization's slug; each table refers to the register by itself."""
        return mapped_column(ForeignKey("organizations.id"), index=True)

    @property
    def ceiling(self) -> Ceiling:
        """The strictest label its holder may be given."""
        return Ceiling(sensitivity=Sensitivity.of_rank(self.ceiling_sensitivity), tlp=Tlp(self.ceiling_tlp))

    @property
    def term(self) -> Term:
        """When it holds."""
        return Term(self.valid_from, self.valid_until, self.ended_from)

    @property
    def ends_at(self) -> datetime | None:
        """From when on it covers nothing."""
        return ends(self.term)

    @property
    def state(self) -> str:
        """pending, in-force or ended, by the clock, at the moment asked about."""
        return state_at(self.term, self.judged_at or now())

    def remit_of(self, mandate_id: UUID) -> Remit:
        """What it covers, for the release decision."""
        return Remit(
            id=mandate_id,
            title=self.title,
            clause=self.clause,
            themes=frozenset(self.covers_themes),
            countries=frozenset(self.covers_countries),
            ceiling=self.ceiling,
        )


class Mandate(Identified, Versioned, MandateContent, CoordinationTable):
    """What an organization is mandated to deal with. `settled_at`: when its end was noted and what leaned on it taken back."""

    __tablename__ = "mandates"

    settled_at: Mapped[datetime | None]

    @property
    def remit(self) -> Remit:
        """What it covers, for the release decision."""
        return self.remit_of(self.id)


class MandateRecord(MandateContent, CoordinationTable):
    """A mandate as it was recorded at `recorded_at`, true from `effective_at`; rows are added and never changed (R3)."""

    __tablename__ = "mandate_records"

    id: Mapped[UUID] = mapped_column(ForeignKey("mandates.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    recorded_at: Mapped[datetime]
    effective_at: Mapped[datetime]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    @property
    def recorded(self) -> Recorded:
        """The row, as the rules look at it."""
        return Recorded(self.recorded_at, self.effective_at, self.term, self.remit_of(self.id))
