"""Keeping which articles mention a lead, in the transaction of the delivery that says so."""

import hashlib
from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.reports.feeds.adapters.rows import MentionSaid
from services.reports.incidents.tables import Mention, Observation

ROWS_AT_ONCE = 1_000


class Kept(NamedTuple):
    """How many mentions are new, and the external_ids of leads that are not known."""

    new: int
    unknown: set[str]


async def keep_mentions(session: AsyncSession, feed: str, submission_id: UUID, said: Iterable[MentionSaid]) -> Kept:
    """Keep the mentions of the leads that this feed brought, each article once."""
    told = list(said)
    named = {each.external_id for each in told}
    query = select(Observation.external_id).distinct().where(Observation.feed == feed, Observation.external_id.in_(named))
    known = set((await session.execute(query)).scalars())
    rows = [_row(feed, submission_id, each) for each in told if each.external_id in known]
    new = 0
    for begin in range(0, len(rows), ROWS_AT_ONCE):
        adding = insert(Mention).values(rows[begin : begin + ROWS_AT_ONCE]).on_conflict_do_nothing()
        new += len((await session.execute(adding.returning(Mention.feed))).all())
    return Kept(new, named - known)


def _row(feed: str, submission_id: UUID, said: MentionSaid) -> dict[str, Any]:
    digest = hashlib.sha256(said.article.encode()).digest()
    return said._asdict() | {"feed": feed, "submission_id": submission_id, "article_hash": digest}
