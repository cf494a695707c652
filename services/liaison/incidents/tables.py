"""What liaison knows of an incident."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Identified, Labelled
from services.liaison.base import LiaisonTable


class IncidentRecord(Identified, Labelled, LiaisonTable):
    """A graded incident, as the last of its graders saw it, under the label of what that grader saw."""

    __tablename__ = "incident_records"

    reference: Mapped[str]
    title: Mapped[str]
    occurred_at: Mapped[datetime] = mapped_column(index=True)
    subject_countries: Mapped[list[str]]
    subject_themes: Mapped[list[str]]
    reliability: Mapped[str]
    credibility: Mapped[int]
    graded_at: Mapped[datetime]
