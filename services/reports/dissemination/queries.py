"""Reports as documents: what the caller sees of a report, marked, as a page or as PDF."""

import asyncio
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.reports.dissemination.errors import Recalled
from services.reports.dissemination.rendering import render_html, render_pdf
from services.reports.production.queries import read_report
from services.reports.production.schemas import ReportState


async def read_page(session: AsyncSession, report_id: UUID, locale: str) -> str:
    """The report as HTML; a draft is marked as one. Recalled for a report that was taken back."""
    return render_html(await _document(session, report_id), locale)


async def read_pdf(session: AsyncSession, report_id: UUID, locale: str) -> bytes:
    """The report as PDF, made in a thread of its own; a draft is marked as one. Recalled for one that was taken back."""
    return await asyncio.to_thread(render_pdf, await _document(session, report_id), locale)


async def _document(session: AsyncSession, report_id: UUID) -> dict[str, Any]:
    report = await read_report(session, report_id)
    if report.state == ReportState.recalled:
        raise Recalled
    return report.model_dump(mode="json")
