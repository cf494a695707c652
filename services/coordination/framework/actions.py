"""Writes of the framework."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.labelling import complete_label
from chassis.outbox import announce
from contracts.events.coordination import ObjectiveSet
from contracts.labels import Label
from contracts.vocabulary import CENTRE, COUNTRIES, SISTER_OFFICES, Sensitivity, Tlp
from services.coordination.framework.schemas import ObjectiveBody
from services.coordination.framework.tables import Objective
from services.coordination.organizations.schemas import OrganizationKind, OrganizationState
from services.coordination.organizations.tables import Organization


async def set_objective(session: AsyncSession, body: ObjectiveBody) -> Objective:
    """Set an objective. Unless labelled otherwise the country teams read it: the framework is addressed to them (F4)."""
    objective = Objective(**body.model_dump(exclude={"label"}))
    default = Label(
        sensitivity=Sensitivity.unclassified,
        tlp=Tlp.green,
        originator=CENTRE,
        themes=[body.theme],
        countries=[country for country in COUNTRIES if country in body.place.split("-")],
        releasable_to=await _addressees(session),
    )
    objective.label = complete_label(session, body.label, default)
    objective.readers = objective.releasable_to
    session.add(objective)
    await session.flush()
    said = ObjectiveSet(
        id=objective.id,
        version=objective.version,
        label=objective.label,
        readers=objective.readers,
        place=objective.place,
        theme=objective.theme,
    )
    await announce(session, said)
    return objective


async def _addressees(session: AsyncSession) -> list[str]:
    query = select(Organization.id).where(
        Organization.kind == OrganizationKind.un_country_team, Organization.state == OrganizationState.active
    )
    return sorted({*SISTER_OFFICES, *(await session.execute(query)).scalars()})
