"""Packages: proposed when an item is issued, released or refused by a person, acknowledged by the recipient."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.database import principal_of, seeing_all
from chassis.errors import WrongState
from chassis.records import change_record, read_record
from contracts.events.coordination import PackageDecided
from contracts.events.gateway import PackageDelivered
from contracts.events.reports import ReportIssued
from contracts.vocabulary import CENTRE, SISTER_OFFICES
from services.coordination.exchange.actions.decisions import apply_verdict, hold_unchecked, record_decision, say, wake_delivery
from services.coordination.exchange.errors import CheckNeeded, HeadNeeded, ReleaseRefused
from services.coordination.exchange.queries import judge, orders_for, read_check, title_for
from services.coordination.exchange.rules import Check, Outcome, Rule, Verdict
from services.coordination.exchange.schemas import UNDELIVERED, PackageState
from services.coordination.exchange.tables import Item, Package, StandingOrder
from services.coordination.mandates.queries import mandated_organizations
from services.coordination.organizations.queries import lock_recipient, lock_recipients

HEAD = "head-of-centre"
# HQ and UNAMA read issued reports themselves: neither is sent packages.
_WITHOUT_PACKAGES = {CENTRE, *SISTER_OFFICES}
_RELEASABLE = (PackageState.proposed, PackageState.refused, PackageState.revoked)


async def receive_report(session: AsyncSession, issued: ReportIssued) -> None:
    """Keep our own copy of an issued report, and decide who may get it."""
    key = UUID(str(issued.id))
    if await session.get(Item, key) is not None:
        return
    item = Item(
        id=key,
        series=issued.report_kind,
        sections=[section.model_dump(mode="json") for section in issued.sections],
        **issued.model_dump(include={"reference", "title", "content_hash", "issued_at"}),
    )
    item.label = issued.label
    session.add(item)
    await session.flush()
    await _propose_packages(session, item)


async def _propose_packages(session: AsyncSession, item: Item) -> None:
    """Decide on a newly issued item for every organization with a mandate: refused, proposed, or queued by standing order."""
    slugs = [slug for slug in await mandated_organizations(session) if slug not in _WITHOUT_PACKAGES]
    organizations = await lock_recipients(session, slugs)
    orders = await orders_for(session, item.series)
    for organization in organizations:
        verdict = await judge(session, item, organization)
        await record_decision(session, item, organization.id, verdict, "issued")
        check = await read_check(session, item.id, organization)
        package = _package(item, verdict, check, orders.get(organization.id))
        package.recipient = organization.id
        session.add(package)
        await say(session, PackageDecided, package)
    await wake_delivery(session)


async def note_webhook_delivery(session: AsyncSession, delivered: PackageDelivered) -> None:
    """Note when a webhook of the recipient first took the package: delivery, not acknowledgement (R16)."""
    package = await session.get(Package, UUID(str(delivered.id)), with_for_update=True)
    if package and package.recipient == delivered.recipient and package.webhook_delivered_at is None:
        package.webhook_delivered_at = delivered.delivered_at


def _package(item: Item, verdict: Verdict, check: Check, order: StandingOrder | None) -> Package:
    package = Package(item_type="report", item_id=item.id, state=PackageState.proposed)
    package.label, package.readers = item.label, []
    apply_verdict(package, verdict)
    package.title, package.sections = title_for(item, verdict, check), sorted(verdict.allowed_sections)
    if verdict.outcome is Outcome.refuse:
        package.state = PackageState.refused
    elif order and (order.given_by_head or not verdict.needs_head):
        package.standing_order = order.id
        queue(package, order.given_by, order.given_by_head)
    if verdict.outcome is not Outcome.refuse and check.missing:
        hold_unchecked(package)
    return package


def queue(package: Package, by: str, by_head: bool) -> None:
    """Let it go by the word of a person, or of a standing order."""
    package.state = PackageState.queued
    package.released_by, package.released_by_head, package.released_at = by, by_head, now()


async def release_package(session: AsyncSession, package_id: UUID) -> Package:
    """Release a package in a person's name. ReleaseRefused when R13 does not allow it now, HeadNeeded for a lesser word."""
    known = await read_record(session, Package, package_id, "package")
    async with seeing_all(session, "coordination"):
        organization = await lock_recipient(session, known.recipient)
    package = await change_record(session, Package, package_id, "package")
    if package.state not in _RELEASABLE:
        raise WrongState("package", package.state, list(_RELEASABLE))
    item = await read_record(session, Item, package.item_id, "item")
    verdict, check = await judge(session, item, organization), await read_check(session, item.id, organization)
    if verdict.outcome is Outcome.refuse:
        raise ReleaseRefused(verdict.rule, verdict.clause, verdict.reason)
    if check.missing:
        raise CheckNeeded(Rule.do_no_harm, check.persons)
    principal = principal_of(session)
    if verdict.needs_head and not principal.has(HEAD):
        raise HeadNeeded(verdict.reaches)
    apply_verdict(package, verdict)
    package.title, package.sections = title_for(item, verdict, check), sorted(verdict.allowed_sections)
    queue(package, principal.client_id, principal.has(HEAD))
    await record_decision(session, item, package.recipient, verdict, "released")
    await say(session, PackageDecided, package)
    await wake_delivery(session)
    return package


async def refuse_package(session: AsyncSession, package_id: UUID, reason: str) -> Package:
    """Keep a package back, though R13 would allow it."""
    package = await change_record(session, Package, package_id, "package")
    if package.state not in UNDELIVERED:
        raise WrongState("package", package.state, list(UNDELIVERED))
    package.state, package.rule, package.reason = PackageState.refused, Rule.person, reason
    package.released_by, package.released_by_head, package.released_at = None, False, None
    await say(session, PackageDecided, package)
    return package
