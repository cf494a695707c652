"""Reads of mandates."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.pagination import Paging, page_by_key
from services.coordination.mandates.rules import Remit
from services.coordination.mandates.schemas import MandateState
from services.coordination.mandates.tables import Mandate


def _in_state(state: MandateState) -> ColumnElement[bool]:
    """The SQL form of `rules.state_at`."""
    moment = now()
    lapsed = and_(Mandate.valid_until.is_not(None), Mandate.valid_until <= moment)
    if state is MandateState.ended:
        return or_(Mandate.ended_at.is_not(None), lapsed)
    begun = Mandate.valid_from <= moment if state is MandateState.in_force else Mandate.valid_from > moment
    return and_(Mandate.ended_at.is_(None), or_(Mandate.valid_until.is_(None), Mandate.valid_until > moment), begun)


async def list_mandates(session: AsyncSession, paging: Paging, organization: str | None, state: MandateState | None) -> dict[str, Any]:
    """Mandates of an organization, in a state."""
    query = select(Mandate)
    if organization:
        query = query.where(Mandate.organization == organization)
    if state:
        query = query.where(_in_state(state))
    return await page_by_key(session, query, Mandate, paging)


async def remits_in_force(session: AsyncSession, organizations: Iterable[str]) -> dict[str, list[Remit]]:
    """What the mandates in force cover, per organization, oldest first."""
    query = (
        select(Mandate)
        .where(Mandate.organization.in_(list(organizations)), _in_state(MandateState.in_force))
        .order_by(Mandate.id)
        .execution_options(populate_existing=True)
    )
    found: dict[str, list[Remit]] = defaultdict(list)
    for mandate in (await session.execute(query)).scalars():
        found[mandate.organization].append(mandate.remit)
    return found


async def mandated_organizations(session: AsyncSession) -> list[str]:
    """The organizations that have a mandate in force."""
    query = select(Mandate.organization).where(_in_state(MandateState.in_force)).distinct()
    return list((await session.execute(query)).scalars())


async def lapsed_mandates(session: AsyncSession, organization: str | None = None) -> list[Mandate]:
    """Mandates whose time has run out and whose end nobody has recorded yet."""
    query = select(Mandate).where(Mandate.ended_at.is_(None), Mandate.valid_until <= now()).order_by(Mandate.id)
    if organization:
        query = query.where(Mandate.organization == organization)
    return list((await session.execute(query.execution_options(populate_existing=True))).scalars())
