"""A feed's silence is announced once, and so is its return (R7); whether it can be fetched is settled by the settings."""

from collections.abc import Set
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.outbox import announce
from contracts.events.reports import FeedHeard, FeedSilent
from services.reports.feeds.rules import FeedState
from services.reports.feeds.tables import Feed, FeedHealth


async def announce_silence(session: AsyncSession) -> None:
    """Announce feeds that fell silent since the last time, and those that were heard again.

    The clock judges at every read; this only tells. Any number of processes may sweep: each change is locked by one.
    """
    for feed in (await session.execute(select(Feed).order_by(Feed.id))).scalars():
        is_silent, is_told = feed.state is FeedState.silent, feed.health.silent_since is not None
        if is_silent != is_told and (health := await _lock(session, feed.id)) and (health.silent_since is not None) == is_told:
            since = feed.last_delivery_at or feed.created_at
            health.silent_since = since if is_silent else None
            await announce(session, _told(feed, is_silent, since))


def _told(feed: Feed, is_silent: bool, since: datetime) -> FeedSilent | FeedHeard:
    if is_silent:
        minutes = feed.expected_interval_minutes
        return FeedSilent(id=feed.id, version=feed.version, label=feed.label, since=since, expected_interval_minutes=minutes)
    return FeedHeard(id=feed.id, version=feed.version, label=feed.label, state=feed.state.value)


async def _lock(session: AsyncSession, feed_id: str) -> FeedHealth | None:
    query = select(FeedHealth).where(FeedHealth.feed == feed_id).with_for_update(skip_locked=True)
    return (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()


async def settle_credentials(session: AsyncSession, held: Set[str]) -> None:
    """A feed whose credentials are not among those `held` by the settings is not configured (R7); with them it is due at once.

    Any number of processes may settle at once, and none of it is a version that an administrator's edit could overwrite.
    """
    is_configured = or_(Feed.credentials.is_(None), Feed.credentials.in_(held))
    changing = update(Feed).where(Feed.url.is_not(None), Feed.configured != is_configured)
    settled = changing.values(configured=is_configured).returning(Feed.id, Feed.configured)
    due = [feed for feed, configured in await session.execute(settled) if configured]
    if due:
        await session.execute(update(FeedHealth).where(FeedHealth.feed.in_(due)).values(next_pull_at=now()))
