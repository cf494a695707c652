"""Reports as documents over HTTP."""

from typing import Literal
from uuid import UUID

from fastapi import Response
from fastapi.responses import HTMLResponse

from chassis.operation import Session, router
from services.reports.dissemination import queries

routes = router("dissemination")
Locale = Literal["en", "ru"]


@routes.get("/reports/{report_id}/html", response_class=HTMLResponse)
async def read_report_html(report_id: UUID, session: Session, locale: Locale = "en") -> HTMLResponse:
    """The report as one marked page."""
    return HTMLResponse(await queries.read_page(session, report_id, locale))


@routes.get("/reports/{report_id}/pdf", response_class=Response, responses={200: {"content": {"application/pdf": {}}}})
async def read_report_pdf(report_id: UUID, session: Session, locale: Locale = "en") -> Response:
    """The report as marked, accessible PDF (PDF/UA-1)."""
    return Response(await queries.read_pdf(session, report_id, locale), media_type="application/pdf")
