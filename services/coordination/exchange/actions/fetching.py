"""Fetching: what a recipient reads is decided again at that moment, in the transaction that answers (R13, R15)."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

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
from services.coordination.exchange.schemas import RECEIVED, PackageOut
from services.coordination.exchange.tables import Item, Package
from services.coordination.mandates.actions import settle_lapses
from services.coordination.organizations.queries import lock_recipient
from services.coordination.organizations.tables import Organization


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


async def read_release_decision(session: AsyncSession, key: str, recipient: str) -> dict[str, Any]:
    """What would be decided for a recipient now, and what was before. NotFound for what the caller may not know of."""
    kind, _, number = key.partition(":")
    if kind not in ("report", "package"):
        raise NotFound("item")
    asked = {"item": key, "recipient": recipient}
    if principal_of(session).is_centre:
        return asked | await _decision_inside(session, kind, UUID(number), recipient)
    return asked | await _decision_outside(session, UUID(number), recipient)


async def _decision_inside(session: AsyncSession, kind: str, number: UUID, recipient: str) -> dict[str, Any]:
    item_id = (await read_record(session, Package, number, "item")).item_id if kind == "package" else number
    item = await read_record(session, Item, item_id, "item")
    organization = await read_record(session, Organization, recipient, "organization")
    verdict = await judge(session, item, organization)
    return {
        "decision": verdict.outcome,
        "rule": verdict.rule,
        "clause": verdict.clause,
        "reason": verdict.reason,
        "needs_head": verdict.needs_head,
        "reaches": verdict.reaches,
        "sections": [section_decision(finding) for finding in verdict.findings],
        "history": await past_decisions(session, item.id, recipient),
        "check": await read_check(session, item.id, organization),
    }


async def _decision_outside(session: AsyncSession, number: UUID, recipient: str) -> dict[str, Any]:
    """A recipient learns of its own packages only, and of nothing that was kept from it."""
    packages = await find_packages(session, number)
    if recipient != principal_of(session).organization or not packages:
        raise NotFound("item")
    content = (await fetch_package(session, packages[0].id)).content
    common: dict[str, Any] = {"needs_head": False, "reaches": [], "history": []}
    if content is None:
        return common | {"decision": Outcome.refuse, "rule": Rule.recalled, "clause": None, "reason": "It was recalled.", "sections": []}
    released = {"decision": Outcome.allow, "rule": Rule.release, "reason": "It was released to you."}
    sections = [released | {"title": section.title} for section in content.sections]
    return common | released | {"clause": packages[0].clause, "sections": sections}
