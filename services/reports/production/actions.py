"""Writes of reports: drafting and editing."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import new_id, now
from chassis.database import principal_of
from chassis.errors import WrongState
from chassis.labelling import complete_label
from chassis.outbox import announce
from chassis.records import change_record
from chassis.references import next_references
from contracts.events.reports import ReportAnnouncement, ReportDrafted
from contracts.labels import Label, is_looser, join
from contracts.vocabulary import CENTRE, Sensitivity, Tlp
from services.reports.production.errors import LabelLowered, OthersText, UnknownEvidence
from services.reports.production.queries import read_cited, steps_of
from services.reports.production.rules import (
    PREFIXES,
    Content,
    Evidence,
    ReportKind,
    Section,
    Statement,
    authors_of,
    content_hash,
    floor_of,
    label_of_report,
)
from services.reports.production.schemas import ReportBody, ReportState, SectionBody, StatementBody
from services.reports.production.tables import Report, ReportStep

EDITABLE = (ReportState.draft, ReportState.submitted, ReportState.reviewed, ReportState.cleared)


async def draft_report(session: AsyncSession, body: ReportBody) -> Report:
    """Begin a report; confidential and for HQ only unless labelled otherwise."""
    report = Report(
        id=new_id(),
        reference=(await next_references(session, PREFIXES[body.kind]))[0],
        kind=body.kind,
        state=ReportState.draft,
        readers=[],
    )
    declared = _declared(session, body, _default_label(body))
    await _write(session, report, body, declared, Content(title=""))
    session.add(report)
    await session.flush()
    await record_step(session, report, "drafted")
    await say(session, ReportDrafted, report)
    return report


async def edit_report(session: AsyncSession, report_id: UUID, body: ReportBody) -> Report:
    """Put a new text in place of the old one. What was reviewed or cleared is void, and the chain restarts at review (R9)."""
    report = await change_record(session, Report, report_id, "report")
    if report.state not in EDITABLE:
        raise WrongState("report", report.state, [str(state) for state in EDITABLE])
    before = report.content_hash
    declared = _declared(session, body, report.declared_label)
    if is_looser(declared, report.declared_label):
        raise LabelLowered
    report.kind = body.kind
    await _write(session, report, body, declared, report.body)
    report.updated_at = now()
    if report.content_hash != before:
        await record_step(session, report, "drafted")
        await void_steps(session, report)
        if report.state != ReportState.draft:
            report.state = ReportState.submitted
    await session.flush()
    await say(session, ReportDrafted, report)
    return report


def _declared(session: AsyncSession, body: ReportBody, default: Label) -> Label:
    """The label as its author declares it; OthersText when it names another originator than the Centre."""
    declared = complete_label(session, body.label, default)
    if declared.originator != CENTRE:
        raise OthersText
    return declared


def _default_label(body: ReportBody) -> Label:
    return Label(
        sensitivity=Sensitivity.confidential,
        tlp=Tlp.amber,
        originator=CENTRE,
        themes=body.themes,
        countries=body.countries,
        releasable_to=["hq"],
    )


async def _write(session: AsyncSession, report: Report, body: ReportBody, declared: Label, before: Content) -> None:
    content = _compose(body, before, principal_of(session).client_id)
    await cite(session, content, before)
    for section in content.sections:
        section.floor = floor_of(section, before, report.declared_label) if before.sections else None
    report.title, report.addressees = body.title, body.addressees.model_dump()
    report.subject_countries, report.subject_themes = body.countries, body.themes
    report.declared = declared.model_dump(mode="json")
    keep(report, content)
    report.content_hash = hash_of(report)


def keep(report: Report, content: Content) -> None:
    """Store a content and derive the report's label from it; it never becomes looser than it was."""
    derived = label_of_report(content, report.declared_label)
    if before := ([report.label] if report.originator else []):
        joined = join([derived, *before], CENTRE)
        derived = joined.model_copy(update={"themes": derived.themes, "countries": derived.countries})
    report.label = derived
    report.content = content.model_dump(mode="json")
    report.cites = sorted({key for _, key in content.cited})


def hash_of(report: Report) -> str:
    """The hash of everything a clearance answers for."""
    head = {
        "kind": report.kind,
        "countries": report.subject_countries,
        "themes": report.subject_themes,
        "addressees": report.addressees,
    }
    return content_hash(head, report.body, report.declared_label)


