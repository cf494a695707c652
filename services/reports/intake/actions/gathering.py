"""Small deliveries of a feed that come at the same time are stored together (chassis.gathering); each has its own receipt (R5)."""

import asyncio
from collections.abc import Iterator
from contextvars import Context
from dataclasses import dataclass
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit
from chassis.database import principal_of
from chassis.errors import Problem
from chassis.outbox import announce_caused
from services.reports.feeds.adapters import Row
from services.reports.feeds.tables import Feed
from services.reports.intake.actions.judging import judge_together
from services.reports.intake.actions.receiving import (
    Delivery,
    accepted,
    new_receipt,
    note_repetition,
    open_feed,
    reader_of,
    receive_delivery,
)
from services.reports.intake.actions.storing import Part, stage_rows, store_parts
from services.reports.intake.queries import known_deliveries
from services.reports.intake.rules import Speaker, SubmissionStatus
from services.reports.intake.tables import Submission

Found = Submission | Exception
OPERATION = "submitObservations"


@dataclass(frozen=True)
class Arrival:
    """A delivery with the context of the request that brought it."""

    delivery: Delivery
    context: Context


async def receive_arrivals(session: AsyncSession, feed_id: str, arrivals: list[Arrival]) -> list[Found]:
    """A receipt for each, in their order, or why it cannot be read; each is audited for its own request."""
    feed = await open_feed(session, feed_id)
    if len(arrivals) > 1:
        found = await _receive_together(session, feed, arrivals)
    else:
        found = [await receive_delivery(session, feed_id, each.delivery) for each in arrivals]
    principal = principal_of(session)
    received = [(each.context, receipt.id) for each, receipt in zip(arrivals, found, strict=True) if isinstance(receipt, Submission)]
    rows = [context.run(audit.audit_row, principal, OPERATION, [str(receipt)], "202") for context, receipt in received]
    await audit.record_rows(session, rows)
    return found


async def _receive_together(session: AsyncSession, feed: Feed, arrivals: list[Arrival]) -> list[Found]:
    """What came before has its first receipt; so has what comes twice at the same time."""
    first, working = await known_deliveries(session, feed.id, [each.delivery.sha256 for each in arrivals])
    if working:
        return [await receive_delivery(session, feed.id, each.delivery) for each in arrivals]
    found: dict[tuple[str, str], Found] = dict(first)
    for known in found.values():
        if isinstance(known, Submission):
            note_repetition(feed, known)
    new: dict[tuple[str, str], Arrival] = {}
    for each in arrivals:
        if _key(each) not in found:
            new.setdefault(_key(each), each)
    found |= await _store(session, feed, new)
    return [found[_key(each)] for each in arrivals]


async def _store(session: AsyncSession, feed: Feed, new: dict[tuple[str, str], Arrival]) -> dict[tuple[str, str], Found]:
    access = principal_of(session).access
    reads = [partial(_read, feed, each.delivery) for each in new.values()]
    judged, staged = await asyncio.to_thread(judge_together, reads, Speaker(feed.organization, access))
    found: dict[tuple[str, str], Found] = {}
    parts = []
    for (key, arrival), each in zip(new.items(), judged, strict=True):
        if isinstance(each, Problem):
            found[key] = each
            continue
        each.read_bytes = arrival.delivery.size
        found[key] = receipt = new_receipt(feed, arrival.delivery, access.rank)
        receipt.status = SubmissionStatus.completed
        parts.append(Part(receipt, each, arrival.context))
    observed = await store_parts(session, feed, await stage_rows(session, staged), parts)
    await announce_caused(session, [*observed, *((part.context, accepted(part.submission)) for part in parts)])
    return found


def _key(arrival: Arrival) -> tuple[str, str]:
    return arrival.delivery.sha256, arrival.delivery.media_type


def _read(feed: Feed, delivery: Delivery) -> Iterator[Row]:
    delivery.file.seek(0)
    return reader_of(feed, delivery.media_type)(delivery.file)
