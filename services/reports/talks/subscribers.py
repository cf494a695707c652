"""What reports hears of talks."""

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.inbox import Subscribers
from contracts.events.liaison import NoteFiled, ReadoutApproved
from services.reports.talks import actions

subscribers = Subscribers()


@subscribers.on(NoteFiled)
async def keep_note(session: AsyncSession, filed: NoteFiled) -> None:
    """A note to file may be cited from now on."""
    await actions.keep_record(session, filed)


@subscribers.on(ReadoutApproved)
async def keep_readout(session: AsyncSession, approved: ReadoutApproved) -> None:
    """A readout may be cited from now on."""
    await actions.keep_record(session, approved)
