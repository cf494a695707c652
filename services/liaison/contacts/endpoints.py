"""Contacts over HTTP."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from pydantic import AwareDatetime

from chassis.operation import Session, created, router
from chassis.pagination import Page, PagingQuery, Rows
from contracts.vocabulary import Country, Reason
from services.liaison.contacts import actions, queries
from services.liaison.contacts.queries import ContactFilter
from services.liaison.contacts.schemas import (
    ContactBody,
    ContactEdit,
    ContactOut,
    ContactState,
    ErasedContact,
    FocalPoints,
    ImportOut,
    IssuedCopies,
    MergeBody,
    PositionBody,
    PositionList,
    PositionOut,
    ReviewBody,
)

routes = router("contacts")
_FILE = {
    "text/csv": {"schema": {"type": "string", "description": "Header with the names of a download; several values separated by ;"}},
    "text/vcard": {"schema": {"type": "string", "description": "vCard 4.0 (RFC 6350)."}},
}
Named = Annotated[str | None, Query(max_length=200, description="Words of a name in any script and spelling, an address or a number.")]
Due = Annotated[date | None, Query(description="Those to be reviewed by this day.")]


async def read_filter(
    q: Named = None, country: Country | None = None, state: ContactState | None = None, review_due: Due = None
) -> ContactFilter:
    """What a list of contacts is asked for."""
    return ContactFilter(q, country, state, review_due)


FilterQuery = Annotated[ContactFilter, Depends(read_filter)]


@routes.post("/contacts", status_code=201, response_model=ContactOut)
async def enter_contact(body: ContactBody, session: Session, response: Response) -> ContactOut:
    """Enter a person. 409 /possible-duplicate names those who may be the same and asks to look."""
    return created(response, "contacts", await actions.enter_contact(session, body))


@routes.get("/contacts", response_model=Page[ContactOut])
async def list_contacts(session: Session, paging: PagingQuery, wanted: FilterQuery) -> Rows[ContactOut]:
    """Contacts, newest first; merged and erased ones only when asked for by state."""
    return await queries.list_contacts(session, paging, wanted)


@routes.post("/contacts/import", response_model=ImportOut, openapi_extra={"requestBody": {"required": True, "content": _FILE}})
async def import_contacts(
    request: Request,
    session: Session,
    purpose: Annotated[str | None, Query(max_length=2000, description="For persons of the file that bring none.")] = None,
) -> ImportOut:
    """Enter the persons of a CSV or vCard file, in whatever encoding: each entered whole, or refused with its reasons."""
    media_type = actions.check_media(request.headers.get("content-type", ""))
    return await actions.import_contacts(session, media_type, await request.body(), purpose)


@routes.get("/contacts/file.csv", response_class=Response, responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}})
async def download_contacts_csv(session: Session, wanted: FilterQuery) -> Response:
    """The contacts of a list as CSV; fields that a spreadsheet would compute are marked with an apostrophe."""
    return Response(await queries.write_file(session, wanted, "csv"), media_type="text/csv")


@routes.get("/contacts/file.vcf", response_class=Response, responses={200: {"content": {"text/vcard": {"schema": {"type": "string"}}}}})
async def download_contacts_vcard(session: Session, wanted: FilterQuery) -> Response:
    """The contacts of a list as vCard 4.0."""
    return Response(await queries.write_file(session, wanted, "vcard"), media_type="text/vcard")


@routes.get("/contacts/{contact_id}", response_model=ContactOut)
async def read_contact(contact_id: UUID, session: Session) -> ContactOut:
    """One contact. One that was merged points at the record the person goes on under."""
    return await queries.read_contact(session, contact_id)


@routes.put("/contacts/{contact_id}", response_model=ContactOut)
async def edit_contact(contact_id: UUID, body: ContactEdit, session: Session) -> ContactOut:
    """Change what is kept on a person."""
    return await actions.edit_contact(session, contact_id, body)


@routes.get("/contacts/{contact_id}/positions", response_model=PositionList)
async def list_contact_positions(
    contact_id: UUID, session: Session, as_of: date | None = None, known_at: AwareDatetime | None = None
) -> PositionList:
    """The positions held on a day, as known at a moment; without them all positions, as known now."""
    return await queries.list_positions(session, contact_id, as_of, known_at)


@routes.post("/contacts/{contact_id}/positions", status_code=201, response_model=PositionOut)
async def record_position(contact_id: UUID, body: PositionBody, session: Session, response: Response) -> PositionOut:
    """Record that the person holds or held a position."""
    return created(response, f"contacts/{contact_id}/positions", await actions.record_position(session, contact_id, body))


@routes.post("/contacts/{contact_id}/positions/{position_id}/correct", response_model=PositionOut)
async def correct_position(contact_id: UUID, position_id: UUID, body: PositionBody, session: Session) -> PositionOut:
    """Record what is known better now, or when it ended; what was known before can still be asked for."""
    return await actions.correct_position(session, contact_id, position_id, body)


@routes.post("/contacts/{contact_id}/positions/{position_id}/void", response_model=PositionOut)
async def void_position(contact_id: UUID, position_id: UUID, session: Session) -> PositionOut:
    """Record that the position was recorded by mistake."""
    return await actions.void_position(session, contact_id, position_id)


@routes.post("/contacts/{contact_id}/review", response_model=ContactOut)
async def review_contact(contact_id: UUID, body: ReviewBody, session: Session) -> ContactOut:
    """Answer the review: the purpose still holds. A restricted contact is shown again."""
    return await actions.review_contact(session, contact_id, body)


@routes.post("/contacts/{contact_id}/merge", response_model=ContactOut)
async def merge_contact(contact_id: UUID, body: MergeBody, session: Session) -> ContactOut:
    """Let the person go on under another record; both histories are kept."""
    return await actions.merge_contact(session, contact_id, body.into)


@routes.post("/contacts/{contact_id}/unmerge", response_model=ContactOut)
async def unmerge_contact(contact_id: UUID, session: Session) -> ContactOut:
    """Undo a merger: the record stands for itself again."""
    return await actions.unmerge_contact(session, contact_id)


@routes.post("/contacts/{contact_id}/erase", response_model=ErasedContact)
async def erase_contact(contact_id: UUID, body: Reason, session: Session) -> ErasedContact:
    """Remove a person from the register and its history; a pseudonym stays, so that engagements stand. Lists the copies that are out."""
    return await actions.erase_contact(session, contact_id, body.reason)


@routes.get("/contacts/{contact_id}/issued-copies", response_model=IssuedCopies)
async def list_issued_copies(contact_id: UUID, session: Session) -> IssuedCopies:
    """The files that were given out with a person in them, and to whom: downloads, exports, briefs, hand-over packages."""
    return await queries.read_copies(session, contact_id)


@routes.get("/parties/{party_id}/focal-points", response_model=FocalPoints)
async def list_focal_points(party_id: UUID, session: Session) -> FocalPoints:
    """The contacts who hold a position at a party today."""
    return FocalPoints(items=await queries.list_focal_points(session, party_id))
