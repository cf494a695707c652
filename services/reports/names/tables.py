"""What people decided of words in what sources say, and when names were shown in a file."""

from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Identified, Labelled, Versioned
from services.reports.base import ReportsTable


class NameMark(Identified, Versioned, ReportsTable):
    """Words of an observation that a person confirmed as a name, or dismissed. Who may read that observation sees it.

    It is kept under what its source names the observation by, so that it holds for corrected versions where the words still stand.
    """

    __tablename__ = "name_marks"
    __table_args__ = (UniqueConstraint("feed", "external_id", "key"),)

    observation_id: Mapped[UUID] = mapped_column(ForeignKey("observations.id"), index=True)
    feed: Mapped[str]
    external_id: Mapped[str]
    # The words as they stand, and as they are compared (rules.key_of).
    words: Mapped[str]
    key: Mapped[str]
    role: Mapped[str]
    state: Mapped[str]
    marked_by: Mapped[str]


class NamesShown(Identified, Labelled, ReportsTable):
    """That somebody took names out in a file, and why. Nothing in it changes; its label is that of what was taken."""

    __tablename__ = "names_shown"

    operation: Mapped[str]
    shown_by: Mapped[str]
    reason: Mapped[str]
