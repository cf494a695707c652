"""Reads of what people decided of names, for whoever has to withhold them."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import seeing_all
from services.reports.names.rules import Marks, MarkState
from services.reports.names.tables import NameMark

Key = tuple[str, str]


class HasKey(Protocol):
    """What a source named: an observation, in whatever version."""

    feed: Any
    external_id: Any


async def marks_of(session: AsyncSession, told: Iterable[HasKey]) -> Mapping[Key, Marks]:
    """What was decided of the words of each, by feed and external id.

    Whoever asks: a name that a person marked is withheld from those, too, who may not read the version it was marked in.
    """
    keys = {(each.feed, each.external_id) for each in told}
    found: dict[Key, Marks] = dict.fromkeys(keys, Marks())
    if not keys:
        return found
    async with seeing_all(session, "reports"):
        query = select(NameMark).where(tuple_(NameMark.feed, NameMark.external_id).in_(keys))
        marks = list((await session.execute(query)).scalars())
    for mark in marks:
        known = found[mark.feed, mark.external_id]
        named = mark.state == MarkState.confirmed
        change = {"named": (*known.named, mark.words)} if named else {"dismissed": (*known.dismissed, mark.words)}
        found[mark.feed, mark.external_id] = known._replace(**change)
    return found
