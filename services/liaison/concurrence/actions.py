"""Writes of concurrences. Withdrawal also suspends what leaned on it, through `suspend` given by engagements."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.errors import WrongState
from chassis.labelling import complete_label
from chassis.outbox import announce
from chassis.records import change_record
from chassis.references import next_references
from contracts.events.liaison import (
    ConcurrenceAnnouncement,
    ConcurrenceDeclined,
    ConcurrenceGranted,
    ConcurrenceRequested,
    ConcurrenceWithdrawn,
)
from contracts.labels import Label
from contracts.vocabulary import CENTRE, Sensitivity, Tlp
from services.liaison.concurrence.schemas import ConcurrenceBody, ConcurrenceState
from services.liaison.concurrence.tables import Concurrence
from services.liaison.parties.queries import find_parties

Suspend = Callable[[AsyncSession, Concurrence], Awaitable[list[UUID]]]
Said = TypeVar("Said", bound=ConcurrenceAnnouncement)


async def request_concurrence(session: AsyncSession, body: ConcurrenceBody) -> Concurrence:
    """Record that a Government was asked."""
    await find_parties(session, body.parties)
    default = Label(sensitivity=Sensitivity.confidential, tlp=Tlp.amber, originator=CENTRE, themes=body.themes, countries=[body.country])
    concurrence = Concurrence(
        subject_themes=body.themes,
        state=ConcurrenceState.requested,
        reference=(await next_references(session, "CON"))[0],
        **body.model_dump(exclude={"themes", "label"}),
    )
    concurrence.label = complete_label(session, body.label, default)
    session.add(concurrence)
    await session.flush()
    await announce(session, _said(ConcurrenceRequested, concurrence))
    return concurrence


async def grant_concurrence(session: AsyncSession, concurrence_id: UUID) -> Concurrence:
    """Record that the Government concurred. Nothing that was suspended is resumed by it (R2)."""
    concurrence = await _step(session, concurrence_id, ConcurrenceState.granted, [ConcurrenceState.requested])
    concurrence.granted_at = now()
    await session.flush()
    await announce(session, _said(ConcurrenceGranted, concurrence))
    return concurrence


async def decline_concurrence(session: AsyncSession, concurrence_id: UUID, reason: str) -> Concurrence:
    """Record that the Government did not concur."""
    concurrence = await _step(session, concurrence_id, ConcurrenceState.declined, [ConcurrenceState.requested])
    concurrence.declined_at, concurrence.reason = now(), reason
    await session.flush()
    await announce(session, _said(ConcurrenceDeclined, concurrence))
    return concurrence


async def withdraw_concurrence(session: AsyncSession, concurrence_id: UUID, reason: str, suspend: Suspend) -> Concurrence:
    """Record that the Government withdrew: what leaned on it is suspended in this same transaction (R2)."""
    concurrence = await _step(session, concurrence_id, ConcurrenceState.withdrawn, [ConcurrenceState.granted])
    concurrence.withdrawn_at, concurrence.reason = now(), reason
    await session.flush()
    suspended = await suspend(session, concurrence)
    await announce(session, _said(ConcurrenceWithdrawn, concurrence, suspended=suspended))
    return concurrence


async def _step(session: AsyncSession, concurrence_id: UUID, state: ConcurrenceState, allowed: list[ConcurrenceState]) -> Concurrence:
    concurrence = await change_record(session, Concurrence, concurrence_id, "concurrence")
    if concurrence.state not in allowed:
        raise WrongState("concurrence", concurrence.state, [str(each) for each in allowed])
    concurrence.state = state
    return concurrence


def _said(announcement: type[Said], concurrence: Concurrence, **more: Any) -> Said:
    return announcement(
        id=concurrence.id,
        version=concurrence.version,
        label=concurrence.label,
        country=concurrence.country,
        parties=concurrence.parties,
        themes=concurrence.subject_themes,
        valid_from=concurrence.valid_from,
        valid_until=concurrence.valid_until,
        **more,
    )
