"""Standing orders: a person's word given in advance for a series (R13)."""

from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.database import principal_of, seeing_all
from chassis.errors import WrongState
from chassis.outbox import announce
from chassis.records import change_record, read_record
from contracts.events.coordination import PackageDecided, StandingOrderChanged
from contracts.labels import Label
from contracts.vocabulary import CENTRE, Sensitivity, Tlp
from services.coordination.exchange.actions.decisions import say
from services.coordination.exchange.actions.packages import HEAD
from services.coordination.exchange.errors import AlreadyOrdered
from services.coordination.exchange.queries import orders_for
from services.coordination.exchange.schemas import OrderState, PackageState, StandingOrderBody
from services.coordination.exchange.tables import Package, StandingOrder
from services.coordination.organizations.queries import find_active, lock_recipient

_LABEL = Label(sensitivity=Sensitivity.unclassified, tlp=Tlp.amber, originator=CENTRE)
_LOCK = text("select pg_advisory_xact_lock(hashtextextended(:key, 0))")


async def give_standing_order(session: AsyncSession, body: StandingOrderBody) -> StandingOrder:
    """Order that a series goes to an organization. Given by another than the Head, it does not cover what needs the Head."""
    await find_active(session, body.organization)
    await session.execute(_LOCK, {"key": f"standing-order:{body.organization}:{body.series}"})
    if body.organization in await orders_for(session, body.series):
        raise AlreadyOrdered
    principal = principal_of(session)
    order = StandingOrder(
        organization=body.organization,
        series=body.series,
        given_by=principal.client_id,
        given_by_head=principal.has(HEAD),
        state=OrderState.active,
    )
    order.label = _LABEL
    session.add(order)
    await _say(session, order)
    return order


async def end_standing_order(session: AsyncSession, order_id: UUID) -> StandingOrder:
    """End a standing order: what waits under it needs a person again."""
    known = await read_record(session, StandingOrder, order_id, "standing order")
    async with seeing_all(session, "coordination"):
        await lock_recipient(session, known.organization, revoking=True)
    order = await change_record(session, StandingOrder, order_id, "standing order")
    if order.state != OrderState.active:
        raise WrongState("standing order", order.state, [OrderState.active])
    order.state, order.ended_at = OrderState.ended, now()
    async with seeing_all(session, "coordination"):
        await _unqueue(session, order)
    await _say(session, order)
    return order


async def _unqueue(session: AsyncSession, order: StandingOrder) -> None:
    waiting = (Package.standing_order == order.id, Package.state == PackageState.queued)
    query = select(Package).where(*waiting).order_by(Package.id).with_for_update().execution_options(populate_existing=True)
    for package in (await session.execute(query)).scalars():
        package.state, package.standing_order = PackageState.proposed, None
        package.released_by, package.released_by_head, package.released_at = None, False, None
        await say(session, PackageDecided, package)


async def _say(session: AsyncSession, order: StandingOrder) -> None:
    await session.flush()
    said = StandingOrderChanged(id=order.id, version=order.version, label=order.label, organization=order.organization, series=order.series)
    await announce(session, said)
