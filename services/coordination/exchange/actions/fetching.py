"""Fetching: what a recipient reads is decided again at that moment, in the transaction that answers (R13, R15)."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.context import context_of
from chassis.database import principal_of, seeing_all
from chassis.errors import NotFound
from chassis.records import read_record
from chassis.watermarks import require_fresh
from services.coordination.exchange.actions.acknowledging import note_seen
from services.coordination.exchange.actions.decisions import record_decision, section_decision
from services.coordination.exchange.actions.revocation import take_back
from services.coordination.exchange.queries import (
    find_packages,
    judge,
    lock_item,
    lock_package,
    past_decisions,
    present,
    read_check,
)
from services.coordination.exchange.rules import Outcome, Rule
from services.coordination.exchange.schemas import (
    RECEIVED,
    CheckOut,
    PackageOut,
    PastDecision,
    ReleaseDecisionOut,
    SectionDecision,
)
from services.coordination.exchange.tables import Item, Package
from services.coordination.mandates.actions import settle_lapses
from services.coordination.organizations.queries import lock_recipient
from services.coordination.organizations.tables import Organization

# What a recipient is told of its own packages.
RELEASED = (Outcome.allow, Rule.release, "It was released to you.")
RECALLED = (Outcome.refuse, Rule.recalled, "It was recalled.")


async def fetch_package(session: AsyncSession, package_id: UUID) -> PackageOut:
    """One package. For its recipient R13 is decided again: what may not go any more is recalled, and shows no content."""
    package = await read_record(session, Package, package_id, "package")
    if not principal_of(session).is_centre:
        await settle_lapses(session, package.recipient)
        async with seeing_all(session, "coordination"):
            await _decide_again(session, package)
    await session.flush()
    shown = await present(session, [package], whole=True)
    await note_seen(session, shown)
    return shown[0]


async def _decide_again(session: AsyncSession, package: Package) -> None:
    organization = await lock_recipient(session, package.recipient)
    item = await lock_item(session, package.item_id)
    await lock_package(session, package.id)
    if item is None or package.state not in RECEIVED:
        return
    await require_fresh(session, "reports")
    verdict = await judge(session, item, organization)
    if not frozenset(package.sections) <= verdict.allowed_sections:
        await record_decision(session, item, package.recipient, verdict, "fetch")
        await take_back(session, package, verdict.rule)


async def read_release_decision(session: AsyncSession, key: str, recipient: str) -> ReleaseDecisionOut:
    """What would be decided for a recipient now, and what was before.

    NotFound for what the caller may not know of.
    """
    if key.partition(":")[0] not in ("report", "package"):
        raise NotFound("item")
    inside = principal_of(session).is_centre
    decide = _decision_inside if inside else _decision_outside
    decision = await decide(session, key, recipient)
    context_of(session).shown.add(UUID(key.partition(":")[2]))
    return decision


async def _decision_inside(session: AsyncSession, key: str, recipient: str) -> ReleaseDecisionOut:
    item = await _item_under(session, key)
    organization = await read_record(session, Organization, recipient, "organization")
    verdict = await judge(session, item, organization)
    past = await past_decisions(session, item.id, recipient)
    check = await read_check(session, item.id, organization)
    return ReleaseDecisionOut(
        item=key,
        recipient=recipient,
        decision=verdict.outcome,
        rule=verdict.rule,
        clause=verdict.clause,
        reason=verdict.reason,
        needs_head=verdict.needs_head,
        reaches=list(verdict.reaches),
        sections=[section_decision(finding) for finding in verdict.findings],
        history=[PastDecision.model_validate(decision) for decision in past],
        check=CheckOut.model_validate(check),
    )


async def _item_under(session: AsyncSession, key: str) -> Item:
    kind, _, number = key.partition(":")
    item_id = UUID(number)
    if kind == "package":
        item_id = (await read_record(session, Package, item_id, "item")).item_id
    return await read_record(session, Item, item_id, "item")


async def _decision_outside(session: AsyncSession, key: str, recipient: str) -> ReleaseDecisionOut:
    """A recipient learns of its own packages only, and of nothing that was kept from it."""
    packages = await find_packages(session, UUID(key.partition(":")[2]))
    if recipient != principal_of(session).organization or not packages:
        raise NotFound("item")
    content = (await fetch_package(session, packages[0].id)).content
    decision, rule, reason = RECALLED if content is None else RELEASED
    sections = [] if content is None else content.sections
    return ReleaseDecisionOut(
        item=key,
        recipient=recipient,
        decision=decision,
        rule=rule,
        clause=packages[0].clause if content else None,
        reason=reason,
        needs_head=False,
        reaches=[],
        sections=[SectionDecision(title=section.title, decision=decision, rule=rule, reason=reason) for section in sections],
        history=[],
    )
