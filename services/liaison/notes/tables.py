"""Notes to file and readouts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Identified, Labelled, Versioned
from services.liaison.base import LiaisonTable


class NoteToFile(Identified, Versioned, Labelled, LiaisonTable):
    """What was said at an engagement, as the Centre's officer recorded it, statement by statement."""

    __tablename__ = "notes_to_file"

    reference: Mapped[str] = mapped_column(unique=True)
    engagement: Mapped[UUID] = mapped_column(ForeignKey("engagements.id"), index=True)
    title: Mapped[str]
    statements: Mapped[list[dict[str, Any]]]
    state: Mapped[str]
    author: Mapped[str]
    filed_at: Mapped[datetime | None]


class Readout(Identified, Versioned, Labelled, LiaisonTable):
    """The public version of a note, under a label of its own."""

    __tablename__ = "readouts"

    note: Mapped[UUID] = mapped_column(ForeignKey("notes_to_file.id"), unique=True)
    title: Mapped[str]
    text: Mapped[str]
    state: Mapped[str]
    written_by: Mapped[str]
    approved_by: Mapped[str | None]
    approved_at: Mapped[datetime | None]
