"""Taking in a delivery: judge every row, copy, sift, form incidents, one receipt, one transaction (R5, R7)."""

import asyncio
import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, Final, LiteralString, cast
from uuid import UUID

import h3.api.basic_int as h3
from psycopg import AsyncConnection
from pydantic import ValidationError
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import new_id, now
from chassis.database import principal_of
from chassis.errors import NotFound
from chassis.outbox import announce
from chassis.problems import pointer
from contracts.events.reports import IncidentsObserved, SubmissionAccepted
from contracts.labels import Label
from contracts.vocabulary import Sensitivity, Tlp
from services.reports.feeds.adapters import MEDIA_TYPES, Row, reader_of
from services.reports.feeds.rules import resets_clock
from services.reports.feeds.tables import Feed
from services.reports.incidents.actions import form_incidents
from services.reports.incidents.rules import grid_of
from services.reports.incidents.tables import Observation
from services.reports.intake import tables
from services.reports.intake.errors import MediaNotTaken, NotTheirFeed, TooManyRows
from services.reports.intake.queries import first_receipt
from services.reports.intake.rules import MAX_ROWS, Flaw, Speaker, check_label, check_place, copy_line, copy_text, read_time
from services.reports.intake.schemas import NATIVE
from services.reports.intake.tables import Submission

RAW_LIMIT: Final = 2_000
# More keys than this in one event would outgrow what the bus carries; readers then ask for the submission.
KEYS_IN_EVENT: Final = 1_000
CELL_RESOLUTION: Final = 7
LINES_AT_ONCE: Final = 500


@dataclass(frozen=True)
class Delivery:
    """The bytes a feed sent, their hash, and what they are said to be."""

    media_type: str
    sha256: str
    body: bytes


@dataclass
class Judged:
    """A delivery row by row: what can be copied, how many say what another row said, and what is refused."""

    staged: list[str] = field(default_factory=list)
    repeated: int = 0
    refused: list[tuple[int, str, str, str]] = field(default_factory=list)


def check_media(media_type: str) -> str:
    """The media type without its parameters; MediaNotTaken when no adapter reads it."""
    plain = media_type.split(";", 1)[0].strip().lower()
    if plain not in MEDIA_TYPES:
        raise MediaNotTaken(MEDIA_TYPES)
    return plain


async def take_in(session: AsyncSession, feed_id: str, delivery: Delivery) -> Submission:
    """Take in a delivery of a feed and give its receipt; for bytes that came before, the first receipt again."""
    feed = await _lock_feed(session, feed_id)
    known = await first_receipt(session, feed_id, delivery.media_type, delivery.sha256)
    if known is None:
        speaker = Speaker(feed.organization, principal_of(session).access)
        read = reader_of(feed.adapter, delivery.media_type, feed.context)
        judged = await asyncio.to_thread(_judge, read(io.BytesIO(delivery.body)), speaker, now())
        known = await _store(session, feed, delivery, judged)
    if resets_clock(known.received, known.rejected):
        feed.last_delivery_at = now()
    return known


async def open_feed(session: AsyncSession, feed_id: str) -> None:
    """Refuse, before it is looked at, a delivery to a feed that the caller does not know of or is not the voice of."""
    feed = await session.get(Feed, feed_id)
    if feed is None:
        raise NotFound("feed")
    if feed.organization != principal_of(session).organization:
        raise NotTheirFeed


async def _lock_feed(session: AsyncSession, feed_id: str) -> Feed:
    """One delivery of a feed at a time: each sees what the one before stored."""
    query = select(Feed).where(Feed.id == feed_id).with_for_update().execution_options(populate_existing=True)
    return (await session.execute(query)).scalars().one()


def _judge(rows: Iterator[Row], speaker: Speaker, at: datetime) -> Judged:
    judged, said = Judged(), set()
    for number, row in enumerate(rows, start=1):
        if number > MAX_ROWS:
            raise TooManyRows(MAX_ROWS)
        found = Flaw("", row.flaw) if row.flaw else _stage(row.native, speaker, at)
        if isinstance(found, Flaw):
            judged.refused.append((number, _storable(found.pointer)[:200], found.reason[:500], _show(row.raw)))
        elif found in said:
            judged.repeated += 1
        else:
            said.add(found)
            judged.staged.append(f"{number}\t{found}\n")
    return judged


def _stage(native: Any, speaker: Speaker, at: datetime) -> str | Flaw:
    """The row as a line for COPY, hash last and row number left out, or why it is refused."""
    try:
        row = NATIVE.validator.validate_python(native)
    except ValidationError as error:
        return _first_flaw(error)
    moment = read_time(row["occurred_at"], at)
    if isinstance(moment, Flaw):
        return moment
    if flaw := check_place(row) or check_label(row.get("label"), speaker):
        return flaw
    latitude, longitude = row.get("latitude"), row.get("longitude")
    if latitude is None or longitude is None:
        line = copy_line(row, moment, None, None)
    else:
        line = copy_line(row, moment, h3.latlng_to_cell(latitude, longitude, CELL_RESOLUTION), grid_of(latitude, longitude))
    return f"{line}\t\\\\x{hashlib.sha256(line.encode()).hexdigest()}"


