"""Organizations over HTTP."""

from fastapi import Response

from chassis.operation import Session, created, router
from chassis.pagination import Page, PagingQuery, Rows
from chassis.records import read_record
from contracts.vocabulary import Reason, Slug
from services.coordination.organizations import actions, queries
from services.coordination.organizations.schemas import ClassifyBody, OrganizationBody, OrganizationOut, OrganizationState
from services.coordination.organizations.tables import Organization

routes = router("organizations")


@routes.post("/organizations", status_code=201, response_model=OrganizationOut)
async def register_organization(body: OrganizationBody, session: Session, response: Response) -> Organization:
    """Enter an organization in the register."""
    return created(response, "organizations", await actions.register_organization(session, body))


@routes.get("/organizations", response_model=Page[OrganizationOut])
async def list_organizations(session: Session, paging: PagingQuery, state: OrganizationState | None = None) -> Rows[Organization]:
    """Organizations, by id."""
    return await queries.list_organizations(session, paging, state)


@routes.get("/organizations/{organization_id}", response_model=OrganizationOut)
async def read_organization(organization_id: Slug, session: Session) -> Organization:
    """One organization."""
    return await read_record(session, Organization, organization_id, "organization")


@routes.post("/organizations/{organization_id}/classify", response_model=OrganizationOut)
async def classify_organization(organization_id: Slug, body: ClassifyBody, session: Session) -> Organization:
    """Mark an organization as a security body, or as none: what goes to one is checked first (R4)."""
    return await actions.classify_organization(session, organization_id, body)


@routes.post("/organizations/{organization_id}/remove", response_model=OrganizationOut)
async def remove_organization(organization_id: Slug, body: Reason, session: Session) -> Organization:
    """Remove an organization: nothing more goes to it, and what it received is recalled."""
    return await actions.remove_organization(session, organization_id, body.reason)
