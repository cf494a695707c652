"""The steps of clearance over HTTP."""

from uuid import UUID

from chassis.operation import Session, router
from contracts.vocabulary import Reason
from services.reports.clearance import actions
from services.reports.clearance.schemas import Comment
from services.reports.production.queries import show_report
from services.reports.production.schemas import ReportOut

routes = router("clearance")


@routes.post("/reports/{report_id}/submit", response_model=ReportOut)
async def submit_report(report_id: UUID, session: Session) -> ReportOut:
    """Hand a draft to review."""
    return await show_report(session, await actions.submit_report(session, report_id))


@routes.post("/reports/{report_id}/review", response_model=ReportOut)
async def review_report(report_id: UUID, session: Session) -> ReportOut:
    """Review a text; its authors may not."""
    return await show_report(session, await actions.review_report(session, report_id))


@routes.post("/reports/{report_id}/clear", response_model=ReportOut)
async def clear_report(report_id: UUID, session: Session) -> ReportOut:
    """Clear a reviewed text; its authors and its reviewer may not."""
    return await show_report(session, await actions.clear_report(session, report_id))


@routes.post("/reports/{report_id}/issue", response_model=ReportOut)
async def issue_report(report_id: UUID, session: Session) -> ReportOut:
    """Issue a cleared report; it does not change any more."""
    return await show_report(session, await actions.issue_report(session, report_id))


@routes.post("/reports/{report_id}/return", response_model=ReportOut)
async def return_report(report_id: UUID, body: Comment, session: Session) -> ReportOut:
    """Send a text back to its authors, with a comment."""
    return await show_report(session, await actions.return_report(session, report_id, body.comment))


@routes.post("/reports/{report_id}/keep-talks", response_model=ReportOut)
async def keep_talks(report_id: UUID, body: Reason, session: Session) -> ReportOut:
    """Keep what rests on talks held after a Government took its concurrence back, for a reason; until then it is not issued."""
    return await show_report(session, await actions.keep_talks(session, report_id, body.reason))


@routes.post("/reports/{report_id}/recall", response_model=ReportOut)
async def recall_report(report_id: UUID, body: Reason, session: Session) -> ReportOut:
    """Recall an issued report; whoever had it keeps a tombstone."""
    return await show_report(session, await actions.recall_report(session, report_id, body.reason))
