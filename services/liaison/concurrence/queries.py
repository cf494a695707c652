"""Reads of concurrences."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.pagination import Paging, page_by_key
from services.liaison.concurrence.rules import Meeting, Scope, states_concerned
from services.liaison.concurrence.schemas import ConcurrenceState
from services.liaison.concurrence.tables import Concurrence


async def list_concurrences(
    session: AsyncSession, paging: Paging, state: ConcurrenceState | None, country: str | None, party: UUID | None
) -> dict[str, Any]:
    """Concurrences in a state, of a country, naming a party."""
    query = select(Concurrence)
    if state:
        query = query.where(Concurrence.state == state)
    if country:
        query = query.where(Concurrence.country == country)
    if party:
        query = query.where(Concurrence.parties.any(party))  # type: ignore[arg-type]
    return await page_by_key(session, query, Concurrence, paging)


async def lock_granted(session: AsyncSession, meeting: Meeting) -> list[Scope]:
    """Scopes of the granted concurrences of all States concerned, locked against withdrawal until the transaction ends.

    A withdrawal under way is waited for; its row is then not among them (READ COMMITTED re-reads a row it waited for).
    """
    query = (
        select(Concurrence)
        .where(Concurrence.state == ConcurrenceState.granted, Concurrence.country.in_(states_concerned(meeting)))
        .order_by(Concurrence.id)
        .with_for_update(read=True)
        .execution_options(populate_existing=True)
    )
    return [each.scope for each in (await session.execute(query)).scalars()]