def _first_flaw(error: ValidationError) -> Flaw:
    flaws = error.errors(include_url=False, include_context=False, include_input=False)
    first = flaws[0]
    plain = {
        "string_pattern_mismatch": "does not have the form it must have, or holds a NUL character",
        "string_unicode": "holds half a surrogate pair, which no text may hold",
        "extra_forbidden": "is not a field that is known here",
        "missing": "is needed",
    }
    more = f" (and {len(flaws) - 1} more)" if len(flaws) > 1 else ""
    return Flaw(pointer(("body", *first["loc"])), plain.get(first["type"], first["msg"].removeprefix("Value error, ")) + more)


def _show(raw: Any) -> str:
    """The row as it came, as far as text can hold it."""
    if isinstance(raw, bytes):
        return _storable(raw[: 4 * RAW_LIMIT].decode("utf-8", "backslashreplace"))[:RAW_LIMIT]
    try:
        return _storable(json.dumps(raw, ensure_ascii=False))[:RAW_LIMIT]
    except (RecursionError, ValueError):
        return "(nested too deeply, or a number too long, to be shown)"


def _storable(value: str) -> str:
    return value.encode("utf-8", "backslashreplace").decode().replace("\x00", "\\u0000")


async def _store(session: AsyncSession, feed: Feed, delivery: Delivery, judged: Judged) -> Submission:
    received = len(judged.staged) + judged.repeated + len(judged.refused)
    submission = Submission(
        id=new_id(), feed=feed.id, media_type=delivery.media_type, sha256=delivery.sha256, status="completed",
        received=received, accepted=0, duplicate=0, rejected=len(judged.refused),
    )  # fmt: skip
    submission.label = feed.default_label
    brought = await _store_rows(session, feed, submission, judged.staged) if judged.staged else []
    submission.accepted = sum(each.count for each in brought)
    submission.duplicate = received - submission.accepted - submission.rejected
    session.add(submission)
    await session.flush()
    refused = ("\t".join((str(submission.id), str(row), *map(copy_text, rest))) + "\n" for row, *rest in judged.refused)
    await _copy(session, tables.COPY_REJECTIONS, refused)
    await announce(session, *_announcements(submission, brought))
    return submission


async def _store_rows(session: AsyncSession, feed: Feed, submission: Submission, lines: list[str]) -> list["Brought"]:
    await session.execute(text(tables.CREATE_STAGED))
    await session.execute(text(tables.CREATE_FRESH))
    await _copy(session, tables.COPY_STAGED, lines)
    default = feed.default_label
    values = {"at": now(), "submission": submission.id, "feed": feed.id, "organization": feed.organization, "country": feed.country}
    values |= {"sensitivity": default.sensitivity.rank, "tlp": default.tlp, "releasable_to": default.releasable_to}
    await session.execute(_SIFT, values)
    await session.execute(_SUPERSEDE, {"at": values["at"], "feed": feed.id, "tlps": [tlp.value for tlp in Tlp]})
    await form_incidents(session)
    await session.execute(_STORE)
    if (await session.execute(_DOUBLED)).scalar():
        await session.execute(_ANALYZE)
    found = await session.execute(_LABELS, {"limit": KEYS_IN_EVENT})
    return [Brought.of(feed.organization, row) for row in found]


# Autovacuum counts once a minute. Until then the planner knows nothing of what the first deliveries brought and reads
# the whole table for each row of the next (measured: 10,000 rows in 9 s instead of 1, worse with each delivery).
_DOUBLED: Final = text("select (select count(*) from fresh) > reltuples from pg_class where oid = 'observations'::regclass")
_ANALYZE: Final = text("analyze observations")
_SIFT: Final = text(tables.SIFT)
_STORE: Final = text(tables.STORE.format(", ".join(column.name for column in Observation.__table__.columns)))
_SUPERSEDE: Final = text(tables.SUPERSEDE)
_LABELS: Final = text(tables.LABELS)


@dataclass(frozen=True)
class Brought:
    """What a delivery brought under one label."""

    label: Label
    count: int
    observations: list[UUID]
    incidents: list[UUID]

    @classmethod
    def of(cls, organization: str, row: Any) -> "Brought":
        """From a row of `tables.LABELS`."""
        sensitivity, tlp, releasable_to, count, themes, countries, observations, incidents = row
        label = Label(
            sensitivity=Sensitivity.of_rank(sensitivity), tlp=tlp, originator=organization,
            themes=[each for each in themes if each], countries=[each for each in countries if each],
            releasable_to=releasable_to,
        )  # fmt: skip
        return cls(label, count, observations or [], incidents or [])


def _announcements(submission: Submission, brought: list[Brought]) -> Iterator[SubmissionAccepted | IncidentsObserved]:
    counts = {name: getattr(submission, name) for name in ("feed", "received", "accepted", "duplicate", "rejected")}
    yield SubmissionAccepted(id=submission.id, label=submission.label, **counts)
    for each in brought:
        yield IncidentsObserved(
            id=submission.id, label=each.label, incidents=each.incidents, observations=each.observations, count=each.count
        )


async def _copy(session: AsyncSession, statement: LiteralString, lines: Iterable[str]) -> None:
    """COPY lines of its text format inside the session's transaction."""
    connection = cast(AsyncConnection[Any], (await (await session.connection()).get_raw_connection()).driver_connection)
    async with connection.cursor() as cursor, cursor.copy(statement) as copy:
        rest = iter(lines)
        while part := "".join(islice(rest, LINES_AT_ONCE)):
            await copy.write(part.encode())
