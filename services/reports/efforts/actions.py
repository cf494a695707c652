"""Writes of efforts."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.database import principal_of
from chassis.errors import Invalid
from chassis.labelling import change_label, complete_label
from chassis.outbox import announce
from chassis.records import change_record
from chassis.references import next_references
from contracts.events.reports import EffortGraded, EffortTold
from contracts.labels import Label
from contracts.vocabulary import CENTRE, Sensitivity, Tlp
from services.reports.efforts.queries import see_efforts
from services.reports.efforts.rules import flaw_of_times
from services.reports.efforts.schemas import EffortBody, EffortEdit, EffortOut
from services.reports.efforts.tables import Effort
from services.reports.incidents.queries import see_incidents
from services.reports.incidents.schemas import Grade


async def tell_effort(session: AsyncSession, body: EffortBody) -> EffortOut:
    """Record an effort, as the caller's organization tells of it."""
    await _check(session, body)
    source = principal_of(session).organization
    default = Label(sensitivity=Sensitivity.confidential, tlp=Tlp.amber, originator=source, themes=body.themes, countries=body.countries)
    effort = Effort(source=source, **_columns(body))
    effort.label = complete_label(session, body.label, default)
    effort.reference = (await next_references(session, "EFF"))[0]
    session.add(effort)
    return await _told(session, effort)


async def edit_effort(session: AsyncSession, effort_id: UUID, body: EffortEdit) -> EffortOut:
    """Bring an effort up to what is known now; its grade was of what was said before, and goes."""
    await _check(session, body)
    effort = await change_record(session, Effort, effort_id, "effort")
    change_label(session, effort, body.label, body.reason)
    for name, value in _columns(body).items():
        setattr(effort, name, value)
    effort.reliability = effort.credibility = effort.grade_reason = effort.graded_by = None
    return await _told(session, effort)


async def grade_effort(session: AsyncSession, effort_id: UUID, grade: Grade) -> EffortOut:
    """Grade the source of an effort and what it says."""
    effort = await change_record(session, Effort, effort_id, "effort")
    effort.reliability, effort.credibility = grade.reliability, int(grade.credibility)
    effort.grade_reason, effort.graded_by = grade.reason, principal_of(session).client_id
    await session.flush()
    # The grade is the Centre's own judgement: the originator is not told.
    label = effort.label.model_copy(update={"originator": CENTRE})
    await announce(session, EffortGraded(id=effort.id, version=effort.version, label=label))
    return (await see_efforts(session, [effort]))[0]


async def _check(session: AsyncSession, body: EffortBody) -> None:
    if flaw := flaw_of_times(body.occurred_at, body.ends_at, now()):
        pointer, detail = flaw
        raise Invalid("The times of this effort do not hold.", [{"pointer": pointer, "detail": detail}])
    seen = await see_incidents(session, body.incidents)
    missing = [n for n, key in enumerate(body.incidents) if key not in seen]
    if missing:
        raise Invalid("Name incidents that are there.", [{"pointer": f"/incidents/{n}", "detail": "is not an incident"} for n in missing])


def _columns(body: EffortBody) -> dict[str, Any]:
    plain = body.model_dump(exclude={"countries", "themes", "label", "reason"})
    return plain | {"subject_countries": body.countries, "subject_themes": body.themes}


async def _told(session: AsyncSession, effort: Effort) -> EffortOut:
    await session.flush()
    await announce(session, EffortTold(id=effort.id, version=effort.version, label=effort.label, effort_kind=effort.kind))
    return (await see_efforts(session, [effort]))[0]
