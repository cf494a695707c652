"""Reports over HTTP."""

from uuid import UUID

from fastapi import Response

from chassis.operation import Session, created, router
from chassis.pagination import Page, PagingQuery, Rows
from contracts.vocabulary import Country, Theme
from services.reports.production import actions, queries
from services.reports.production.queries import Filters
from services.reports.production.rules import ReportKind
from services.reports.production.schemas import ReportBody, ReportOut, ReportState

routes = router("production")


@routes.post("/reports", status_code=201, response_model=ReportOut)
async def draft_report(body: ReportBody, session: Session, response: Response) -> ReportOut:
    """Begin a report."""
    return created(response, "reports", await queries.show_report(session, await actions.draft_report(session, body)))


@routes.get("/reports", response_model=Page[ReportOut])
async def list_reports(
    session: Session,
    paging: PagingQuery,
    state: ReportState | None = None,
    kind: ReportKind | None = None,
    country: Country | None = None,
    theme: Theme | None = None,
) -> Rows[ReportOut]:
    """Reports, newest first."""
    return await queries.list_reports(session, paging, Filters(state, kind, country, theme))


@routes.get("/reports/{report_id}", response_model=ReportOut)
async def read_report(report_id: UUID, session: Session) -> ReportOut:
    """One report."""
    return await queries.read_report(session, report_id)


@routes.put("/reports/{report_id}", response_model=ReportOut)
async def edit_report(report_id: UUID, body: ReportBody, session: Session) -> ReportOut:
    """Put a new text in place of the old one. What followed the old one is void."""
    return await queries.show_report(session, await actions.edit_report(session, report_id, body))
