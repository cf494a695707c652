"""Reads of commitments."""

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.pagination import Paging, Rows, page_by_key
from services.liaison.commitments.rules import REMINDED, CommitmentStanding, CommitmentState
from services.liaison.commitments.tables import Commitment


async def list_commitments(
    session: AsyncSession, paging: Paging, standing: CommitmentStanding | None, engagement: UUID | None, party: UUID | None
) -> Rows[Commitment]:
    """Commitments of a standing today, from an engagement, of or to a party."""
    query = select(Commitment)
    if standing:
        query = query.where(_stands(standing, now().date()))
    if engagement:
        query = query.where(Commitment.engagement == engagement)
    if party:
        query = query.where(or_(Commitment.promised_by == party, Commitment.promised_to == party))
    return await page_by_key(session, query, Commitment, paging)


async def lock_unannounced(session: AsyncSession) -> Commitment | None:
    """A commitment that became due or overdue since the last sweep, locked; what somebody works on is left for the next."""
    today = now().date()
    due = and_(Commitment.due_announced_at.is_(None), _stands(CommitmentStanding.due, today))
    overdue = and_(Commitment.overdue_announced_at.is_(None), _stands(CommitmentStanding.overdue, today))
    query = select(Commitment).where(or_(due, overdue)).limit(1).with_for_update(skip_locked=True)
    return (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()


def _stands(standing: CommitmentStanding, today: date) -> ColumnElement[bool]:
    """`rules.standing` as a clause."""
    is_open = Commitment.state == CommitmentState.open
    clauses = {
        CommitmentStanding.open: and_(is_open, Commitment.due_on > today + REMINDED),
        CommitmentStanding.due: and_(is_open, Commitment.due_on.between(today, today + REMINDED)),
        CommitmentStanding.overdue: and_(is_open, Commitment.due_on < today),
    }
    return clauses.get(standing, Commitment.state == standing)
