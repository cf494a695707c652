"""Exchange over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response

from chassis.operation import Session, created, router
from chassis.pagination import Page, PagingQuery, Rows
from chassis.records import read_record
from contracts.vocabulary import Reason, Slug
from services.coordination.exchange import actions, queries
from services.coordination.exchange.queries import PackageFilter
from services.coordination.exchange.schemas import (
    CheckBody,
    ItemKey,
    PackageOut,
    PackageState,
    ReleaseDecisionOut,
    StandingOrderBody,
    StandingOrderOut,
)
from services.coordination.exchange.tables import StandingOrder

routes = router("exchange")


async def read_filter(
    recipient: Slug | None = None, state: PackageState | None = None, item: Annotated[ItemKey | None, Query()] = None
) -> PackageFilter:
    """The filter of a list of packages."""
    return PackageFilter(recipient, state, UUID(item.partition(":")[2]) if item else None)


@routes.get("/packages", response_model=Page[PackageOut])
async def list_packages(session: Session, paging: PagingQuery, wanted: Annotated[PackageFilter, Depends(read_filter)]) -> Rows[PackageOut]:
    """Packages, newest first, without content. A recipient sees what was delivered to it."""
    return await actions.list_packages(session, paging, wanted)


@routes.get("/packages/{package_id}", response_model=PackageOut)
async def read_package(package_id: UUID, session: Session) -> PackageOut:
    """One package, with its content. What may not go to the recipient any more shows none."""
    return await actions.fetch_package(session, package_id)


@routes.post("/packages/{package_id}/release", response_model=PackageOut)
async def release_package(package_id: UUID, session: Session) -> PackageOut:
    """Release it in your name; what concerns a member State of the recipient needs the Head."""
    return await queries.present_one(session, await actions.release_package(session, package_id))


@routes.post("/packages/{package_id}/check", response_model=PackageOut)
async def check_package(package_id: UUID, body: CheckBody, session: Session) -> PackageOut:
    """Check what it may do to the persons it names (R4): withheld as by default, or shown to this recipient, with a reason."""
    return await queries.present_one(session, await actions.check_package(session, package_id, body))


@routes.post("/packages/{package_id}/refuse", response_model=PackageOut)
async def refuse_package(package_id: UUID, body: Reason, session: Session) -> PackageOut:
    """Keep it back."""
    return await queries.present_one(session, await actions.refuse_package(session, package_id, body.reason))


@routes.post("/packages/{package_id}/acknowledge", response_model=PackageOut)
async def acknowledge_package(package_id: UUID, session: Session) -> PackageOut:
    """Acknowledge a delivery or a recall, as its recipient.

    `If-Match` names the version you read: 412 when it is another by now. Without it, 412 when the
    package was recalled and you have not read that yet.
    """
    return await queries.present_one(session, await actions.acknowledge_package(session, package_id))


@routes.get("/release-decisions", response_model=ReleaseDecisionOut)
async def read_release_decision(item: Annotated[ItemKey, Query()], recipient: Slug, session: Session) -> ReleaseDecisionOut:
    """What an organization would get of an item now, by which rule and clause, and what was decided before."""
    return await actions.read_release_decision(session, item, recipient)


@routes.post("/standing-orders", status_code=201, response_model=StandingOrderOut)
async def give_standing_order(body: StandingOrderBody, session: Session, response: Response) -> StandingOrder:
    """Order that a series of reports goes to an organization whenever the release decision allows it."""
    return created(response, "standing-orders", await actions.give_standing_order(session, body))


@routes.get("/standing-orders", response_model=Page[StandingOrderOut])
async def list_standing_orders(session: Session, paging: PagingQuery, organization: Slug | None = None) -> Rows[StandingOrder]:
    """Standing orders, newest first."""
    return await queries.list_standing_orders(session, paging, organization)


@routes.get("/standing-orders/{order_id}", response_model=StandingOrderOut)
async def read_standing_order(order_id: UUID, session: Session) -> StandingOrder:
    """One standing order."""
    return await read_record(session, StandingOrder, order_id, "standing order")


@routes.post("/standing-orders/{order_id}/end", response_model=StandingOrderOut)
async def end_standing_order(order_id: UUID, session: Session) -> StandingOrder:
    """End a standing order: what waits under it needs a person again."""
    return await actions.end_standing_order(session, order_id)
