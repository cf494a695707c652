"""Recording decisions, and saying what became of a package."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import notify, principal_of
from chassis.outbox import announce
from contracts.events.coordination import PackageAnnouncement
from services.coordination.exchange.rules import UNCHECKED, Finding, Outcome, Rule, Verdict
from services.coordination.exchange.schemas import PackageState, SectionDecision
from services.coordination.exchange.tables import Item, Package, ReleaseDecision


async def record_decision(session: AsyncSession, item: Item, recipient: str, verdict: Verdict, step: str) -> None:
    """Keep a decision for ever, under the label of the item it was made on."""
    decision = ReleaseDecision(
        item_id=item.id,
        recipient=recipient,
        step=step,
        decided_by=principal_of(session).client_id,
        decision=verdict.outcome,
        rule=verdict.rule,
        clause=verdict.clause,
        reason=verdict.reason,
        needs_head=verdict.needs_head,
        sections=[section_decision(finding).model_dump() for finding in verdict.findings],
    )
    decision.label = item.label
    session.add(decision)


def section_decision(finding: Finding) -> SectionDecision:
    """What was found for one section, as it is kept and shown."""
    outcome = Outcome.allow if finding.allowed else Outcome.refuse
    return SectionDecision(title=finding.part.title, decision=outcome, rule=finding.rule, reason=finding.reason)


def apply_verdict(package: Package, verdict: Verdict) -> None:
    """Let the package bear what was decided."""
    package.decision, package.rule, package.clause = verdict.outcome, verdict.rule, verdict.clause
    package.reason, package.needs_head = verdict.reason, verdict.needs_head


def hold_unchecked(package: Package) -> None:
    """Let the package wait for the do-no-harm check; a standing order's word waits with it (R4)."""
    package.state, package.rule, package.reason = PackageState.proposed, Rule.do_no_harm, UNCHECKED
    package.released_by, package.released_by_head, package.released_at = None, False, None


async def say(session: AsyncSession, announcement: type[PackageAnnouncement], package: Package, **more: Any) -> None:
    """Announce what became of the package, to those who may know of it now."""
    await session.flush()
    said = announcement(
        id=package.id,
        version=package.version,
        label=package.label,
        readers=package.readers,
        recipient=package.recipient,
        state=package.state,
        **more,
    )
    await announce(session, said)


async def wake_delivery(session: AsyncSession) -> None:
    """Wake the delivery job when this transaction commits."""
    await notify(session, "packages")
