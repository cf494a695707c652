"""Objectives."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from chassis.columns import Identified, Labelled, Versioned
from services.coordination.base import CoordinationTable


class Objective(Identified, Versioned, Labelled, CoordinationTable):
    """What is to be reached in a place on a theme."""

    __tablename__ = "objectives"
    __table_args__ = (Index("ix_objectives_cell", "place", "theme"),)

    title: Mapped[str]
    place: Mapped[str]
    theme: Mapped[str]
    indicator_text: Mapped[str | None]
