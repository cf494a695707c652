"""Reads of mentions."""

from typing import Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.records import read_record
from services.reports.incidents.tables import Mention, Observation
from services.reports.mentions.schemas import MentionsOut, SourceMentions

MOST_SOURCES: Final = 200
_ARTICLES: Final = func.count().label("articles")
_ABOUT: Final = (
    _ARTICLES,
    func.max(Mention.confidence).label("confidence"),
    func.min(Mention.mentioned_at).label("first_at"),
    func.max(Mention.mentioned_at).label("last_at"),
)


async def see_mentions(session: AsyncSession, observation_id: UUID) -> MentionsOut:
    """How many articles of which sources mention an observation; NotFound when the caller may not read it."""
    about = await read_record(session, Observation, observation_id, "observation")
    these = (Mention.feed == about.feed, Mention.external_id == about.external_id)
    whole = select(func.count(Mention.source.distinct()).label("sources"), *_ABOUT).where(*these)
    by_source = select(Mention.source, *_ABOUT).where(*these).group_by(Mention.source).order_by(_ARTICLES.desc(), Mention.source)
    found = await session.execute(by_source.limit(MOST_SOURCES))
    sources = [SourceMentions.model_validate(row._mapping) for row in found]
    return MentionsOut(**(await session.execute(whole)).one()._mapping, by_source=sources)
