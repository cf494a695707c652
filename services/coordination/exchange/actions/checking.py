"""The do-no-harm check: an officer who wrote none of a text decides what a recipient is shown of the persons it names (R4)."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.database import principal_of, seeing_all
from chassis.errors import WrongState
from chassis.records import change_record, read_record
from contracts.events.coordination import PackageDecided
from contracts.events.reports import PersonsNamed
from services.coordination.exchange.actions.decisions import apply_verdict, say, wake_delivery
from services.coordination.exchange.actions.packages import HEAD, queue
from services.coordination.exchange.errors import NamesNeedHead, NobodyLooked, OwnTextChecked
from services.coordination.exchange.queries import judge, orders_for, read_check, title_for
from services.coordination.exchange.rules import CheckOutcome, Outcome, Verdict
from services.coordination.exchange.schemas import UNDELIVERED, CheckBody, PackageState
from services.coordination.exchange.tables import HarmCheck, Item, ItemNames, Package
from services.coordination.organizations.queries import lock_recipient
from services.coordination.organizations.tables import Organization

_CHECKABLE = (*UNDELIVERED, PackageState.refused, PackageState.revoked)


async def note_persons(session: AsyncSession, said: PersonsNamed) -> None:
    """Keep where a report that is about to be announced names persons, and who wrote it."""
    row = {"id": UUID(str(said.id)), "places": said.places.model_dump(mode="json"), "authors": said.authors}
    await session.execute(insert(ItemNames).values(row).on_conflict_do_nothing())


async def check_package(session: AsyncSession, package_id: UUID, body: CheckBody) -> Package:
    """Record the check of what a package is made of, for its recipient; what a standing order let go then goes.

    OwnTextChecked for authors, NamesNeedHead for names to a security body, NobodyLooked where nothing can be withheld.
    """
    known = await read_record(session, Package, package_id, "package")
    async with seeing_all(session, "coordination"):
        organization = await lock_recipient(session, known.recipient)
    package = await change_record(session, Package, package_id, "package")
    if package.state not in _CHECKABLE:
        raise WrongState("package", package.state, list(_CHECKABLE))
    item = await read_record(session, Item, package.item_id, "item")
    await _require_officer(session, item, organization, body.outcome)
    checked = HarmCheck(item_id=item.id, recipient=package.recipient, readers=[], checked_by=principal_of(session).client_id)
    checked.outcome, checked.reason, checked.label = body.outcome, body.reason, item.label
    session.add(checked)
    await session.flush()
    await _go_on(session, package, item, organization)
    return package


async def _require_officer(session: AsyncSession, item: Item, organization: Organization, outcome: CheckOutcome) -> None:
    named, principal = await session.get(ItemNames, item.id), principal_of(session)
    if named and principal.client_id in named.authors:
        raise OwnTextChecked
    if outcome is CheckOutcome.shown and organization.security_body and not principal.has(HEAD):
        raise NamesNeedHead
    if outcome is CheckOutcome.withheld and named is None:
        raise NobodyLooked


async def _go_on(session: AsyncSession, package: Package, item: Item, organization: Organization) -> None:
    """What waited for the check bears its decision again, and goes where a standing order that still holds let it go."""
    verdict, check = await judge(session, item, organization), await read_check(session, item.id, organization)
    package.updated_at = now()
    if package.state == PackageState.proposed and verdict.outcome is not Outcome.refuse:
        apply_verdict(package, verdict)
        package.title, package.sections = title_for(item, verdict, check), sorted(verdict.allowed_sections)
        await _let_go(session, package, item.series, verdict)
    await say(session, PackageDecided, package)


async def _let_go(session: AsyncSession, package: Package, series: str, verdict: Verdict) -> None:
    order = (await orders_for(session, series)).get(package.recipient)
    if order and order.id == package.standing_order and (order.given_by_head or not verdict.needs_head):
        queue(package, order.given_by, order.given_by_head)
        await wake_delivery(session)