def _compose(body: ReportBody, before: Content, editor: str) -> Content:
    """The new content: who wrote what by comparison with the old, statements under the keys they had."""
    titles = [(before.title, before.title_authors)] if before.title_authors else []
    content = Content(title=body.title, title_authors=authors_of(body.title, titles, editor))
    names: dict[str, UUID] = {}
    old = {each.id: each for each in before.sections}
    free = list(before.statements)
    for section in body.sections:
        written = [(each.title, each.authors) for each in before.sections]
        kept = section.id if section.id in old else next((each.id for each in before.sections if each.title == section.title), None)
        taken = {each.id for each in content.sections}
        new = Section(id=kept if kept and kept not in taken else new_id(), title=section.title, facet=section.facet)
        new.authors = authors_of(section.title, written, editor)
        new.statements = [_statement(each, free, before, editor, names) for each in section.statements]
        content.sections.append(new)
    _resolve(body.sections, content, names)
    return content


def _statement(body: StatementBody, free: list[Statement], before: Content, editor: str, names: dict[str, UUID]) -> Statement:
    kept = next((each for each in free if each.id == body.id), None) or next((each for each in free if each.text == body.text), None)
    if kept is not None:
        free.remove(kept)
    key = kept.id if kept else new_id()
    for name in (body.key, str(body.id) if body.id else None, str(key)):
        if name:
            names.setdefault(name, key)
    authors = authors_of(body.text, [(each.text, each.authors) for each in before.statements], editor)
    return Statement(id=key, authors=authors, **body.model_dump(include={"kind", "text", "likelihood", "confidence"}))


def _resolve(sections: list[SectionBody], content: Content, names: dict[str, UUID]) -> None:
    """Give each statement its evidence; UnknownEvidence for a key or id that names nothing."""
    unknown = []
    for s, (section, body) in enumerate(zip(content.sections, sections, strict=True)):
        for n, (statement, given) in enumerate(zip(section.statements, body.statements, strict=True)):
            for e, cited in enumerate(given.evidence):
                key = names.get(cited.id) if cited.type == "statement" else _uuid(cited.id)
                if key is None or key == statement.id:
                    unknown.append(f"/sections/{s}/statements/{n}/evidence/{e}/id")
                else:
                    statement.evidence.append(Evidence(type=cited.type, id=key))
    if unknown:
        raise UnknownEvidence(unknown)


def _uuid(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None


async def cite(session: AsyncSession, content: Content, before: Content) -> None:
    """Note label and time of all evidence as it stands now, joined with what was noted before.

    UnknownEvidence for what the caller may not read, unless the text cited it already when it came to the caller.
    """
    current = {(each.type, each.id): each for each, _ in await read_cited(session, content.cited)}
    noted = {(each.type, each.id): each for statement in before.statements for each in statement.evidence}
    unknown = []
    for s, section in enumerate(content.sections):
        for n, statement in enumerate(section.statements):
            for e, evidence in enumerate(statement.evidence):
                key = (evidence.type, evidence.id)
                if evidence.type == "statement":
                    continue
                if key not in current and key not in noted:
                    unknown.append(f"/sections/{s}/statements/{n}/evidence/{e}/id")
                    continue
                statement.evidence[e] = _joined(current.get(key), noted.get(key))
    if unknown:
        raise UnknownEvidence(unknown)


def _joined(now_read: Evidence | None, noted: Evidence | None) -> Evidence:
    """Evidence with the stricter of its labels then and now."""
    found = now_read or noted
    assert found is not None
    labels = [each.label for each in (now_read, noted) if each and each.label]
    return found.model_copy(update={"label": join(labels, labels[0].originator)})


async def record_step(session: AsyncSession, report: Report, step: str, comment: str | None = None) -> None:
    """Add a step to the chain, bound to the report's content as it is."""
    last = await session.scalar(select(func.max(ReportStep.number)).where(ReportStep.report_id == report.id))
    session.add(
        ReportStep(
            report_id=report.id,
            number=(last or 0) + 1,
            step=step,
            by=principal_of(session).client_id,
            comment=comment,
            content_hash=report.content_hash,
        )
    )
    await session.flush()


async def void_steps(session: AsyncSession, report: Report) -> None:
    """Void what was reviewed and cleared: the text is another one, or goes back (R9)."""
    for step in (await steps_of(session, [report.id]))[report.id]:
        if step.step in ("reviewed", "cleared") and step.voided_at is None:
            step.voided_at = now()
    await session.flush()


async def say(session: AsyncSession, announcement: type[ReportAnnouncement], report: Report) -> None:
    """Announce what happened to a report."""
    await session.flush()
    await announce(
        session,
        announcement(
            id=report.id,
            version=report.version,
            label=report.label,
            readers=report.readers,
            reference=report.reference,
            state=report.state,
            report_kind=ReportKind(report.kind),
        ),
    )
