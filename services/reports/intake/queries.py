"""Reads of submissions."""

from typing import Final
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.pagination import Paging, Rows, page_by_key
from chassis.records import read_record
from services.reports.intake.rules import SubmissionStatus
from services.reports.intake.tables import Rejection, Submission


async def list_submissions(session: AsyncSession, paging: Paging, feed: str | None) -> Rows[Submission]:
    """Submissions, newest first."""
    query = select(Submission)
    if feed:
        query = query.where(Submission.feed == feed)
    return await page_by_key(session, query, Submission, paging)


async def list_rejections(session: AsyncSession, submission_id: UUID, paging: Paging) -> Rows[Rejection]:
    """The refused rows of a submission in their order; NotFound when the caller may not see the submission."""
    await read_record(session, Submission, submission_id, "submission")
    query = select(Rejection).where(Rejection.submission_id == submission_id).order_by(Rejection.row).limit(paging.limit + 1)
    if paging.after is not None:
        query = query.where(Rejection.row > int(paging.after))
    return paging.cut((await session.execute(query)).scalars().all(), lambda refused: refused.row)


_WORKING: Final = Submission.status.in_([SubmissionStatus.received, SubmissionStatus.processing])


async def known_deliveries(session: AsyncSession, feed: str, hashes: list[str]) -> tuple[dict[tuple[str, str], Submission], bool]:
    """The receipts given for the same bytes before (R5), by hash and media type; and whether a delivery of the feed is kept
    and not stored yet: what comes later must not overtake it.
    """
    query = select(Submission).where(Submission.feed == feed, or_(Submission.sha256.in_(hashes), _WORKING))
    found = list((await session.execute(query)).scalars())
    first = {(each.sha256, each.media_type): each for each in found if each.sha256 in hashes}
    return first, any(each.status in (SubmissionStatus.received, SubmissionStatus.processing) for each in found)


async def next_deliveries(session: AsyncSession) -> list[UUID]:
    """Of each feed the first delivery that is not stored yet."""
    query = select(Submission.id).where(_WORKING).ext(distinct_on(Submission.feed)).order_by(Submission.feed, Submission.id)
    return list((await session.execute(query)).scalars())
