"""What reports knows of a note to file or readout: never a word of it."""

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
    engagement: Mapped[UUID]
    concurrences: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
