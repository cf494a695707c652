"""Writes of activities."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import new_id
from chassis.database import principal_of, seeing_all
from chassis.errors import Invalid
from chassis.labelling import complete_label
from chassis.outbox import announce
from chassis.records import change_record
from contracts.events.coordination import ActivityRecorded
from contracts.labels import Label
from contracts.vocabulary import COUNTRIES, Sensitivity, Tlp
from services.coordination.activities.queries import find_recorded
from services.coordination.activities.schemas import ActivityBody
from services.coordination.activities.tables import Activity
from services.coordination.framework.tables import Objective
from services.coordination.organizations.queries import find_active

_LOCK = text("select pg_advisory_xact_lock(hashtextextended(:key, 0))")


async def record_activity(session: AsyncSession, body: ActivityBody) -> tuple[Activity, bool]:
    """Record an activity, or change the record of the same external_id; whether it is new."""
    organization = await _owner(session, body)
    await _require_objective(session, body.objective)
    await session.execute(_LOCK, {"key": f"activity:{organization}:{body.external_id}"})
    async with seeing_all(session, "coordination"):
        known = await find_recorded(session, organization, body.external_id)
    activity = known or Activity(id=new_id(), organization=organization, external_id=body.external_id)
    _fill(session, activity, body)
    session.add(activity)
    if session.is_modified(activity) or known is None:
        await _say(session, activity)
    return activity, known is None


async def align_activity(session: AsyncSession, activity_id: UUID, objective: UUID | None) -> Activity:
    """Set an activity against an objective, or against none (R21)."""
    activity = await change_record(session, Activity, activity_id, "activity")
    await _require_objective(session, objective)
    if activity.objective != objective:
        activity.objective = objective
        await _say(session, activity)
    return activity


async def _owner(session: AsyncSession, body: ActivityBody) -> str:
    """Whose activity it is. The Centre records anybody's, everyone else their own."""
    principal = principal_of(session)
    slug = body.organization or principal.organization
    if slug != principal.organization and not principal.is_centre:
        raise Invalid("You record activities of your own organization only.", [{"pointer": "/organization", "detail": "is not yours"}])
    async with seeing_all(session, "coordination"):
        return (await find_active(session, slug)).id


async def _require_objective(session: AsyncSession, objective: UUID | None) -> None:
    if objective is not None and await session.get(Objective, objective) is None:
        raise Invalid("Name an objective of the framework by its id.", [{"pointer": "/objective", "detail": "is no objective you know of"}])


def _fill(session: AsyncSession, activity: Activity, body: ActivityBody) -> None:
    """Lay the body over the record. An objective left out stays what the Centre set it to."""
    values = body.model_dump(include={"title", "country", "area", "starts_on", "ends_on", "status"})
    values |= {"place": body.place or body.country, "activity_themes": body.themes}
    if body.objective is not None:
        values["objective"] = body.objective
    for name, value in values.items():
        setattr(activity, name, value)
    place = body.country or body.place or ""
    default = Label(
        sensitivity=Sensitivity.unclassified,
        tlp=Tlp.green,
        originator=activity.organization,
        themes=body.themes,
        countries=[country for country in COUNTRIES if country in place.split("-")],
    )
    # The organization whose activity it is stays its originator, whoever wrote it down.
    activity.label = complete_label(session, body.label, default).model_copy(update={"originator": activity.organization})
    activity.readers = activity.readers or []


async def _say(session: AsyncSession, activity: Activity) -> None:
    await session.flush()
    said = ActivityRecorded(id=activity.id, version=activity.version, label=activity.label, objective=activity.objective)
    await announce(session, said)
