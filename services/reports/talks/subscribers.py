"""What reports hears of talks. That one was flagged is heard by clearance, which recalls what slipped."""

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.inbox import Subscribers, event_of
from contracts.events.liaison import (
    ConcurrenceConfirmed,
    ConcurrenceGranted,
    ConcurrenceLapsed,
    ConcurrenceWithdrawn,
    NoteFiled,
    ReadoutApproved,
)
from services.reports.talks import actions

subscribers = Subscribers()


@subscribers.on(NoteFiled)
async def keep_note(session: AsyncSession, filed: NoteFiled) -> None:
    """A note to file may be cited from now on."""
    await actions.keep_record(session, filed, event_of(session).time)


@subscribers.on(ReadoutApproved)
async def keep_readout(session: AsyncSession, approved: ReadoutApproved) -> None:
    """A readout may be cited from now on."""
    await actions.keep_record(session, approved, event_of(session).time)


@subscribers.on(ConcurrenceGranted, ConcurrenceConfirmed)
async def keep_grant(session: AsyncSession, granted: ConcurrenceGranted | ConcurrenceConfirmed) -> None:
    """A Government gave its word."""
    await actions.keep_concurrence(session, granted, "granted", event_of(session).time)


@subscribers.on(ConcurrenceWithdrawn)
async def keep_withdrawal(session: AsyncSession, withdrawn: ConcurrenceWithdrawn) -> None:
    """A Government took its word back (R2)."""
    await actions.keep_concurrence(session, withdrawn, "withdrawn", event_of(session).time)


@subscribers.on(ConcurrenceLapsed)
async def keep_lapse(session: AsyncSession, lapsed: ConcurrenceLapsed) -> None:
    """A Government's word ended by the clock."""
    await actions.keep_concurrence(session, lapsed, "lapsed", event_of(session).time)
