"""Deciding of words in an observation whether they name a person. The text itself stays as its source said it."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import new_id, now
from chassis.database import principal_of
from chassis.outbox import announce
from chassis.records import change_record, read_record
from contracts.events.reports import PersonMarked
from contracts.vocabulary import CENTRE
from services.reports.incidents.actions import describe_anew
from services.reports.incidents.tables import Observation
from services.reports.names.errors import AlreadyMarked, NotInText
from services.reports.names.rules import MarkState, Role, key_of, stand_in
from services.reports.names.tables import NameMark
from services.reports.persons.queries import show_mark
from services.reports.persons.schemas import MarkBody, MarkOut


async def mark_person(session: AsyncSession, observation_id: UUID, body: MarkBody) -> MarkOut:
    """Confirm, dismiss or add words of an observation. NotInText, AlreadyMarked."""
    told = await read_record(session, Observation, observation_id, "observation")
    if not stand_in([told.title, told.text], body.words):
        raise NotInText
    row = {"id": new_id(), "created_at": now(), "updated_at": now(), "version": 1, "observation_id": told.id}
    said = {"feed": told.feed, "external_id": told.external_id, "words": body.words, "key": key_of(body.words)}
    decided = {"role": body.role, "state": body.state, "marked_by": principal_of(session).client_id}
    kept = insert(NameMark).values(row | said | decided).on_conflict_do_nothing().returning(NameMark.id)
    key = (await session.execute(kept)).scalar_one_or_none()
    if key is None:
        raise AlreadyMarked
    return await _say(session, await read_record(session, NameMark, key, "mark"), told)


async def decide_mark(session: AsyncSession, mark_id: UUID, state: MarkState, role: Role | None = None) -> MarkOut:
    """Decide anew of words that were marked."""
    mark = await change_record(session, NameMark, mark_id, "mark")
    mark.state, mark.marked_by = state, principal_of(session).client_id
    mark.role = role or mark.role
    await session.flush()
    return await _say(session, mark, await read_record(session, Observation, mark.observation_id, "mark"))


async def _say(session: AsyncSession, mark: NameMark, told: Observation) -> MarkOut:
    """Without the words: that there is a mark is the Centre's own judgement, and the source is not told."""
    label = told.label.model_copy(update={"originator": CENTRE})
    said = PersonMarked(id=mark.id, version=mark.version, label=label, observation=told.id, decision=mark.state)
    await announce(session, said)
    await describe_anew(session, told)
    return show_mark(mark, told)
