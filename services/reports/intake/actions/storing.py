"""Storing a slice of a delivery: staged, sifted, formed into incidents, in the caller's transaction (R5)."""

from collections.abc import Iterable
from contextvars import Context, copy_context
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, LiteralString, NamedTuple, cast
from uuid import UUID

from psycopg import AsyncConnection
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.outbox import announce_caused
from contracts.events.reports import IncidentsObserved
from contracts.labels import Label
from contracts.vocabulary import Sensitivity, Tlp
from services.reports.feeds.adapters.rows import SET_ASIDE
from services.reports.feeds.rules import resets_clock
from services.reports.feeds.tables import Feed
from services.reports.incidents.actions import join_incidents, learn_words, open_incidents
from services.reports.incidents.rules import held_from
from services.reports.intake import tables
from services.reports.intake.actions.chaining import follow_chains
from services.reports.intake.actions.judging import Judged
from services.reports.intake.tables import Submission
from services.reports.mentions.actions import keep_mentions

# More keys than this in one event would outgrow what the bus carries; readers then ask for the submission.
KEYS_IN_EVENT: Final = 1_000
LINES_AT_ONCE: Final = 500
# Autovacuum counts once a minute. Until then the planner knows nothing of what the first deliveries brought and reads
# the whole table for each row of the next (measured: 10,000 rows in 9 s instead of 1, worse with each delivery).
_DOUBLED: Final = text("select (select count(*) from fresh) > reltuples from pg_class where oid = 'observations'::regclass")
_ANALYZE: Final = text("analyze observations")
_CREATE: Final = [text(statement) for statement in (tables.CREATE_STAGED, tables.CREATE_FRESH)]
_EMPTY: Final = text(tables.EMPTY)
# A plan that was kept from a small slice joins a large one row by row.
_PLAN_ANEW: Final = text("set local plan_cache_mode = force_custom_plan")
SMALL_SLICE: Final = 500
_SIFT: Final = text(tables.SIFT)
_SUPERSEDE: Final = text(tables.SUPERSEDE)
_STORE: Final = text(tables.STORE)


@dataclass(frozen=True)
class Brought:
    """What a delivery brought under one label."""

    submission: UUID
    label: Label
    count: int
    observations: list[UUID]
    incidents: list[UUID]

    @classmethod
    def of(cls, organization: str, row: Any) -> "Brought":
        """From a row of what `tables.STORE` gives."""
        submission, sensitivity, tlp, releasable_to, count, themes, countries, observations, incidents = row
        label = Label(
            sensitivity=Sensitivity.of_rank(sensitivity), tlp=tlp, originator=organization,
            themes=[each for each in themes if each], countries=[each for each in countries if each],
            releasable_to=releasable_to,
        )  # fmt: skip
        return cls(submission, label, count, observations or [], incidents or [])

    def observed(self) -> IncidentsObserved:
        """As it is announced."""
        return IncidentsObserved(
            id=self.submission, label=self.label, incidents=self.incidents, observations=self.observations, count=self.count
        )


class Part(NamedTuple):
    """A delivery, the rows of it that are stored now, and the context of the request that brought it."""

    submission: Submission
    judged: Judged
    context: Context


async def stage_rows(session: AsyncSession, lines: list[str]) -> int:
    """Copy the rows of a slice beside everything else, which waits for nobody, and forget them; how many this transaction then stores."""
    rows = len(lines)
    if rows:
        await _prepare(session, rows)
        await _copy(session, tables.COPY_STAGED, lines)
        lines.clear()
    return rows


async def store_slice(session: AsyncSession, feed: Feed, submission: Submission, judged: Judged, staged: int) -> None:
    """Store what was staged of a slice, count it on the receipt, reset the feed's clock (R7), and announce the incidents."""
    await announce_caused(session, await store_parts(session, feed, staged, [Part(submission, judged, copy_context())]))


