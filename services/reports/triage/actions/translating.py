"""A translation beside what a source said, which stays as it is."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import principal_of
from chassis.outbox import announce
from chassis.records import read_record
from contracts.events.reports import ObservationTranslated
from contracts.vocabulary import CENTRE
from services.reports.incidents.tables import Observation
from services.reports.triage.schemas import TranslationBody
from services.reports.triage.tables import Translation


async def translate_observation(session: AsyncSession, observation_id: UUID, body: TranslationBody) -> Translation:
    """Put a translation beside an account, in place of the last one into that language, which is kept."""
    observation = await read_record(session, Observation, observation_id, "observation")
    translation = Translation(observation_id=observation.id, translated_by=principal_of(session).client_id, **body.model_dump())
    session.add(translation)
    await session.flush()
    # Its originator is not told that the Centre translated it.
    label = observation.label.model_copy(update={"originator": CENTRE})
    await announce(session, ObservationTranslated(id=observation.id, version=observation.version, label=label, language=body.language))
    return translation
