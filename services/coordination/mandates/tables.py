"""Mandates."""

from datetime import datetime

from sqlalchemy import ForeignKey, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Identified, Labelled, Versioned
from contracts.vocabulary import Sensitivity, Tlp
from services.coordination.base import CoordinationTable
from services.coordination.mandates.rules import Ceiling, Remit, state_at


class Mandate(Identified, Versioned, Labelled, CoordinationTable):
    """What an organization is mandated to deal with. `themes` and `countries` are the label's; the mandate's are `covers_…`."""

    __tablename__ = "mandates"

    organization: Mapped[str] = mapped_column(ForeignKey("organizations.id"), index=True)
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
    reason: Mapped[str | None]

    @property
    def ceiling(self) -> Ceiling:
        """The strictest label its holder may be given."""
        return Ceiling(sensitivity=Sensitivity.of_rank(self.ceiling_sensitivity), tlp=Tlp(self.ceiling_tlp))

    @property
    def state(self) -> str:
        """pending, in-force or ended, by the clock."""
        return state_at(self.valid_from, self.valid_until, self.ended_at)

    @property
    def remit(self) -> Remit:
        """What it covers, for the release decision."""
        return Remit(
            id=self.id,
            title=self.title,
            clause=self.clause,
            themes=frozenset(self.covers_themes),
            countries=frozenset(self.covers_countries),
            ceiling=self.ceiling,
        )
