"""Reads and locks of organizations."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import Invalid
from chassis.pagination import Paging, Rows
from contracts.labels import Label
from contracts.vocabulary import CENTRE, SISTER_OFFICES, Sensitivity, Tlp
from services.coordination.organizations.schemas import OrganizationState
from services.coordination.organizations.tables import Organization

# Who works with whom, and on what mandate, is no secret among United Nations offices.
REGISTER_READERS = list(SISTER_OFFICES)


def register_label() -> Label:
    """The default label of the register of organizations and of mandates."""
    return Label(sensitivity=Sensitivity.unclassified, tlp=Tlp.green, originator=CENTRE)


async def list_organizations(session: AsyncSession, paging: Paging, state: OrganizationState | None) -> Rows[Organization]:
    """Organizations by slug."""
    query = select(Organization).order_by(Organization.id).limit(paging.limit + 1)
    if state:
        query = query.where(Organization.state == state)
    if paging.after is not None:
        query = query.where(Organization.id > paging.after)
    return paging.cut((await session.execute(query)).scalars().all(), lambda found: found.id)


async def lock_recipient(session: AsyncSession, slug: str, *, revoking: bool = False) -> Organization:
    """The organization's row, locked: shared by what delivers to it, alone by what revokes (R15)."""
    query = select(Organization).where(Organization.id == slug).execution_options(populate_existing=True)
    return (await session.execute(query.with_for_update(read=not revoking))).scalars().one()


async def lock_recipients(session: AsyncSession, slugs: list[str]) -> list[Organization]:
    """The active ones among `slugs`, locked against revocation, in one order for everybody."""
    query = (
        select(Organization)
        .where(Organization.id.in_(slugs), Organization.state == OrganizationState.active)
        .order_by(Organization.id)
        .with_for_update(read=True)
        .execution_options(populate_existing=True)
    )
    return list((await session.execute(query)).scalars())


async def find_active(session: AsyncSession, slug: str, pointer: str = "/organization") -> Organization:
    """The active organization under `slug`, locked against removal; Invalid when there is none."""
    found = await lock_recipients(session, [slug])
    if not found:
        raise Invalid("Name an organization that is registered and active.", [{"pointer": pointer, "detail": "is no active organization"}])
    return found[0]
