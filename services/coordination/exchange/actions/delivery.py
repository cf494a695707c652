"""Delivery: the last decision and the claim in one transaction, under the lock that a revocation takes alone (R13, R15)."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.watermarks import require_fresh
from contracts.events.coordination import PackageDecided, PackageReleased
from contracts.labels import join
from contracts.vocabulary import CENTRE
from services.coordination.exchange.actions.decisions import apply_verdict, record_decision, say
from services.coordination.exchange.actions.revocation import take_back
from services.coordination.exchange.queries import compose, judge, lock_item, lock_queued, title_for
from services.coordination.exchange.rules import Verdict
from services.coordination.exchange.schemas import PackageState
from services.coordination.exchange.tables import Item, Package
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
    verdict = await judge(session, item, organization)
    await record_decision(session, item, package.recipient, verdict, "delivery")
    allowed = verdict.allowed_sections & frozenset(package.sections)
    if not allowed:
        await take_back(session, package, verdict.rule)
    elif verdict.needs_head and not package.released_by_head:
        package.state = PackageState.proposed
        await say(session, PackageDecided, package)
    else:
        await _hand_over(session, package, item, verdict, allowed)


async def _hand_over(session: AsyncSession, package: Package, item: Item, verdict: Verdict, allowed: frozenset[UUID]) -> None:
    apply_verdict(package, verdict)
    sections = compose(item, allowed, package.recipient)
    package.sections, package.title = sorted(allowed), title_for(item, verdict)
    package.content = [section.model_dump(mode="json") for section in sections]
    # From here on it is labelled by what went, and opened to the one it went to.
    package.label = join([section.label for section in sections], CENTRE)
    package.readers = [package.recipient]
    package.state, package.delivered_at = PackageState.delivered, now()
    package.number = (await session.execute(_COUNT, {"recipient": package.recipient})).scalar_one()
    await say(session, PackageReleased, package, released_at=package.delivered_at)
