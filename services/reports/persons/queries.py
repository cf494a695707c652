"""Reads of persons named in observations."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import seeing_all
from chassis.pagination import Paging, page_by_key
from chassis.records import read_record
from contracts.labels import Label
from services.reports.incidents.tables import Observation
from services.reports.names.adapters.lexicon import lexicon
from services.reports.names.tables import NameMark, NamesShown
from services.reports.persons.rules import list_persons


async def find_persons(session: AsyncSession, observation_id: UUID) -> dict[str, Any]:
    """The persons an observation names; NotFound when the caller may not read it."""
    told = await read_record(session, Observation, observation_id, "observation")
    marks = await _marks(session, told)
    return {"items": list_persons(lexicon(), {"title": told.title, "text": told.text}, marks), "next": None}


@dataclass(frozen=True)
class MarkSeen:
    """A mark with the label of the observation it was made in."""

    mark: NameMark
    label: Label

    def __getattr__(self, name: str) -> Any:
        return getattr(self.mark, name)


async def see_mark(session: AsyncSession, mark_id: UUID) -> MarkSeen:
    """One mark; NotFound when the caller may not read its observation."""
    mark = await read_record(session, NameMark, mark_id, "mark")
    told = await read_record(session, Observation, mark.observation_id, "mark")
    return MarkSeen(mark, told.label)


async def _marks(session: AsyncSession, told: Observation) -> list[NameMark]:
    """Of all versions, also those the caller may not read: shown is only what stands in this one."""
    query = select(NameMark).where(NameMark.feed == told.feed, NameMark.external_id == told.external_id)
    async with seeing_all(session, "reports"):
        return list((await session.execute(query)).scalars())


async def list_names_shown(session: AsyncSession, paging: Paging) -> dict[str, Any]:
    """When names were taken out in files, newest first."""
    return await page_by_key(session, select(NamesShown), NamesShown, paging)
