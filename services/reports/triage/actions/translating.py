"""A translation beside what a source said, which stays as it is."""

from functools import reduce
from uuid import UUID

from sqlalchemy import ColumnElement, Text, func, literal, literal_column, select, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import principal_of
from chassis.errors import NotFound
from chassis.outbox import announce
from contracts.events.reports import ObservationTranslated
from contracts.vocabulary import CENTRE
from services.reports.incidents.actions import learn_words
from services.reports.incidents.tables import Observation
from services.reports.intake.rules import spelled_words
from services.reports.triage.queries import last_translations
from services.reports.triage.schemas import TranslationBody
from services.reports.triage.tables import Translation


async def translate_observation(session: AsyncSession, observation_id: UUID, body: TranslationBody) -> Translation:
    """Put a translation beside an account, in place of the last one into that language, which is kept. What it says is searched."""
    observation = await _lock(session, observation_id)
    translation = Translation(observation_id=observation.id, translated_by=principal_of(session).client_id, **body.model_dump())
    session.add(translation)
    await session.flush()
    await _search(session, observation)
    # Its originator is not told that the Centre translated it.
    label = observation.label.model_copy(update={"originator": CENTRE})
    await announce(session, ObservationTranslated(id=observation.id, version=observation.version, label=label, language=body.language))
    return translation


async def _lock(session: AsyncSession, observation_id: UUID) -> Observation:
    """The account, alone: of two who translate it at once, the second sees what the first wrote. NotFound as for any reader."""
    found = await session.execute(select(Observation).where(Observation.id == observation_id).with_for_update())
    observation = found.scalar_one_or_none()
    if observation is None:
        raise NotFound("observation")
    return observation


async def _search(session: AsyncSession, observation: Observation) -> None:
    """No version of the account, and nothing else about it changes: its source would see that somebody works on it."""
    held = await last_translations(session, [observation.id])
    words = reduce(lambda told, each: told.op("||")(each), map(_vector, held))
    told = update(Observation).where(Observation.id == observation.id).values(translated=words, updated_at=Observation.updated_at)
    await session.execute(told.execution_options(synchronize_session=False))
    await learn_words(session, (word for each in held for word in spelled_words(each.title, each.text)))


def _vector(said: Translation) -> ColumnElement[str]:
    """As what a source says is searched (incidents/tables.SEARCHED)."""
    title = func.setweight(func.to_tsvector("russian", said.title), literal_column("'A'"))
    spelled = func.array_to_tsvector(literal(spelled_words(said.title, said.text), ARRAY(Text())))
    return title.op("||")(func.to_tsvector("russian", said.text or "")).op("||")(spelled)
