"""Reads and locks of exchange."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.audience import only, picked
from chassis.database import principal_of
from chassis.pagination import Paging, Rows, page_by_key
from contracts.events.reports import IssuedSection
from contracts.names import NamedPlaces, NamedSection, withhold
from services.coordination.exchange.rules import Check, CheckOutcome, Recipient, Verdict, decide, without_references
from services.coordination.exchange.schemas import (
    LIVE,
    UNDELIVERED,
    OrderState,
    PackageContent,
    PackageItem,
    PackageOut,
    PackageSection,
    PackageState,
    PackageStatement,
)
from services.coordination.exchange.tables import HarmCheck, Item, ItemNames, Package, ReleaseDecision, StandingOrder
from services.coordination.mandates.queries import remits_in_force
from services.coordination.organizations.schemas import OrganizationState
from services.coordination.organizations.tables import Organization

_INSIDE = (
    *("decision", "rule", "clause", "reason", "needs_head", "standing_order", "released_by", "released_at", "webhook_delivered_at"),
    "delivered_unmandated",
)
_EVERYWHERE = ("id", "recipient", "number", "state", "delivered_at", "acknowledged_at", "recalled_at", "version", "updated_at", "label")


@dataclass(frozen=True)
class PackageFilter:
    """Which packages a list shows."""

    recipient: str | None = None
    state: PackageState | None = None
    item: UUID | None = None


def recipient_of(organization: Organization) -> Recipient:
    """The organization, as the release decision looks at it."""
    active = organization.state == OrganizationState.active
    return Recipient(id=organization.id, name=organization.name, active=active, members=frozenset(organization.members))


async def judge(session: AsyncSession, item: Item, organization: Organization) -> Verdict:
    """The release decision of this moment (R13)."""
    remits = await remits_in_force(session, [organization.id])
    return decide(item.subject, recipient_of(organization), remits.get(organization.id, []))


async def read_check(session: AsyncSession, item_id: UUID, organization: Organization) -> Check:
    """The do-no-harm check of an item for an organization, as it stands (R4)."""
    named = await session.get(ItemNames, item_id)
    places = NamedPlaces.model_validate(named.places) if named else None
    query = select(HarmCheck).where(HarmCheck.item_id == item_id, HarmCheck.recipient == organization.id)
    last = (await session.execute(query.order_by(HarmCheck.seq.desc()).limit(1))).scalars().one_or_none()
    if last is None:
        return Check(places, organization.security_body)
    return Check(places, organization.security_body, CheckOutcome(last.outcome), last.checked_by, last.checked_at, last.reason)


async def lock_item(session: AsyncSession, item_id: UUID, *, recalling: bool = False) -> Item | None:
    """Our copy of an item, locked: shared by what delivers it, alone by its recall."""
    query = select(Item).where(Item.id == item_id).execution_options(populate_existing=True)
    return (await session.execute(query.with_for_update(read=not recalling))).scalars().one_or_none()


async def lock_package(session: AsyncSession, package_id: UUID) -> Package:
    """A package, locked. Organizations and items are locked before packages, by everybody."""
    query = select(Package).where(Package.id == package_id).with_for_update().execution_options(populate_existing=True)
    return (await session.execute(query)).scalars().one()


async def lock_queued(session: AsyncSession, package_id: UUID) -> Package | None:
    """A queued package, locked; None when another delivery has it or it is queued no more."""
    query = (
        select(Package)
        .where(Package.id == package_id, Package.state == PackageState.queued)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return (await session.execute(query)).scalars().one_or_none()


async def lock_live(session: AsyncSession, *, recipient: str | None = None, item: UUID | None = None) -> list[Package]:
    """Packages on their way or received, of a recipient or an item, locked in one order for everybody."""
    wanted: list[ColumnElement[bool]] = [Package.state.in_(LIVE)]
    if recipient:
        wanted.append(Package.recipient == recipient)
    if item:
        wanted.append(Package.item_id == item)
    return await _lock_all(session, *wanted)


async def lock_affected(session: AsyncSession, recipient: str, since: datetime) -> list[Package]:
    """The live packages of a recipient, and whatever was delivered to it `since` then, recalled or not, locked alike."""
    return await _lock_all(session, Package.recipient == recipient, or_(Package.state.in_(LIVE), Package.delivered_at >= since))


async def _lock_all(session: AsyncSession, *wanted: ColumnElement[bool]) -> list[Package]:
    query = select(Package).where(*wanted).order_by(Package.id).with_for_update().execution_options(populate_existing=True)
    return list((await session.execute(query)).scalars())


async def items_by_id(session: AsyncSession, keys: list[UUID]) -> dict[UUID, Item]:
    """Those of the items that the principal may see."""
    return {item.id: item for item in (await session.execute(select(Item).where(Item.id.in_(keys)))).scalars()}


async def queued_packages(session: AsyncSession, limit: int = 100) -> list[UUID]:
    """Ids of packages that wait for their delivery, oldest first."""
    query = select(Package.id).where(Package.state == PackageState.queued).order_by(Package.id).limit(limit)
    return list((await session.execute(query)).scalars())


async def orders_for(session: AsyncSession, series: str) -> dict[str, StandingOrder]:
    """The active standing orders for a series, by organization."""
    query = select(StandingOrder).where(StandingOrder.series == series, StandingOrder.state == OrderState.active)
    return {order.organization: order for order in (await session.execute(query)).scalars()}


async def list_standing_orders(session: AsyncSession, paging: Paging, organization: str | None) -> Rows[StandingOrder]:
    """Standing orders, for an organization."""
    query = select(StandingOrder)
    if organization:
        query = query.where(StandingOrder.organization == organization)
    return await page_by_key(session, query, StandingOrder, paging)


async def list_packages(session: AsyncSession, paging: Paging, wanted: PackageFilter) -> Rows[PackageOut]:
    """Packages without content: that is given one by one, after a decision of that moment."""
    query = select(Package)
    if wanted.recipient:
        query = query.where(Package.recipient == wanted.recipient)
    if wanted.state:
        query = query.where(Package.state == wanted.state)
    if wanted.item:
        query = query.where(Package.item_id == wanted.item)
    page = await page_by_key(session, query, Package, paging)
    return page.showing(await present(session, page.items))


async def find_packages(session: AsyncSession, key: UUID) -> list[Package]:
    """The packages the principal may see under a package's or an item's id."""
    query = select(Package).where((Package.id == key) | (Package.item_id == key))
    return list((await session.execute(query)).scalars())


async def past_decisions(session: AsyncSession, item_id: UUID, recipient: str) -> list[ReleaseDecision]:
    """What was decided on an item for a recipient, newest first."""
    query = select(ReleaseDecision).where(ReleaseDecision.item_id == item_id, ReleaseDecision.recipient == recipient)
    return list((await session.execute(query.order_by(ReleaseDecision.seq.desc()).limit(200))).scalars())


async def present(session: AsyncSession, packages: Sequence[Package], *, whole: bool = False) -> list[PackageOut]:
    """The packages as the caller may see them; content and, outside, the title only when `whole`."""
    if not principal_of(session).is_centre:
        return [_outside(package, whole) for package in packages]
    items = await items_by_id(session, [package.item_id for package in packages])
    return [
        _inside(package, items.get(package.item_id), await _content(session, package, items) if whole else None) for package in packages
    ]


async def _content(session: AsyncSession, package: Package, items: Mapping[UUID, Item]) -> PackageContent | None:
    """What was delivered, or what the recipient would get."""
    item = items.get(package.item_id)
    if package.content is not None or item is None or package.state not in UNDELIVERED:
        return _delivered(package)
    check = await read_check(session, item.id, await session.get_one(Organization, package.recipient))
    return PackageContent(title=package.title or "", sections=compose(item, frozenset(package.sections), package.recipient, check))


async def present_one(session: AsyncSession, package: Package) -> PackageOut:
    """One package after a step, without content: answers are kept for repetition, and content must not be."""
    await session.flush()
    return (await present(session, [package]))[0]


def _outside(package: Package, whole: bool) -> PackageOut:
    content = _delivered(package) if whole else None
    item = only(PackageItem, {"type": package.item_type, "title": content.title if content else None})
    own = {"item": item, "content": content, "created_at": package.delivered_at}
    return only(PackageOut, picked(package, _EVERYWHERE) | own)


def _inside(package: Package, item: Item | None, content: PackageContent | None) -> PackageOut:
    """Who may see a delivered package need not be allowed to see the item it was cut from."""
    shown = picked(package, (*_EVERYWHERE, *_INSIDE, "created_at"))
    title = item.title if item else package.title
    named = PackageItem(type=package.item_type, id=item and item.id, reference=item and item.reference, title=title)
    return PackageOut(**shown, item=named, content=content)


def _delivered(package: Package) -> PackageContent | None:
    if package.content is None:
        return None
    return PackageContent(title=package.title or "", sections=[PackageSection.model_validate(each) for each in package.content])


def compose(item: Item, allowed: frozenset[UUID], recipient: str, check: Check) -> list[PackageSection]:
    """The sections that may go, without anything that names what stays: no ids, no references, no other addressees, no persons."""
    return [_section(each, recipient, check.withholds.section(each.id)) for each in item.issued_sections if each.id in allowed]


def title_for(item: Item, verdict: Verdict, check: Check) -> str:
    """The item's title, or where its label does not let it go, only what kind of text it is."""
    title = without_references(withhold(item.title, check.withholds.title))
    return title if verdict.title_allowed else item.series.replace("-", " ").capitalize()


def _section(section: IssuedSection, recipient: str, named: NamedSection) -> PackageSection:
    statements = [
        PackageStatement(
            kind=each.kind,
            text=without_references(withhold(each.text, named.statement(n))),
            likelihood=each.likelihood,
            confidence=each.confidence,
            evidence_count=each.evidence_count,
        )
        for n, each in enumerate(section.statements)
    ]
    label = section.label.model_copy(update={"releasable_to": [recipient]})
    return PackageSection(title=without_references(withhold(section.title, named.title)), label=label, statements=statements)
