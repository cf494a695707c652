"""Noting that names were taken out."""

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import principal_of
from chassis.principal import Principal
from contracts.labels import Label
from services.reports.names.errors import NamesNotForYou, ReasonNeeded
from services.reports.names.rules import may_take_names
from services.reports.names.schemas import Names, NamesAsked
from services.reports.names.tables import NamesShown


def check_asked(principal: Principal, asked: NamesAsked) -> None:
    """NamesNotForYou when names are asked for by who may not take them out, ReasonNeeded when without saying why."""
    if asked.names is Names.withheld:
        return
    if not may_take_names(principal.organization, principal.roles):
        raise NamesNotForYou
    if not asked.reason:
        raise ReasonNeeded


async def note_shown(session: AsyncSession, operation: str, asked: NamesAsked, label: Label) -> NamesShown | None:
    """Keep who took names out, and why; None when none were asked for. Its key goes into the audit trail beside what was read."""
    if asked.names is not Names.shown or asked.reason is None:
        return None
    noted = NamesShown(operation=operation, shown_by=principal_of(session).client_id, reason=asked.reason, readers=[])
    noted.label = label
    session.add(noted)
    await session.flush()
    return noted
