"""Taking back: what has not gone is revoked, what has gone is recalled with a notice that says nothing else (R15, R16).

The callers hold the lock of the organization or the item.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.database import seeing_all
from contracts.events.coordination import PackageDecided, PackageRecalled
from services.coordination.exchange.actions.decisions import record_decision, say
from services.coordination.exchange.queries import items_by_id, lock_affected, lock_item, lock_live, recipient_of
from services.coordination.exchange.rules import WITHDRAWN, Rule, covered_then, decide
from services.coordination.exchange.schemas import LIVE, RECEIVED, OrderState, PackageState
from services.coordination.exchange.tables import Package, StandingOrder
from services.coordination.mandates.queries import histories, remits_in_force
from services.coordination.mandates.rules import remits_at
from services.coordination.organizations.tables import Organization


async def take_back(session: AsyncSession, package: Package, rule: Rule) -> None:
    """Revoke a package that has not gone, recall one that has."""
    package.rule, package.reason = rule, WITHDRAWN[rule]
    if package.state in RECEIVED:
        package.state, package.recalled_at = PackageState.recalled, now()
        package.content = package.title = package.acknowledged_at = None
        await say(session, PackageRecalled, package)
    else:
        package.state = PackageState.revoked
        await say(session, PackageDecided, package)


async def revoke_everything(session: AsyncSession, slug: str) -> None:
    """An organization was removed: its standing orders end, and every package is taken back."""
    active = (StandingOrder.organization == slug, StandingOrder.state == OrderState.active)
    ended = {"state": OrderState.ended, "ended_at": now(), "version": StandingOrder.version + 1}
    async with seeing_all(session, "coordination"):
        await session.execute(update(StandingOrder).where(*active).values(ended))
        for package in await lock_live(session, recipient=slug):
            await take_back(session, package, Rule.removed)


async def review_packages(session: AsyncSession, slug: str, since: datetime, step: str) -> None:
    """An organization's mandate ended or was corrected: what the others do not cover is taken back.

    What was delivered `since` then, though no mandate covered it as is known now, is flagged; what was is not rewritten (R3).
    """
    async with seeing_all(session, "coordination"):
        await _review(session, await session.get_one(Organization, slug), since, step)


async def _review(session: AsyncSession, organization: Organization, since: datetime, step: str) -> None:
    remits = (await remits_in_force(session, [organization.id])).get(organization.id, [])
    known = await histories(session, organization.id)
    packages = await lock_affected(session, organization.id, since)
    items = await items_by_id(session, [package.item_id for package in packages])
    for package in packages:
        item = items[package.item_id]
        verdict = decide(item.subject, recipient_of(organization), remits)
        if package.delivered_at is not None and package.delivered_at >= since:
            then = remits_at(known, package.delivered_at, now())
            package.delivered_unmandated = not frozenset(package.sections) <= covered_then(item.subject, recipient_of(organization), then)
        # What has gone is recalled as soon as one section of it may not go any more; of what has not, the rest still may.
        remains = frozenset(package.sections) & verdict.allowed_sections
        if package.state in LIVE and (not remains or (package.state in RECEIVED and len(remains) < len(package.sections))):
            await record_decision(session, item, organization.id, verdict, step)
            await take_back(session, package, verdict.rule)


async def recall_item(session: AsyncSession, item_id: UUID) -> None:
    """An issued report was recalled: everyone who received it is told, nobody else receives it (R10, R16)."""
    item = await lock_item(session, item_id, recalling=True)
    if item is None or item.recalled_at is not None:
        return
    item.recalled_at = now()
    for package in await lock_live(session, item=item_id):
        await take_back(session, package, Rule.recalled)
