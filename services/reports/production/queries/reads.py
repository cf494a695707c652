"""Reads of reports, and of what they cite."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import principal_of
from chassis.pagination import Paging, Rows, page_by_key
from chassis.records import read_record
from contracts.vocabulary import CENTRE
from services.reports.efforts.tables import Effort
from services.reports.incidents.queries import see_incidents
from services.reports.incidents.rules import HeldBack
from services.reports.incidents.tables import Observation
from services.reports.names.rules import may_read_names
from services.reports.production.queries.answers import UNGRADED, Cited, Known, Veil, inside, outside
from services.reports.production.rules import (
    OWN_RECORD,
    Evidence,
    Grading,
    ReportKind,
)
from services.reports.production.schemas import ReportOut, ReportState
from services.reports.production.tables import Report, ReportStep
from services.reports.talks.queries import read_flags, see_records, show_talks
from services.reports.talks.tables import TalkRecord


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
    steps = await steps_of(session, [report.id for report in reports])
    if not principal_of(session).is_centre:
        return [outside(report, steps[report.id], veil) for report in reports]
    cited = {each for report in reports for each in report.body.cited}
    known = Known(await grade_cited(session, cited), await show_talks(session, cited))
    return [inside(report, steps[report.id], known, veil) for report in reports]


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
