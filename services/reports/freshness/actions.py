"""Writes of freshness: what an issued report brings, and what a recalled one takes away."""

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import label_columns, new_id
from chassis.outbox import announce
from contracts.events.reports import FreshnessRenewed
from services.reports.freshness.rules import renewed_by
from services.reports.freshness.tables import FreshnessMark
from services.reports.production.rules import Content
from services.reports.production.tables import Report


async def renew_freshness(session: AsyncSession, report: Report, content: Content) -> None:
    """Mark every place and theme that `report` brings evidence on, with the evidence's own time (R11)."""
    marks = []
    for cell, evidence_at in renewed_by(report.kind, content).items():
        mark = FreshnessMark(
            id=new_id(), report_id=report.id, reference=report.reference, evidence_at=evidence_at, readers=[], **cell._asdict(),
            **label_columns(report.label),
        )  # fmt: skip
        marks.append(mark)
    session.add_all(marks)
    await session.flush()
    await announce(session, *(_renewed(mark) for mark in marks))


async def forget_freshness(session: AsyncSession, report: Report) -> None:
    """Count a recalled report's evidence no more: what stood before it stands again."""
    await session.execute(update(FreshnessMark).where(FreshnessMark.report_id == report.id).values(recalled=True))


def _renewed(mark: FreshnessMark) -> FreshnessRenewed:
    key = f"{mark.place}:{mark.theme}:{mark.facet}"
    return FreshnessRenewed(id=key, label=mark.label, place=mark.place, theme=mark.theme, facet=mark.facet, evidence_at=mark.evidence_at)
