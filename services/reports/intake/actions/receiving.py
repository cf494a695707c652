"""Receiving a delivery: one receipt, given when the delivery is durable (R5, R7)."""

import asyncio
from contextlib import aclosing
from dataclasses import dataclass
from typing import BinaryIO, Final

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import new_id, now
from chassis.database import principal_of
from chassis.errors import NotFound
from chassis.outbox import announce
from contracts.events.reports import SubmissionAccepted
from services.reports.feeds import adapters
from services.reports.feeds.rules import resets_clock
from services.reports.feeds.tables import Feed
from services.reports.intake.actions.judging import SLICE_ROWS, judge_ahead
from services.reports.intake.actions.keeping import keep_parts
from services.reports.intake.actions.storing import store_slice
from services.reports.intake.errors import NotTheirFeed
from services.reports.intake.queries import first_receipt, is_working
from services.reports.intake.rules import Speaker, SubmissionStatus
from services.reports.intake.tables import Submission

# About two seconds. What is over either is kept, acknowledged, and worked off slice by slice, so that nobody waits for it.
AT_ONCE_BYTES: Final = 16 * 1024 * 1024
AT_ONCE_ROWS: Final = 2 * SLICE_ROWS
CHANNEL: Final = "deliveries"
_NOTIFY: Final = text(f"notify {CHANNEL}")


@dataclass(frozen=True)
class Delivery:
    """What a feed sent: the file, its length and hash, and what it is said to be."""

    media_type: str
    sha256: str
    size: int
    file: BinaryIO


async def open_feed(session: AsyncSession, feed_id: str) -> Feed:
    """The feed, unless the caller does not know of it or is not its voice."""
    feed = await session.get(Feed, feed_id)
    if feed is None:
        raise NotFound("feed")
    if feed.organization != principal_of(session).organization:
        raise NotTheirFeed
    return feed


def reader_of(feed: Feed, media_type: str) -> adapters.Reader:
    """Who reads the media type for this feed; FormatNotTaken when its adapter does not."""
    return adapters.reader_of(feed.adapter, media_type, feed.context)


async def receive_delivery(session: AsyncSession, feed_id: str, delivery: Delivery) -> Submission:
    """Take in a delivery of a feed and give its receipt; for bytes that came before, the first receipt again.

    A small one is stored at once. A large one, and any behind one that is not stored yet, is kept and stored in its turn.
    """
    feed = await lock_feed(session, feed_id)
    known = await first_receipt(session, feed_id, delivery.media_type, delivery.sha256)
    if known is not None:
        if known.status == SubmissionStatus.completed and resets_clock(known.received, known.rejected - known.set_aside):
            feed.last_delivery_at = now()
        return known
    at_once = delivery.size <= AT_ONCE_BYTES and not await is_working(session, feed_id)
    submission = _receipt(feed, delivery, principal_of(session).access.rank)
    session.add(submission)
    await session.flush()
    if not (at_once and await _store_at_once(session, feed, submission, delivery)):
        await _keep(session, feed, submission, delivery)
    return submission


async def lock_feed(session: AsyncSession, feed_id: str) -> Feed:
    """One delivery of a feed at a time: each sees what the one before stored."""
    query = select(Feed).where(Feed.id == feed_id).with_for_update().execution_options(populate_existing=True)
    return (await session.execute(query)).scalars().one()


def _receipt(feed: Feed, delivery: Delivery, access: int) -> Submission:
    submission = Submission(
        id=new_id(), feed=feed.id, media_type=delivery.media_type, sha256=delivery.sha256, size=delivery.size, access=access,
        status=SubmissionStatus.received, read_bytes=0, received=0, accepted=0, duplicate=0, rejected=0, set_aside=0, attempts=0,
    )  # fmt: skip
    submission.label = feed.default_label
    return submission


async def _store_at_once(session: AsyncSession, feed: Feed, submission: Submission, delivery: Delivery) -> bool:
    """Store it, or its first rows; False when there are more."""
    speaker = Speaker(feed.organization, principal_of(session).access)
    rows = reader_of(feed, delivery.media_type)(delivery.file)
    async with aclosing(judge_ahead(rows, delivery.file, speaker)) as slices:
        async for judged in slices:
            if submission.received >= AT_ONCE_ROWS:
                return False
            await store_slice(session, feed, submission, judged)
    await complete(session, feed, submission)
    return True


async def complete(session: AsyncSession, feed: Feed, submission: Submission) -> None:
    """Close the receipt and announce it."""
    submission.status, submission.read_bytes = SubmissionStatus.completed, submission.size
    if submission.received == 0:
        feed.last_delivery_at = now()
    await session.flush()
    counts = {name: getattr(submission, name) for name in ("feed", "received", "accepted", "duplicate", "rejected")}
    await announce(session, SubmissionAccepted(id=submission.id, label=submission.label, **counts))


async def _keep(session: AsyncSession, feed: Feed, submission: Submission, delivery: Delivery) -> None:
    """Keep it, once its first row shows that it can be read at all."""
    delivery.file.seek(0)
    await asyncio.to_thread(next, reader_of(feed, delivery.media_type)(delivery.file), None)
    delivery.file.seek(0)
    await keep_parts(session, submission.id, delivery.file)
    await notify_deliveries(session)


async def notify_deliveries(session: AsyncSession) -> None:
    """Wake whoever works off deliveries, when this transaction has committed."""
    await session.execute(_NOTIFY)
