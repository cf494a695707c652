"""Writes of initiatives."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.database import principal_of
from chassis.errors import NotFound
from chassis.labelling import complete_label
from chassis.outbox import announce
from chassis.records import change_record
from contracts.events.coordination import InitiativeStepped
from contracts.labels import Label
from contracts.vocabulary import CENTRE, Sensitivity, Tlp
from services.coordination.initiatives.schemas import InitiativeBody, StepBody, StepDone
from services.coordination.initiatives.tables import Initiative, Step
from services.coordination.organizations.queries import find_active


async def track_initiative(session: AsyncSession, body: InitiativeBody) -> Initiative:
    """Begin to track an initiative of another organization."""
    await find_active(session, body.owner, "/owner")
    default = Label(sensitivity=Sensitivity.unclassified, tlp=Tlp.amber, originator=CENTRE, themes=body.themes, countries=body.countries)
    initiative = Initiative(
        subject_countries=body.countries, subject_themes=body.themes, steps=[], **body.model_dump(exclude={"countries", "themes", "label"})
    )
    initiative.label = complete_label(session, body.label, default)
    session.add(initiative)
    await _say(session, initiative)
    return initiative


async def add_step(session: AsyncSession, initiative_id: UUID, body: StepBody) -> Initiative:
    """Record a step to encourage it, planned or taken (R20)."""
    initiative = await change_record(session, Initiative, initiative_id, "initiative")
    by = principal_of(session).client_id
    initiative.steps.append(Step(text=body.text, due_on=body.due_on, done_on=body.done_on, by=by, at=now()))
    if body.state:
        initiative.state = body.state
    initiative.updated_at = now()
    await _say(session, initiative)
    return initiative


async def finish_step(session: AsyncSession, initiative_id: UUID, step_id: UUID, body: StepDone) -> Initiative:
    """Record that a planned step was taken. NotFound for a step of another initiative."""
    initiative = await change_record(session, Initiative, initiative_id, "initiative")
    found = [step for step in initiative.steps if step.id == step_id]
    if not found:
        raise NotFound("step")
    found[0].done_on = body.done_on or now().date()
    initiative.updated_at = now()
    await _say(session, initiative)
    return initiative


async def _say(session: AsyncSession, initiative: Initiative) -> None:
    await session.flush()
    said = InitiativeStepped(id=initiative.id, version=initiative.version, label=initiative.label, next_step_on=initiative.next_step_on)
    await announce(session, said)
