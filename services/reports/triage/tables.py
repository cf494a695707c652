"""Who works on what, what was discarded and restored, and translations."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, ForeignKey, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Identified, Labelled, now
from services.reports.base import ReportsTable


class TriageClaim(ReportsTable):
    """Somebody works on an incident. Who may read an account of it sees that; it goes when it is released."""

    __tablename__ = "triage_claims"

    incident_id: Mapped[UUID] = mapped_column(ForeignKey("incidents.id"), primary_key=True)
    claimed_by: Mapped[str] = mapped_column(index=True)
    claimed_at: Mapped[datetime] = mapped_column(default=now)


class TriageDecision(Identified, Labelled, ReportsTable):
    """An incident discarded or restored, with the reason. It is labelled like the accounts its maker saw, since it tells of them."""

    __tablename__ = "triage_decisions"

    incident_id: Mapped[UUID] = mapped_column(ForeignKey("incidents.id"), index=True)
    kind: Mapped[str]
    reason: Mapped[str]
    decided_by: Mapped[str]
    observations: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))


class Translation(Identified, ReportsTable):
    """What an account says in another language, in a person's words; the original stays as it is. The last one in a language holds.

    Whoever may read the account may read it.
    """

    __tablename__ = "translations"

    observation_id: Mapped[UUID] = mapped_column(ForeignKey("observations.id"), index=True)
    language: Mapped[str]
    title: Mapped[str]
    text: Mapped[str | None]
    translated_by: Mapped[str]
