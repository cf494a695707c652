"""Reads of reports, and how a report looks to who asks."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import principal_of
from chassis.pagination import Paging, Rows, page_by_key
from chassis.records import read_record
from contracts.names import Locale
from contracts.vocabulary import CENTRE
from services.reports.efforts.tables import Effort
from services.reports.incidents.queries import see_incidents
from services.reports.incidents.rules import HeldBack
from services.reports.incidents.tables import Observation
from services.reports.names.adapters.lexicon import lexicon
from services.reports.names.rules import Marks, may_read_names
from services.reports.production.rules import (
    OWN_RECORD,
    Content,
    Evidence,
    Grading,
    ReportKind,
    Section,
    Statement,
    label_of_section,
    places_named,
    unsupported,
    without_names,
)
from services.reports.production.schemas import EvidenceOut, ReportOut, ReportState, SectionOut, StatementOut, StepOut
from services.reports.production.tables import Report, ReportStep
from services.reports.talks.queries import read_flags, see_records, show_talks
from services.reports.talks.schemas import TalkOut
from services.reports.talks.tables import TalkRecord

RECALLED_TITLE = "Recalled"
Cited = tuple[str, UUID]
KEPT = "kept"
UNGRADED = Grading(reliability=None, credibility=None)


@dataclass(frozen=True)
class Known:
    """What is known now of what reports cite: how it is graded, and what its talks rest on."""

    gradings: dict[Cited, Grading]
    talks: dict[UUID, TalkOut]


Judged = tuple[Known, dict[UUID, str]]
"""What is known, and why statements are unsupported, by their ids."""


@dataclass(frozen=True)
class Veil:
    """Withholds names of persons, said in `locale`, else in the language of the text."""

    locale: Locale | None = None

    def over(self, report: Report) -> Content:
        """What it says, without names where they stood when it was issued; by rule alone in what is not issued yet."""
        named = report.named or places_named(lexicon(), report.body, Marks())
        return without_names(report.body, named, self.locale)


@dataclass(frozen=True)
class Filters:
    """What a reader asks of reports."""

    state: ReportState | None = None
    kind: ReportKind | None = None
    country: str | None = None
    theme: str | None = None


async def list_reports(session: AsyncSession, paging: Paging, filters: Filters) -> Rows[ReportOut]:
    """Reports, newest first."""
    query = select(Report)
    if filters.state:
        query = query.where(Report.state == filters.state)
    if filters.kind:
        query = query.where(Report.kind == filters.kind)
    if filters.country:
        query = query.where(Report.subject_countries.contains([filters.country]))
    if filters.theme:
        query = query.where(Report.subject_themes.contains([filters.theme]))
    page = await page_by_key(session, query, Report, paging)
    return page.showing(await show_reports(session, page.items))


async def read_report(session: AsyncSession, report_id: UUID) -> ReportOut:
    """One report; NotFound when the caller may not read it."""
    return await show_report(session, await read_record(session, Report, report_id, "report"))


async def show_report(session: AsyncSession, report: Report, veil: Veil | None = None) -> ReportOut:
    """The report as the caller sees it; with `veil` without names of persons, whoever it is."""
    return (await show_reports(session, [report], veil))[0]


async def show_reports(session: AsyncSession, reports: Sequence[Report], veil: Veil | None = None) -> list[ReportOut]:
    """The reports as the caller sees them: inside the Centre whole, outside without what leads back to evidence and people.

    Names of persons are withheld from whoever is not of the reporting line (R4).
    """
    if not may_read_names(principal_of(session).organization, CENTRE):
        veil = veil or Veil()
    inside = principal_of(session).is_centre
    steps = await steps_of(session, [report.id for report in reports])
    if not inside:
        return [_outside(report, steps[report.id], veil) for report in reports]
    cited = {each for report in reports for each in report.body.cited}
    known = Known(await grade_cited(session, cited), await show_talks(session, cited))
    return [_whole(report, steps[report.id], known, veil) for report in reports]


async def steps_of(session: AsyncSession, keys: Sequence[UUID]) -> dict[UUID, list[ReportStep]]:
    """The steps of reports that the caller may read, in order."""
    found: dict[UUID, list[ReportStep]] = defaultdict(list)
    query = select(ReportStep).where(ReportStep.report_id.in_(keys)).order_by(ReportStep.report_id, ReportStep.number)
    for step in (await session.execute(query)).scalars():
        found[step.report_id].append(step)
    return found


async def grade_cited(session: AsyncSession, cited: Iterable[Cited]) -> dict[Cited, Grading]:
    """How what is cited is graded now, as far as the caller may read it; which talks are flagged, in any case."""
    wanted = list(cited)
    found: dict[Cited, Grading] = {(each.type, each.id): grading for each, grading in await read_cited(session, wanted)}
    for key, flagged_at in (await read_flags(session, wanted)).items():
        found[key] = found.get(key, UNGRADED).model_copy(update={"flagged_at": flagged_at})
    return found


def kept_at(report: Report, steps: Sequence[ReportStep]) -> datetime | None:
    """When the Head last kept what rests on flagged talks in the text as it is."""
    return max((each.at for each in steps if each.step == KEPT and each.content_hash == report.content_hash), default=None)


async def read_cited(session: AsyncSession, cited: Iterable[Cited]) -> list[tuple[Evidence, Grading]]:
    """What of `cited` the caller may read, as it stands now, with its grading."""
    wanted = list(cited)
    incidents = await see_incidents(session, [key for kind, key in wanted if kind == "incident"])
    query = select(Observation).where(Observation.id.in_([key for kind, key in wanted if kind == "observation"]))
    observations = (await session.execute(query)).scalars()
    told = select(Effort).where(Effort.id.in_([key for kind, key in wanted if kind == "effort"]))
    efforts = (await session.execute(told)).scalars()
    return [
        *((_evidence("incident", key, each, each.countries), _grading(each)) for key, each in incidents.items()),
        *((_evidence("observation", each.id, each, each.places), _grading(each)) for each in observations),
        *((_evidence("effort", each.id, each, each.subject_countries), _grading(each)) for each in efforts),
        *((_record(each), OWN_RECORD) for each in await see_records(session, wanted)),
    ]


def _grading(record: Any) -> Grading:
    is_discarded = getattr(record, "held_back", None) == HeldBack.discarded
    return Grading(reliability=record.reliability, credibility=record.credibility, discarded=is_discarded)


def _record(record: TalkRecord) -> Evidence:
    """A record of talks has no time of its own here, so that it renews no freshness (R11): the event does not say when they were held."""
    said = {"type": record.kind, "id": record.id, "engagement": record.engagement, "label": record.label}
    return Evidence.model_validate(said | {"places": record.countries, "themes": record.themes})


def _evidence(kind: Any, key: UUID, record: Any, places: list[str]) -> Evidence:
    themes = record.themes if kind == "incident" else record.subject_themes
    return Evidence(type=kind, id=key, label=record.label, occurred_at=record.occurred_at, places=places, themes=themes)


def _whole(report: Report, steps: list[ReportStep], known: Known, veil: Veil | None) -> ReportOut:
    content = veil.over(report) if veil else report.body
    # An issued text was supported when it was issued, and does not change any more (R10).
    flawed = {} if report.issued else unsupported(content, known.gradings, kept_at(report, steps))
    sections = [_section(each, content, report, (known, flawed)) for each in content.sections]
    return _out(report, steps, sections, content)


def _section(section: Section, content: Content, report: Report, judged: Judged) -> SectionOut:
    label = label_of_section(section, content, report.declared_label)
    statements = [_statement(each, *judged) for each in section.statements]
    return SectionOut(id=section.id, title=section.title, facet=section.facet, label=label, statements=statements)


def _statement(statement: Statement, known: Known, flawed: dict[UUID, str]) -> StatementOut:
    gradings = [known.gradings.get((each.type, each.id), UNGRADED) for each in statement.evidence]
    flags = {
        "unsupported": statement.id in flawed,
        "held-after-withdrawal": any(each.flagged_at for each in gradings),
        "evidence-discarded": any(each.discarded for each in gradings),
    }
    return StatementOut(
        **statement.model_dump(include={"id", "kind", "text", "likelihood", "confidence", "authors"}),
        author=statement.authors[-1] if statement.authors else None,
        evidence=[EvidenceOut(type=each.type, id=each.id) for each in statement.evidence],
        meetings={each.id: each.engagement for each in statement.evidence if each.engagement},
        talks=[known.talks[each.id] for each in statement.evidence if each.id in known.talks],
        evidence_count=len(statement.evidence),
        flags=[flag for flag, is_raised in flags.items() if is_raised],
    )


def _out(report: Report, steps: list[ReportStep], sections: list[SectionOut], content: Content) -> ReportOut:
    return ReportOut(
        **{name: getattr(report, name) for name in _PLAIN},
        countries=report.subject_countries,
        themes=report.subject_themes,
        title=content.title,
        authors=content.authors,
        sections=sections,
        steps=[_step(each) for each in steps],
        review_owed=_owes_review(report, steps),
    )


_PLAIN = (
    "id", "reference", "kind", "state", "content_hash", "addressees", "issued_at", "recalled_at",
    "version", "created_at", "updated_at", "label", "declared_label",
)  # fmt: skip


def _step(step: ReportStep) -> StepOut:
    return StepOut(
        step=step.step,
        by=step.by,
        at=step.at,
        comment=step.comment,
        content_hash=step.content_hash,
        voided=step.voided_at is not None,
    )


def _owes_review(report: Report, steps: list[ReportStep]) -> bool:
    """A flash is reviewed after (R9)."""
    issued = [step.number for step in steps if step.step == "issued"]
    return (
        report.kind == ReportKind.flash and bool(issued) and not any(step.step == "reviewed" and step.number > issued[0] for step in steps)
    )


def _outside(report: Report, steps: list[ReportStep], veil: Veil | None) -> ReportOut:
    """Outside the Centre: the text without evidence, authors and the inner steps; of a recalled one a tombstone (R10)."""
    whole = _whole(report, [step for step in steps if step.step in ("issued", "recalled")], Known({}, {}), veil)
    sections = [each.model_copy(update={"statements": [_stripped(s) for s in each.statements]}) for each in whole.sections]
    told = [step.model_copy(update={"by": "centre", "comment": None}) for step in whole.steps]
    seen = {"sections": sections, "steps": told, "authors": [], "declared_label": report.label, "review_owed": False}
    if report.state == ReportState.recalled:
        seen |= {"sections": [], "title": RECALLED_TITLE, "addressees": {}, "countries": [], "themes": []}
    return ReportOut.model_validate(whole.model_dump() | {name: _plain(value) for name, value in seen.items()})


def _stripped(statement: StatementOut) -> StatementOut:
    return statement.model_copy(update={"evidence": [], "meetings": {}, "talks": [], "authors": [], "author": None, "flags": []})


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.model_dump() if hasattr(value, "model_dump") else value
