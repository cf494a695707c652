"""Reads of concurrences."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.errors import NotFound
from chassis.pagination import Paging, Rows, page_by_key
from chassis.records import known_records, read_record
from contracts.moments import Moment
from services.liaison.concurrence.rules import Basis, ConcurrenceState, Meeting, Scope, states_concerned
from services.liaison.concurrence.schemas import ConcurrenceFilters
from services.liaison.concurrence.tables import Concurrence, ConcurrenceContent, ConcurrenceRecord


async def list_concurrences(session: AsyncSession, paging: Paging, filters: ConcurrenceFilters, moment: Moment) -> Rows[ConcurrenceContent]:
    """Concurrences in a state, of a country, naming a party; as they were known at a moment (R3)."""
    asked = moment.both(now())
    if asked is None:
        return await page_by_key(session, _narrowed(select(Concurrence), Concurrence, filters), Concurrence, paging)
    query = _narrowed(known_records(ConcurrenceRecord, *asked), ConcurrenceRecord, filters)
    page = await page_by_key(session, query, ConcurrenceRecord, paging)
    return page.showing([_judged(each, asked[0]) for each in page.items])


async def read_concurrence(session: AsyncSession, concurrence_id: UUID, moment: Moment) -> ConcurrenceContent:
    """One concurrence; as it was known at a moment (R3). NotFound when nothing of it was known then."""
    asked = moment.both(now())
    if asked is None:
        return await read_record(session, Concurrence, concurrence_id, "concurrence")
    query = known_records(ConcurrenceRecord, *asked).where(ConcurrenceRecord.id == concurrence_id)
    found = (await session.execute(query)).scalars().one_or_none()
    if found is None:
        raise NotFound("concurrence")
    return _judged(found, asked[0])


async def read_board(session: AsyncSession, paging: Paging, country: str | None, within: datetime | None) -> Rows[Concurrence]:
    """Concurrences given that still cover something, newest first; those whose last day comes before `within`, if given."""
    clock = now()
    query = select(Concurrence).where(_given(clock), Concurrence.valid_until > clock, ~_unconfirmed(clock))
    if country:
        query = query.where(Concurrence.country == country)
    if within:
        query = query.where(or_(Concurrence.valid_until < within, Concurrence.withdrawn_from < within, _unconfirmed(within)))
    return await page_by_key(session, query, Concurrence, paging)


async def lock_given(session: AsyncSession, meeting: Meeting) -> list[Scope]:
    """Scopes of what the States concerned have given for the meeting's time, locked against withdrawal until the transaction ends.

    A withdrawal under way is waited for; its row is then judged anew (READ COMMITTED re-reads a row it waited for).
    """
    locked = _given_for(meeting).with_for_update(read=True).execution_options(populate_existing=True)
    return [each.scope for each in (await session.execute(locked)).scalars()]


async def read_given(session: AsyncSession, meeting: Meeting) -> list[Scope]:
    """What `lock_given` finds, for who only looks: nothing is locked, so it may be withdrawn at any moment."""
    return [each.scope for each in (await session.execute(_given_for(meeting))).scalars()]


def _given_for(meeting: Meeting) -> Select[Concurrence]:
    return (
        select(Concurrence)
        .where(
            _given(now(), meeting.starts_at),
            Concurrence.country.in_(states_concerned(meeting)),
            Concurrence.valid_from <= meeting.starts_at,
            Concurrence.valid_until >= meeting.ends_at,
        )
        .order_by(Concurrence.id)
    )


async def lock_unswept(session: AsyncSession) -> Concurrence | None:
    """A concurrence that the clock gave or ended since the last sweep, locked; what somebody works on is left for the next."""
    clock = now()
    silent = and_(Concurrence.state == ConcurrenceState.requested, Concurrence.term_ends <= clock)
    over = and_(
        Concurrence.state == ConcurrenceState.granted,
        Concurrence.lapse_announced_at.is_(None),
        or_(Concurrence.valid_until <= clock, _unconfirmed(clock)),
    )
    query = select(Concurrence).where(or_(silent, over)).limit(1).with_for_update(skip_locked=True)
    return (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()


async def next_unswept(session: AsyncSession) -> datetime | None:
    """When the clock gives or ends the next concurrence."""
    clock, stands = now(), Concurrence.lapse_announced_at.is_(None)
    asked = Concurrence.state == ConcurrenceState.requested
    given = and_(Concurrence.state == ConcurrenceState.granted, stands)
    oral = and_(given, Concurrence.basis == Basis.oral, Concurrence.confirmed_at.is_(None))
    ends = [
        func.min(end).filter(end > clock, among)
        for end, among in (
            (Concurrence.term_ends, asked),
            (Concurrence.valid_until, given),
            (Concurrence.confirm_by, oral),
        )
    ]
    found: datetime | None = (await session.execute(select(func.least(*ends)))).scalar()
    return found


def _unconfirmed(clock: datetime) -> Any:
    """An oral word that no note confirmed by its day, if that day comes before `clock`."""
    return and_(Concurrence.basis == Basis.oral, Concurrence.confirmed_at.is_(None), func.coalesce(Concurrence.confirm_by <= clock, False))


def _given(clock: datetime, needed_from: datetime | None = None) -> Any:
    """Given by word or silence, and not withdrawn before `needed_from` (now, unless told otherwise)."""
    return or_(
        Concurrence.state == ConcurrenceState.granted,
        and_(Concurrence.state == ConcurrenceState.requested, Concurrence.term_ends <= clock),
        and_(Concurrence.state == ConcurrenceState.withdrawn, Concurrence.withdrawn_from > (needed_from or clock)),
    )


def _judged(record: ConcurrenceRecord, as_of: datetime) -> ConcurrenceRecord:
    record.judged_at = as_of
    return record


def _narrowed(query: Select[Any], table: Any, filters: ConcurrenceFilters) -> Select[Any]:
    if filters.state:
        query = query.where(table.state == filters.state)
    if filters.country:
        query = query.where(table.country == filters.country)
    if filters.party:
        query = query.where(table.parties.contains([filters.party]))
    return query
