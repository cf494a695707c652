"""Working off what was kept: slice after slice, each in a transaction that also moves the receipt's place (R5).

Whoever goes on after a crash begins behind the last slice that was committed.
"""

import asyncio
from collections.abc import AsyncIterable
from contextlib import aclosing
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import AWAY, Database, notify
from chassis.errors import Problem
from chassis.logs import log
from chassis.outbox import announce
from chassis.principal import system_principal
from chassis.records import change_record
from contracts.events.reports import SubmissionAdvanced, SubmissionFailed
from contracts.vocabulary import Sensitivity
from services.reports.feeds.tables import Feed
from services.reports.intake.actions.judging import Judged, judge_ahead
from services.reports.intake.actions.keeping import drop_parts, kept_file
from services.reports.intake.actions.receiving import CHANNEL, complete, lock_feed, reader_of
from services.reports.intake.actions.storing import stage_rows, store_slice
from services.reports.intake.errors import NothingToRetry
from services.reports.intake.queries import next_deliveries
from services.reports.intake.rules import MAX_ATTEMPTS, Speaker, SubmissionStatus
from services.reports.intake.tables import Submission

INTAKE: Final = system_principal("reports").model_copy(update={"client_id": "system:intake"})
_UNFORESEEN: Final = "It could not be stored, and is kept. The Centre has been told and can try again."
logger = log(__name__)


class MovedMeanwhile(Exception):
    """Another process has stored slices of this delivery, so it lost the lock and we have it, or the other way round."""


async def work_off(database: Database) -> bool | None:
    """Store the first kept delivery of every feed, the feeds side by side.

    None when there is nothing to store, True when all were stored, False when one failed.
    """
    async with database.transaction(INTAKE) as session:
        waiting = await next_deliveries(session)
    ended = await asyncio.gather(*(_work_off_one(database, each) for each in waiting), return_exceptions=True)
    for each in ended:
        if isinstance(each, BaseException):
            raise each
    return all(ended) if ended else None


async def _work_off_one(database: Database, submission_id: UUID) -> bool:
    """Store one delivery to its end; False when it failed, which is noted on its receipt."""
    try:
        await _store_all(database, submission_id)
    except AWAY:
        raise
    except Problem as refusal:
        await _give_up(database, submission_id, refusal.detail)
    except Exception:
        logger.exception("delivery not stored", submission=str(submission_id))
        await _note_attempt(database, submission_id)
        return False
    return True


async def _store_all(database: Database, submission_id: UUID) -> None:
    async with database.transaction(INTAKE) as session:
        submission = await session.get_one(Submission, submission_id)
        feed = await session.get_one(Feed, submission.feed)
    speaker = Speaker(feed.organization, Sensitivity.of_rank(submission.access))
    async with kept_file(database, INTAKE, submission) as file:
        done, rows = submission.received, reader_of(feed, submission.media_type)(file)
        async with aclosing(judge_ahead(rows, file, speaker, done)) as slices:
            await _store_slices(database, submission_id, done, slices)
    async with database.transaction(INTAKE) as session:
        submission = await change_record(session, Submission, submission_id, "submission")
        await complete(session, await lock_feed(session, submission.feed), submission)
        await drop_parts(session, submission_id)


async def _store_slices(database: Database, submission_id: UUID, done: int, slices: AsyncIterable[Judged]) -> None:
    """One after the other; while one is stored, the rows of the next are staged."""
    before = coming = asyncio.create_task(asyncio.sleep(0))
    try:
        async for judged in slices:
            coming = asyncio.create_task(_store_slice(database, submission_id, done, judged, before))
            done += judged.rows
            await before
            before = coming
        await before
    finally:
        before.cancel()
        coming.cancel()
        await asyncio.gather(before, coming, return_exceptions=True)


async def _store_slice(database: Database, submission_id: UUID, done: int, judged: Judged, before: "asyncio.Task[None]") -> None:
    """Stage it, and store it when the one before is stored; nothing of it stays when that one fails."""
    async with database.transaction(INTAKE) as session:
        staged = await stage_rows(session, judged.staged)
        await before
        await _store_next(session, submission_id, done, judged, staged)


async def _store_next(session: AsyncSession, submission_id: UUID, done: int, judged: Judged, staged: int) -> None:
    submission = await change_record(session, Submission, submission_id, "submission")
    if submission.received != done or submission.status == SubmissionStatus.completed:
        raise MovedMeanwhile
    await store_slice(session, await lock_feed(session, submission.feed), submission, judged, staged)
    submission.status, submission.attempts = SubmissionStatus.processing, 0
    await session.flush()
    names = ("feed", "size", "read_bytes", "received", "accepted", "duplicate", "rejected")
    counts = {name: getattr(submission, name) for name in names}
    await announce(session, SubmissionAdvanced(id=submission.id, label=submission.label, **counts))


async def _note_attempt(database: Database, submission_id: UUID) -> None:
    """Count a failure in a transaction of its own; a crash or a lost database counts for none."""
    async with database.transaction(INTAKE) as session:
        submission = await change_record(session, Submission, submission_id, "submission")
        submission.attempts += 1
        spent = submission.attempts >= MAX_ATTEMPTS
    if spent:
        await _give_up(database, submission_id, _UNFORESEEN)


async def _give_up(database: Database, submission_id: UUID, reason: str) -> None:
    async with database.transaction(INTAKE) as session:
        submission = await change_record(session, Submission, submission_id, "submission")
        submission.status, submission.failure = SubmissionStatus.failed, reason
        await session.flush()
        await announce(session, SubmissionFailed(id=submission.id, label=submission.label, feed=submission.feed))


async def retry_submission(session: AsyncSession, submission_id: UUID) -> Submission:
    """Let a delivery that was given up be worked off once more, from where it stopped. NothingToRetry for any other."""
    submission = await change_record(session, Submission, submission_id, "submission")
    if submission.status != SubmissionStatus.failed:
        raise NothingToRetry
    submission.status, submission.failure, submission.attempts = SubmissionStatus.received, None, 0
    await session.flush()
    await notify(session, CHANNEL)
    return submission
