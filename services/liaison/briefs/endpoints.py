"""Briefs over HTTP: as data, as PDF, and as a document that can be worked on."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Request, Response

from chassis.operation import Session, router
from services.liaison.briefs import queries
from services.liaison.briefs.rendering import Form
from services.liaison.briefs.schemas import MeetingBrief

routes = router("briefs")
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


async def read_form(request: Request, locale: Literal["en", "ru"] = "en") -> Form:
    """In which language, and where the page of the meeting stands."""
    return Form(locale, request.app.state.settings.public_url)


FormQuery = Annotated[Form, Depends(read_form)]


@routes.get("/engagements/{engagement_id}/brief", response_model=MeetingBrief)
async def read_brief(engagement_id: UUID, session: Session) -> MeetingBrief:
    """What an officer should know on the way to a meeting, of what that officer may see."""
    return await queries.read_brief(session, engagement_id)


@routes.get("/engagements/{engagement_id}/brief/pdf", response_class=Response, responses={200: {"content": {PDF: {}}}})
async def read_brief_pdf(engagement_id: UUID, session: Session, form: FormQuery) -> Response:
    """The brief as accessible PDF (PDF/UA-1), marked on every page."""
    return Response(await queries.read_pdf(session, engagement_id, form), headers=_KEPT_BY_NOBODY, media_type=PDF)


@routes.get("/engagements/{engagement_id}/brief/docx", response_class=Response, responses={200: {"content": {DOCX: {}}}})
async def read_brief_docx(engagement_id: UUID, session: Session, form: FormQuery) -> Response:
    """The brief as DOCX, marked on every page."""
    headers = _KEPT_BY_NOBODY | {"content-disposition": 'attachment; filename="brief.docx"'}
    return Response(await queries.read_docx(session, engagement_id, form), headers=headers, media_type=DOCX)


_KEPT_BY_NOBODY = {"cache-control": "no-store"}
