"""Writes of the register of organizations. Exchange reacts to a removal, and revokes what was to go."""

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.database import seeing_all
from chassis.errors import WrongState
from chassis.labelling import complete_label
from chassis.outbox import announce
from chassis.records import change_record
from contracts.events.coordination import OrganizationClassified, OrganizationRegistered, OrganizationRemoved
from contracts.vocabulary import CENTRE
from services.coordination.organizations.errors import AlreadyRegistered, CentreStays
from services.coordination.organizations.queries import REGISTER_READERS, register_label
from services.coordination.organizations.schemas import ClassifyBody, OrganizationBody, OrganizationState
from services.coordination.organizations.tables import Organization


async def register_organization(session: AsyncSession, body: OrganizationBody) -> Organization:
    """Enter an organization in the register; AlreadyRegistered when its slug is taken."""
    await session.execute(text("select pg_advisory_xact_lock(hashtextextended(:slug, 0))"), {"slug": f"organization:{body.id}"})
    async with seeing_all(session, "coordination"):
        if (await session.execute(select(Organization.id).where(Organization.id == body.id))).scalar():
            raise AlreadyRegistered
    organization = Organization(state=OrganizationState.active, readers=REGISTER_READERS, **body.model_dump(exclude={"label"}))
    organization.label = complete_label(session, body.label, register_label())
    session.add(organization)
    await session.flush()
    await announce(session, OrganizationRegistered(id=organization.id, version=organization.version, label=organization.label))
    return organization


async def classify_organization(session: AsyncSession, slug: str, body: ClassifyBody) -> Organization:
    """Mark an organization as a security body, or as none. What waits for it is judged by it at delivery."""
    organization = await change_record(session, Organization, slug, "organization")
    organization.security_body, organization.reason = body.security_body, body.reason
    await session.flush()
    said = OrganizationClassified(id=slug, version=organization.version, label=organization.label, security_body=body.security_body)
    await announce(session, said)
    return organization


async def remove_organization(session: AsyncSession, slug: str, reason: str) -> Organization:
    """Remove an organization: its epoch rises and nothing more goes to it, in this same transaction (R15)."""
    if slug == CENTRE:
        raise CentreStays
    organization = await change_record(session, Organization, slug, "organization")
    if organization.state != OrganizationState.active:
        raise WrongState("organization", organization.state, [OrganizationState.active])
    organization.state, organization.reason, organization.removed_at = OrganizationState.removed, reason, now()
    organization.epoch += 1
    await session.flush()
    said = OrganizationRemoved(id=slug, version=organization.version, label=organization.label, epoch=organization.epoch)
    await announce(session, said)
    return organization
