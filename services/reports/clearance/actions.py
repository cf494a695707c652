"""The steps of clearance. Each locks the report, so that two requests never take one step from one state."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NoReturn
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.database import principal_of
from chassis.errors import NotPermitted, WrongState
from chassis.outbox import announce
from chassis.records import change_record
from chassis.watermarks import require_fresh
from contracts.events.reports import ClearanceAdvanced, IssuedSection, IssuedStatement, PersonsNamed, ReportIssued, ReportRecalled
from contracts.vocabulary import SISTER_OFFICES, Tlp
from services.reports.clearance.errors import ContentChanged, NoTalkFlagged, OwnText, SamePerson
from services.reports.clearance.rules import Refusal, Taken, refuse_clearing, refuse_review, stands, starts_of
from services.reports.freshness.actions import forget_freshness, renew_freshness
from services.reports.persons.queries import find_in_report
from services.reports.production.actions import cite, keep, record_step, say, void_steps
from services.reports.production.errors import EvidenceMissing
from services.reports.production.queries import KEPT, grade_cited, kept_at, steps_of
from services.reports.production.rules import Content, ReportKind, label_of_section, unsupported
from services.reports.production.schemas import ReportState
from services.reports.production.tables import Report
from services.reports.talks.queries import lock_records, read_flags, talks_in

CLEARING_ROLE = "head-of-centre"


async def submit_report(session: AsyncSession, report_id: UUID) -> Report:
    """Hand a draft to review."""
    report = await _begin(session, report_id, "submit")
    return await _advance(session, report, ReportState.submitted)


async def review_report(session: AsyncSession, report_id: UUID) -> Report:
    """Review a text that is none of one's own. OwnText for its authors. A flash is reviewed after it was issued, too."""
    report = await _begin(session, report_id, "review", own_text=False)
    if report.state == ReportState.issued:
        await record_step(session, report, "reviewed")
        report.updated_at = now()
        await session.flush()
        return report
    return await _advance(session, report, ReportState.reviewed)


async def clear_report(session: AsyncSession, report_id: UUID) -> Report:
    """Clear a reviewed text; a flash is reviewed and cleared in one. OwnText or SamePerson for who may not."""
    report = await _begin(session, report_id, "clear", own_text=False)
    if not principal_of(session).has(CLEARING_ROLE):
        raise NotPermitted("Clearing a text is the Head's.")
    steps = await _taken(session, report)
    refusal = refuse_clearing(principal_of(session).client_id, report.body.authors, steps, report.content_hash, report.kind)
    if refusal is not None:
        _refuse(refusal)
    if report.state == ReportState.submitted:
        await record_step(session, report, "reviewed")
    elif not stands(steps, "reviewed", report.content_hash):
        raise ContentChanged
    return await _advance(session, report, ReportState.cleared)


async def return_report(session: AsyncSession, report_id: UUID, comment: str) -> Report:
    """Send a text back to its authors, with a comment; what was reviewed and cleared is void."""
    report = await _begin(session, report_id, "return")
    await void_steps(session, report)
    report.state = ReportState.draft
    await record_step(session, report, "returned", comment)
    await say(session, ClearanceAdvanced, report)
    return report


async def issue_report(session: AsyncSession, report_id: UUID) -> Report:
    """Issue a cleared report: its content is frozen, and open to the sister offices it may be released to (R10).

    EvidenceMissing when a statement is unsupported (R8); ContentChanged when another text was cleared.
    """
    report = await _begin(session, report_id, "issue")
    if not stands(await _taken(session, report), "cleared", report.content_hash):
        raise ContentChanged
    content = report.body
    await _know_talks(session, content)
    await _require_evidence(session, report)
    await cite(session, content, report.body)
    keep(report, content)
    report.state, report.issued_at = ReportState.issued, now()
    named = await find_in_report(session, content)
    report.issued = {
        "content": report.content, "content_hash": report.content_hash, "label": report.label.model_dump(mode="json"),
        "named": named.model_dump(mode="json"),
    }  # fmt: skip
    report.readers = [] if report.tlp == Tlp.red else [each for each in SISTER_OFFICES if each in report.releasable_to]
    await record_step(session, report, "issued")
    said = PersonsNamed(id=report.id, version=report.version, label=report.label, places=named, authors=content.authors)
    await announce(session, said, _issued(report, content))
    await renew_freshness(session, report, content)
    return report


