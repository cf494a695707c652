"""Receiving a delivery: one receipt, given when the delivery is durable (R5, R7)."""

import asyncio
from contextlib import aclosing
from dataclasses import dataclass
from typing import BinaryIO, Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import new_id, now
from chassis.database import notify, principal_of
from chassis.errors import NotFound
from chassis.outbox import announce
from contracts.events.reports import SubmissionAccepted
from services.reports.feeds import adapters
from services.reports.feeds.rules import resets_clock
from services.reports.feeds.tables import Feed
from services.reports.intake.actions.judging import SLICE_ROWS, judge_ahead
from services.reports.intake.actions.keeping import keep_parts
from services.reports.intake.actions.storing import stage_rows, store_slice
from services.reports.intake.errors import NotTheirFeed
from services.reports.intake.queries import known_deliveries
from services.reports.intake.rules import Speaker, SubmissionStatus
from services.reports.intake.tables import Submission

# About two seconds. What is over either is kept, acknowledged, and worked off slice by slice, so that nobody waits for it.
AT_ONCE_BYTES: Final = 16 * 1024 * 1024
AT_ONCE_ROWS: Final = 2 * SLICE_ROWS
CHANNEL: Final = "deliveries"


@dataclass(frozen=True)
class Delivery:
    """What a feed sent: the file, its length and hash, and what it is said to be."""

    media_type: str
    sha256: str
    size: int
    file: BinaryIO


async def open_feed(session: AsyncSession, feed_id: str) -> Feed:
    """The feed, locked as by `lock_feed`, unless the caller does not know of it or is not its voice."""
    feed = await session.get(Feed, feed_id, with_for_update=True)
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
    first, working = await known_deliveries(session, feed_id, [delivery.sha256])
    if known := first.get((delivery.sha256, delivery.media_type)):
        note_repetition(feed, known)
        return known
    at_once = delivery.size <= AT_ONCE_BYTES and not working
    submission = new_receipt(feed, delivery, principal_of(session).access.rank)
    session.add(submission)
    await session.flush()
    if not (at_once and await _store_at_once(session, feed, submission, delivery)):
        await _keep(session, feed, submission, delivery)
    return submission


def note_repetition(feed: Feed, known: Submission) -> None:
    """The same bytes once more are a sign of life, too (R7)."""
    if known.status == SubmissionStatus.completed and resets_clock(known.received, known.rejected - known.set_aside):
        feed.last_delivery_at = now()


async def lock_feed(session: AsyncSession, feed_id: str) -> Feed:
    """One delivery of a feed at a time: each sees what the one before stored."""
    query = select(Feed).where(Feed.id == feed_id).with_for_update().execution_options(populate_existing=True)
    return (await session.execute(query)).scalars().one()


def new_receipt(feed: Feed, delivery: Delivery, access: int) -> Submission:
    """The receipt of a delivery of which no row is stored yet."""
    submission = Submission(
        id=new_id(), feed=feed.id, media_type=delivery.media_type, sha256=delivery.sha256, size=delivery.size, access=access,
        status=SubmissionStatus.received, read_bytes=0, received=0, accepted=0, duplicate=0, rejected=0, set_aside=0, attempts=0,
    )  # fmt: skip
    submission.label = feed.default_label
    return submission


async def _store_at_once(session: AsyncSession, feed: Feed, submission: Submission, delivery: Delivery) -> bool:
    """Store it, or its first rows; False when there are more."""
    speaker = Speaker(feed.organization, principal_of(session).access)
    delivery.file.seek(0)
    rows = reader_of(feed, delivery.media_type)(delivery.file)
    async with aclosing(judge_ahead(rows, delivery.file, speaker)) as slices:
        async for judged in slices:
            if submission.received >= AT_ONCE_ROWS:
                return False
            await store_slice(session, feed, submission, judged, await stage_rows(session, judged.staged))
    await complete(session, feed, submission)
    return True


async def complete(session: AsyncSession, feed: Feed, submission: Submission) -> None:
    """Close the receipt and announce it."""
    submission.status, submission.read_bytes = SubmissionStatus.completed, submission.size
    if submission.received == 0:
        feed.last_delivery_at = now()
    await session.flush()
    await announce(session, accepted(submission))


def accepted(submission: Submission) -> SubmissionAccepted:
    """A receipt as it is announced."""
    counts = {name: getattr(submission, name) for name in ("feed", "received", "accepted", "duplicate", "rejected")}
    return SubmissionAccepted(id=submission.id, label=submission.label, **counts)


async def _keep(session: AsyncSession, feed: Feed, submission: Submission, delivery: Delivery) -> None:
    """Keep it, once its first row shows that it can be read at all."""
    delivery.file.seek(0)
    await asyncio.to_thread(next, reader_of(feed, delivery.media_type)(delivery.file), None)
    delivery.file.seek(0)
    await keep_parts(session, submission.id, delivery.file)
    await notify(session, CHANNEL)
