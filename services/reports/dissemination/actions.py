"""Reports as documents: what the caller sees of a report, marked, as a page or as PDF. That names were taken out in one is noted (R4)."""

import asyncio
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.context import context_of
from chassis.database import principal_of
from chassis.records import read_record
from contracts.names import Locale
from services.reports.dissemination.errors import Recalled
from services.reports.dissemination.rendering import render_html, render_pdf
from services.reports.names.actions import check_asked, note_shown
from services.reports.names.schemas import NamesAsked
from services.reports.production.queries import Veil, show_report
from services.reports.production.schemas import ReportState
from services.reports.production.tables import Report


class Wanted(NamedTuple):
    """What a document is to be, and by which operation it was asked for."""

    operation: str
    locale: Locale
    names: NamesAsked


async def make_page(session: AsyncSession, report_id: UUID, wanted: Wanted) -> str:
    """The report as HTML; a draft is marked as one. Recalled for a report that was taken back."""
    return render_html(await _document(session, report_id, wanted), wanted.locale)


async def make_pdf(session: AsyncSession, report_id: UUID, wanted: Wanted) -> bytes:
    """The report as PDF, made in a thread of its own; a draft is marked as one. Recalled for one that was taken back."""
    return await asyncio.to_thread(render_pdf, await _document(session, report_id, wanted), wanted.locale)


async def _document(session: AsyncSession, report_id: UUID, wanted: Wanted) -> dict[str, Any]:
    check_asked(principal_of(session), wanted.names)
    report = await read_record(session, Report, report_id, "report")
    if report.state == ReportState.recalled:
        raise Recalled
    if noted := await note_shown(session, wanted.operation, wanted.names, report.label):
        context_of(session).shown.add(report.id, noted.id)
    shown = await show_report(session, report, None if noted else Veil(wanted.locale))
    return shown.model_dump(mode="json")