async def keep_talks(session: AsyncSession, report_id: UUID, reason: str) -> Report:
    """Keep in the text what rests on talks held after a withdrawal: the Head's decision on this very content (R3).

    OwnText for authors; NoTalkFlagged when nothing needs it. An edit, or another flag, asks for it anew.
    """
    report = await _begin(session, report_id, "keep", own_text=False)
    await _know_talks(session, report.body)
    if not await read_flags(session, report.body.cited):
        raise NoTalkFlagged
    await record_step(session, report, KEPT, reason)
    report.updated_at = now()
    await session.flush()
    return report


async def recall_slipped(session: AsyncSession, records: Sequence[UUID], since: datetime) -> None:
    """Recall what was issued on talks after a withdrawal made them doubtful, and before that was known here (R2)."""
    slipped = select(Report.id).where(Report.cites.overlap(records), Report.state == ReportState.issued, Report.issued_at >= since)
    for key in (await session.execute(slipped.order_by(Report.id))).scalars().all():
        await recall_report(
            session, key, "It was issued on a talk held after a Government took its concurrence back, before that was known."
        )


async def recall_report(session: AsyncSession, report_id: UUID, reason: str) -> Report:
    """Recall an issued report: a tombstone stays for whoever had it, the text stays inside (R10)."""
    report = await _begin(session, report_id, "recall")
    report.state, report.recalled_at = ReportState.recalled, now()
    await record_step(session, report, "recalled", reason)
    await forget_freshness(session, report)
    await say(session, ReportRecalled, report)
    return report


async def _begin(session: AsyncSession, report_id: UUID, step: str, *, own_text: bool = True) -> Report:
    """The report, locked. Without `own_text` its authors are refused, before anything else is said."""
    report = await change_record(session, Report, report_id, "report")
    if not own_text and refuse_review(principal_of(session).client_id, report.body.authors):
        raise OwnText
    allowed = starts_of(step, report.kind)
    if report.state not in allowed:
        raise WrongState("report", report.state, [str(state) for state in allowed])
    return report


async def _advance(session: AsyncSession, report: Report, state: ReportState) -> Report:
    report.state = state
    await record_step(session, report, state)
    await say(session, ClearanceAdvanced, report)
    return report


async def _taken(session: AsyncSession, report: Report) -> list[Taken]:
    steps = (await steps_of(session, [report.id]))[report.id]
    return [Taken(each.step, each.by, each.content_hash, each.voided_at is not None) for each in steps]


def _refuse(refusal: Refusal) -> NoReturn:
    if refusal is Refusal.own_text:
        raise OwnText
    if refusal is Refusal.reviewer_clears:
        raise SamePerson("You reviewed this text. Another person has to clear it.")
    raise SamePerson("You cleared this text before it was edited. Another person has to clear it now.")


async def _know_talks(session: AsyncSession, content: Content) -> None:
    """StaleCopy unless liaison was heard of within 5 s, where talks are cited: one of them may have lost its concurrence (R2)."""
    if talks := talks_in(content.cited):
        await require_fresh(session, "liaison")
        await lock_records(session, talks)


async def _require_evidence(session: AsyncSession, report: Report) -> None:
    content, steps = report.body, (await steps_of(session, [report.id]))[report.id]
    flawed = unsupported(content, await grade_cited(session, content.cited), kept_at(report, steps))
    if flawed:
        named = {each.id: each.text for each in content.statements}
        raise EvidenceMissing([{"id": str(key), "text": named[key][:80], "reason": reason} for key, reason in flawed.items()])


def _issued(report: Report, content: Content) -> ReportIssued:
    assert report.issued_at is not None
    sections = [
        IssuedSection(
            id=section.id,
            title=section.title,
            label=label_of_section(section, content, report.declared_label),
            statements=[_issued_statement(each) for each in section.statements],
        )
        for section in content.sections
    ]
    return ReportIssued(
        id=report.id,
        version=report.version,
        label=report.label,
        readers=report.readers,
        reference=report.reference,
        state=report.state,
        report_kind=ReportKind(report.kind),
        title=report.title,
        content_hash=report.content_hash,
        issued_at=report.issued_at,
        sections=sections,
    )


def _issued_statement(statement: Any) -> IssuedStatement:
    plain = statement.model_dump(mode="json", include={"kind", "text", "likelihood", "confidence"})
    return IssuedStatement(**plain, evidence_count=len(statement.evidence))
