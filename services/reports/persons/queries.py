"""Reads of persons named in observations."""

from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.audience import picked
from chassis.database import seeing_all
from chassis.pagination import Paging, Rows, page_by_key
from chassis.records import read_record
from contracts.names import NamedPlaces
from services.reports.incidents.queries import see_incidents
from services.reports.incidents.tables import Observation
from services.reports.names.adapters.lexicon import lexicon
from services.reports.names.queries import marks_of
from services.reports.names.rules import Marks
from services.reports.names.tables import NameMark, NamesShown
from services.reports.persons.rules import Person, list_persons
from services.reports.persons.schemas import MarkOut
from services.reports.production.rules import Content, places_named


async def find_persons(session: AsyncSession, observation_id: UUID) -> Rows[Person]:
    """The persons an observation names; NotFound when the caller may not read it."""
    told = await read_record(session, Observation, observation_id, "observation")
    marks = await _marks(session, told)
    return Rows(list_persons(lexicon(), {"title": told.title, "text": told.text}, marks))


_MARK: Final = (
    "id", "observation_id", "words", "role", "state", "marked_by", "version", "created_at",
    "updated_at",
)  # fmt: skip


def show_mark(mark: NameMark, told: Observation) -> MarkOut:
    """A mark, with the label of the observation it was made in."""
    return MarkOut(**picked(mark, _MARK), label=told.label)


async def see_mark(session: AsyncSession, mark_id: UUID) -> MarkOut:
    """One mark; NotFound when the caller may not read its observation."""
    mark = await read_record(session, NameMark, mark_id, "mark")
    told = await read_record(session, Observation, mark.observation_id, "mark")
    return show_mark(mark, told)


async def _marks(session: AsyncSession, told: Observation) -> list[NameMark]:
    """Of all versions, also those the caller may not read: shown is only what stands in this one."""
    query = select(NameMark).where(NameMark.feed == told.feed, NameMark.external_id == told.external_id)
    async with seeing_all(session, "reports"):
        return list((await session.execute(query)).scalars())


async def find_in_report(session: AsyncSession, content: Content) -> NamedPlaces:
    """Where a report names persons. What it cites is read whoever asks, so that no name slips because its source is hidden."""
    async with seeing_all(session, "reports"):
        incidents = await see_incidents(session, [key for kind, key in content.cited if kind == "incident"], whole=True)
        query = select(Observation).where(Observation.id.in_([key for kind, key in content.cited if kind == "observation"]))
        told = [*(await session.execute(query)).scalars(), *(account for each in incidents.values() for account in each.told)]
        marks = (await marks_of(session, told)).values()
    named = tuple(words for each in marks for words in each.named)
    dismissed = tuple(words for each in marks for words in each.dismissed if words not in named)
    return places_named(lexicon(), content, Marks(named, dismissed), [text for each in told for text in (each.title, each.text)])


async def list_names_shown(session: AsyncSession, paging: Paging) -> Rows[NamesShown]:
    """When names were taken out in files, newest first."""
    return await page_by_key(session, select(NamesShown), NamesShown, paging)