async def store_parts(session: AsyncSession, feed: Feed, staged: int, parts: list[Part]) -> list[tuple[Context, IncidentsObserved]]:
    """The same for the rows of several deliveries of one feed, numbered through in the order of `parts`; gives what is to be announced."""
    brought = await _store_rows(session, feed, parts, staged) if staged else []
    for part in parts:
        mentioned = await _keep_mentions(session, feed, part) if part.judged.mentions else 0
        _count(feed, part, mentioned + sum(each.count for each in brought if each.submission == part.submission.id))
    session.add_all(part.submission for part in parts)
    await session.flush()
    if refused := [f"{part.submission.id}\t{each.copied()}\n" for part in parts for each in part.judged.refused]:
        await _copy(session, tables.COPY_REJECTIONS, refused)
    contexts = {part.submission.id: part.context for part in parts}
    return [(contexts[each.submission], each.observed()) for each in brought]


async def _keep_mentions(session: AsyncSession, feed: Feed, part: Part) -> int:
    """How many are new; those of leads that this feed has not brought are set aside."""
    said = part.judged.mentions
    kept = await keep_mentions(session, feed.id, part.submission.id, (mention for mention, _ in said))
    part.judged.refused += [otherwise for mention, otherwise in said if mention.external_id in kept.unknown]
    return kept.new


def _count(feed: Feed, part: Part, accepted: int) -> None:
    submission, judged = part.submission, part.judged
    submission.received += judged.rows
    submission.accepted += accepted
    submission.rejected += len(judged.refused)
    submission.duplicate += judged.rows - accepted - len(judged.refused)
    submission.read_bytes = judged.read_bytes
    submission.set_aside += sum(each.reason.startswith(SET_ASIDE) for each in judged.refused)
    if resets_clock(submission.received, submission.rejected - submission.set_aside):
        feed.last_delivery_at = now()


async def _store_rows(session: AsyncSession, feed: Feed, parts: list[Part], rows: int) -> list[Brought]:
    if any(part.judged.linked for part in parts):
        await follow_chains(session, feed.id)
    default = feed.default_label
    values = {"at": now(), "feed": feed.id, "sensitivity": default.sensitivity.rank, "tlp": default.tlp}
    values |= {"held_back": held_from(feed.trust)}
    await session.execute(_SIFT, values)
    await session.execute(_SUPERSEDE, values | {"tlps": [tlp.value for tlp in Tlp]})
    await join_incidents(session, feed.organization, rows)
    await learn_words(session, {word for part in parts for word in part.judged.words})
    # A lead supports nothing until a person grades it otherwise (R8): F and 6 cannot be judged.
    values |= {"reliability": "F", "credibility": 6} if feed.leads_only else {"reliability": None, "credibility": None}
    holding = [part for part in parts if part.judged.rows]
    values |= {"submissions": [each.submission.id for each in holding], "firsts": [each.judged.first for each in holding]}
    values |= {"organization": feed.organization, "country": feed.country}
    stored = await session.execute(_STORE, values | {"releasable_to": default.releasable_to, "limit": KEYS_IN_EVENT})
    brought = [Brought.of(feed.organization, row) for row in stored]
    # Last, since the numbers of incidents are locked until the commit.
    await open_incidents(session)
    if rows > SMALL_SLICE and (await session.execute(_DOUBLED)).scalar():
        await session.execute(_ANALYZE)
    return brought


async def _prepare(session: AsyncSession, rows: int) -> None:
    """The temporary tables of this connection, empty: as a commit leaves them, or as the slice before is taken out."""
    connection = await session.connection()
    if not connection.info.get("staged"):
        for statement in _CREATE:
            await session.execute(statement)
        event.listen(session.sync_session, "after_commit", lambda _: connection.info.update(staged=True), once=True)
    transaction = session.sync_session.get_transaction()
    if connection.info.get("staged_in") is transaction:
        await session.execute(_EMPTY)
    connection.info["staged_in"] = transaction
    if rows > SMALL_SLICE:
        await session.execute(_PLAN_ANEW)


async def _copy(session: AsyncSession, statement: LiteralString, lines: Iterable[str]) -> None:
    """COPY lines of its text format inside the session's transaction."""
    connection = cast(AsyncConnection[Any], (await (await session.connection()).get_raw_connection()).driver_connection)
    async with connection.cursor() as cursor, cursor.copy(statement) as copy:
        rest = iter(lines)
        while part := "".join(islice(rest, LINES_AT_ONCE)):
            await copy.write(part.encode())
