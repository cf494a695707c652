"""Initiatives and the Centre's steps to encourage them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from chassis.columns import Identified, Labelled, Versioned, new_id, now
from services.coordination.base import CoordinationTable
from services.coordination.initiatives.rules import Pace, is_asked_about, next_step_on


class Initiative(Identified, Versioned, Labelled, CoordinationTable):
    """Another organization's peacemaking effort, tracked as theirs: `state` is in their words."""

    __tablename__ = "initiatives"

    title: Mapped[str]
    owner: Mapped[str] = mapped_column(ForeignKey("organizations.id"), index=True)
    subject_countries: Mapped[list[str]]
    subject_themes: Mapped[list[str]]
    state: Mapped[str]
    ask_after_days: Mapped[int]
    steps: Mapped[list["Step"]] = relationship(lazy="selectin", order_by="Step.id")

    @property
    def next_step_on(self) -> date | None:
        """The earliest date among the steps that are not done."""
        return next_step_on(step.pace for step in self.steps)

    @property
    def asked_about(self) -> bool:
        """True when nothing was done for its term."""
        return is_asked_about(self.created_at, [step.pace for step in self.steps], self.ask_after_days, now())


class Step(CoordinationTable):
    """A step of encouragement; read with its initiative only, whose label it shares."""

    __tablename__ = "initiative_steps"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    initiative: Mapped[UUID] = mapped_column(ForeignKey("initiatives.id"), index=True)
    text: Mapped[str]
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)

    @property
    def pace(self) -> Pace:
        """Its dates."""
        return Pace(self.at, self.due_on, self.done_on)
