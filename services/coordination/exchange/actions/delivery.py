"""Delivery: the last decision and the claim in one transaction, under the lock that a revocation takes alone (R13, R15)."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.watermarks import require_fresh
from contracts.events.coordination import PackageDecided, PackageReleased
from contracts.labels import join
from contracts.vocabulary import CENTRE
from services.coordination.exchange.actions.decisions import apply_verdict, hold_unchecked, record_decision, say
from services.coordination.exchange.actions.revocation import take_back
from services.coordination.exchange.queries import compose, judge, lock_item, lock_queued, read_check, title_for
from services.coordination.exchange.schemas import PackageSection, PackageState
from services.coordination.exchange.tables import Package
from services.coordination.organizations.queries import lock_recipient

_COUNT = text(
    "insert into delivery_counts (recipient, last) values (:recipient, 1)"
    " on conflict (recipient) do update set last = delivery_counts.last + 1 returning last"
)


async def deliver_package(session: AsyncSession, package_id: UUID) -> None:
    """Deliver a queued package if R13 still allows it; StaleCopy while our copy of the reports is too old to say."""
    known = await session.get(Package, package_id)
    if known is None:
        return
    organization = await lock_recipient(session, known.recipient)
    item = await lock_item(session, known.item_id)
    package = await lock_queued(session, package_id)
    if item is None or package is None:
        return
    await require_fresh(session, "reports")
    verdict, check = await judge(session, item, organization), await read_check(session, item.id, organization)
    await record_decision(session, item, package.recipient, verdict, "delivery")
    allowed = verdict.allowed_sections & frozenset(package.sections)
    if not allowed:
        await take_back(session, package, verdict.rule)
    elif check.missing:
        hold_unchecked(package)
        await say(session, PackageDecided, package)
    elif verdict.needs_head and not package.released_by_head:
        package.state = PackageState.proposed
        await say(session, PackageDecided, package)
    else:
        apply_verdict(package, verdict)
        package.title = title_for(item, verdict, check)
        await _hand_over(session, package, compose(item, allowed, package.recipient, check), allowed)


async def _hand_over(session: AsyncSession, package: Package, sections: list[PackageSection], allowed: frozenset[UUID]) -> None:
    package.sections = sorted(allowed)
    package.content = [section.model_dump(mode="json") for section in sections]
    # From here on it is labelled by what went, and opened to the one it went to.
    package.label = join([section.label for section in sections], CENTRE)
    package.readers = [package.recipient]
    package.state, package.delivered_at = PackageState.delivered, now()
    package.number = (await session.execute(_COUNT, {"recipient": package.recipient})).scalar_one()
    await say(session, PackageReleased, package, released_at=package.delivered_at)
