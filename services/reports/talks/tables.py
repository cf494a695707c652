"""What reports knows of a note to file or readout, and of what it rests on: never a word of either."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Identified, Labelled
from services.reports.base import ReportsTable


class TalkRecord(Identified, Labelled, ReportsTable):
    """A note to file or a readout, with the concurrences its engagement rested on when it was made."""

    __tablename__ = "talk_records"

    kind: Mapped[str]
    engagement: Mapped[UUID] = mapped_column(index=True)
    concurrences: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    # Since when it is known that the talk was held after a withdrawal took effect (R3); None: it stands.
    flagged_at: Mapped[datetime | None]


class ConcurrenceRecord(Identified, Labelled, ReportsTable):
    """A Government's concurrence as liaison told of it last, for who asks what a cited talk rests on."""

    __tablename__ = "concurrence_records"

    country: Mapped[str]
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime]
    standing: Mapped[str]
    told_at: Mapped[datetime]
