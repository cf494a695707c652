"""Reads of mandates."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.errors import NotFound
from chassis.pagination import Paging, Rows, page_by_key
from chassis.records import known_records, read_record
from contracts.moments import Moment
from services.coordination.mandates.rules import Recorded, Remit
from services.coordination.mandates.schemas import MandateFilters, MandateState
from services.coordination.mandates.tables import Mandate, MandateContent, MandateRecord


async def list_mandates(session: AsyncSession, paging: Paging, filters: MandateFilters, moment: Moment) -> Rows[MandateContent]:
    """Mandates of an organization, in a state; as they were known at a moment (R3)."""
    asked = moment.both(now())
    if asked is None:
        return await page_by_key(session, _narrowed(select(Mandate), Mandate, filters, now()), Mandate, paging)
    query = _narrowed(known_records(MandateRecord, *asked), MandateRecord, filters, asked[0])
    page = await page_by_key(session, query, MandateRecord, paging)
    return page.showing([_judged(each, asked[0]) for each in page.items])


async def read_mandate(session: AsyncSession, mandate_id: UUID, moment: Moment) -> MandateContent:
    """One mandate; as it was known at a moment (R3). NotFound when nothing of it was known then."""
    asked = moment.both(now())
    if asked is None:
        return await read_record(session, Mandate, mandate_id, "mandate")
    query = known_records(MandateRecord, *asked).where(MandateRecord.id == mandate_id)
    found = (await session.execute(query)).scalars().one_or_none()
    if found is None:
        raise NotFound("mandate")
    return _judged(found, asked[0])


async def histories(session: AsyncSession, organization: str) -> list[list[Recorded]]:
    """Everything that was ever recorded of an organization's mandates, mandate by mandate, oldest first."""
    query = select(MandateRecord).where(MandateRecord.organization == organization).order_by(MandateRecord.id, MandateRecord.version)
    found: dict[UUID, list[Recorded]] = defaultdict(list)
    for row in (await session.execute(query)).scalars():
        found[row.id].append(row.recorded)
    return list(found.values())


async def first_effect(session: AsyncSession, mandate: Mandate) -> datetime:
    """The earliest moment of which the mandate's history tells."""
    query = select(func.min(MandateRecord.effective_at)).where(MandateRecord.id == mandate.id)
    return (await session.execute(query)).scalar_one()


async def remits_in_force(session: AsyncSession, organizations: Iterable[str]) -> dict[str, list[Remit]]:
    """What the mandates in force cover, per organization, oldest first."""
    query = (
        select(Mandate)
        .where(Mandate.organization.in_(list(organizations)), _in_state(Mandate, MandateState.in_force, now()))
        .order_by(Mandate.id)
        .execution_options(populate_existing=True)
    )
    found: dict[str, list[Remit]] = defaultdict(list)
    for mandate in (await session.execute(query)).scalars():
        found[mandate.organization].append(mandate.remit)
    return found


async def mandated_organizations(session: AsyncSession) -> list[str]:
    """The organizations that have a mandate in force."""
    query = select(Mandate.organization).where(_in_state(Mandate, MandateState.in_force, now())).distinct()
    return list((await session.execute(query)).scalars())


async def lapsed_mandates(session: AsyncSession, organization: str | None = None) -> list[Mandate]:
    """Mandates that the clock has ended, and whose end nobody has settled yet."""
    query = select(Mandate).where(Mandate.settled_at.is_(None), _in_state(Mandate, MandateState.ended, now())).order_by(Mandate.id)
    if organization:
        query = query.where(Mandate.organization == organization)
    return list((await session.execute(query.execution_options(populate_existing=True))).scalars())


async def next_lapse(session: AsyncSession) -> datetime | None:
    """When the clock ends the next mandate whose end nobody has settled yet."""
    end = func.least(Mandate.valid_until, Mandate.ended_from)
    query = select(func.min(end)).where(Mandate.settled_at.is_(None), end > now())
    found: datetime | None = (await session.execute(query)).scalar()
    return found


def _in_state(table: type[MandateContent], state: MandateState, moment: datetime) -> ColumnElement[bool]:
    """The SQL form of `rules.state_at`."""
    # least() passes over null: the end is null only while neither date is set.
    end = func.least(table.valid_until, table.ended_from)
    if state is MandateState.ended:
        return end <= moment
    begun = table.valid_from <= moment if state is MandateState.in_force else table.valid_from > moment
    return and_(or_(end.is_(None), end > moment), begun)


def _narrowed(query: Select[Any], table: type[MandateContent], filters: MandateFilters, moment: datetime) -> Select[Any]:
    if filters.organization:
        query = query.where(table.organization == filters.organization)
    if filters.state:
        query = query.where(_in_state(table, filters.state, moment))
    return query


def _judged(record: MandateRecord, as_of: datetime) -> MandateRecord:
    record.judged_at = as_of
    return record
