"""Reports as documents over HTTP."""

from typing import Literal
from uuid import UUID

from fastapi import Response
from fastapi.responses import HTMLResponse

from chassis.operation import Session, router
from services.reports.dissemination import actions
from services.reports.names.endpoints import NamesQuery

routes = router("dissemination")
Locale = Literal["en", "ru"]


@routes.get("/reports/{report_id}/html", response_class=HTMLResponse)
async def read_report_html(report_id: UUID, session: Session, names: NamesQuery, locale: Locale = "en") -> HTMLResponse:
    """The report as one marked page. Names of persons are withheld, unless they are asked for with a reason, which is kept."""
    return HTMLResponse(await actions.make_page(session, report_id, actions.Wanted("readReportHtml", locale, names)))


@routes.get("/reports/{report_id}/pdf", response_class=Response, responses={200: {"content": {"application/pdf": {}}}})
async def read_report_pdf(report_id: UUID, session: Session, names: NamesQuery, locale: Locale = "en") -> Response:
    """The report as marked, accessible PDF (PDF/UA-1). Names are withheld, unless they are asked for with a reason, which is kept."""
    made = await actions.make_pdf(session, report_id, actions.Wanted("readReportPdf", locale, names))
    return Response(made, media_type="application/pdf")
