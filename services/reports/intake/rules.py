"""What a row must hold to be an observation: pure decisions."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import chain
from typing import Any, Final, NamedTuple

from chassis.spelling import OTHER_BONES, word_forms
from contracts.labels import LabelBody
from contracts.vocabulary import Sensitivity
from services.reports.places.rules import Located

# A delivery that cannot be stored five times running is kept, and waits for a person.
MAX_ATTEMPTS: Final = 5
# A row that names more than a clock's error into the future is a slip of the pen, and would keep its place fresh for long (R11).
AHEAD: Final = timedelta(hours=24)
# UCDP begins in 1946, Mass Mobilization in 1990; what is older than the Soviet Union is not of this region's records.
EARLIEST: Final = datetime(1922, 12, 30, tzinfo=UTC)
# What is longer is no word that anybody would spell.
SPELLED_LENGTH: Final = 60


class SubmissionStatus(StrEnum):
    """How far a delivery has come: received and processing are on their way, failed waits for a person."""

    received = "received"
    processing = "processing"
    completed = "completed"
    failed = "failed"


class Flaw(NamedTuple):
    """Why a row is refused, and where in it."""

    pointer: str
    reason: str


class Message(NamedTuple):
    """A message by its key, those it refers to, oldest first, and the chain it begins where none of them is known."""

    key: str
    refers_to: Sequence[str]
    begins: str


class Speaker(NamedTuple):
    """For whom a feed speaks, and up to what it may label."""

    organization: str
    access: Sensitivity


def trace_chains(messages: Iterable[Message], known: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The chain of every key named, and chains that turn out to be the end of another: the one each becomes.

    A message joins the chain of the oldest it refers to that is known. Where others referred to it before it came, and stood
    for themselves, theirs joins along.
    """
    chains, joined = dict(known), dict[str, str]()
    for key, refers_to, begins in messages:
        own = _last(joined, chains[key]) if key in chains else None
        chain = next((_last(joined, chains[each]) for each in refers_to if each in chains), own or begins)
        if own is not None and own != chain:
            joined[own] = chain
        for each in (key, *refers_to):
            chains.setdefault(each, chain)
    return {key: _last(joined, chain) for key, chain in chains.items()}, {old: _last(joined, old) for old in list(joined)}


def _last(joined: dict[str, str], chain: str) -> str:
    """What a chain has become; the way there is shortened, as it may be long."""
    while (further := joined.get(chain)) is not None:
        joined[chain] = joined.get(further, further)
        chain = further
    return chain


def read_time(value: str, at: datetime) -> datetime | Flaw:
    """RFC 3339 in UTC, or why not. Times before 1922 and more than a day after `at` are refused."""
    try:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            return Flaw("/occurred_at", "has no time zone; write it like 2026-03-01T10:00:00Z")
        moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return Flaw("/occurred_at", "is not a time like 2026-03-01T10:00:00Z (RFC 3339)")
    if moment < EARLIEST:
        return Flaw("/occurred_at", f"is before {EARLIEST:%Y-%m-%d}")
    if moment > at + AHEAD:
        return Flaw("/occurred_at", "lies in the future")
    return moment


def check_place(native: Any) -> Flaw | None:
    """A country, or both coordinates; one coordinate without the other is refused."""
    latitude, longitude = native.get("latitude"), native.get("longitude")
    if (latitude is None) != (longitude is None):
        return Flaw("/longitude" if longitude is None else "/latitude", "is needed: a point has both coordinates")
    if latitude is None and native.get("country") is None:
        return Flaw("/country", "is needed, or latitude and longitude")
    return None


def check_label(label: LabelBody | None, speaker: Speaker) -> Flaw | None:
    """Nobody speaks for another, or labels above its own access."""
    if label is None:
        return None
    if label.originator not in (None, speaker.organization):
        return Flaw("/label/originator", "is not your organization")
    if label.sensitivity is not None and label.sensitivity.rank > speaker.access.rank:
        return Flaw("/label/sensitivity", "is above your access")
    return None


NULL: Final = "\\N"
_UNLABELLED: Final = "\t".join([NULL] * 5)
_SPECIAL: Final = re.compile(r"[\\\n\r\t]")
_CANONICAL: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"))


def copy_line(row: Any, moment: datetime) -> str:
    """An accepted row in PostgreSQL's COPY text format: the columns of tables.STAGED between row number and hash.

    Equal rows give equal lines, whatever format they came in.
    """
    get = row.get
    label = get("label")
    return "\t".join(
        (
            copy_text(row["external_id"]), moment.isoformat(), get("country") or NULL, copy_text(get("area")),
            _copy_number(get("latitude")), _copy_number(get("longitude")), copy_list(sorted(set(get("themes", ())))),
            copy_text(row["title"]), copy_text(get("text")), get("language") or NULL,
            _CANONICAL.encode(figures) if (figures := get("figures")) else "{}",
            _UNLABELLED if label is None else _copy_label(label),
        )
    )  # fmt: skip


def copy_place(place: Located) -> str:
    """Where it lies, in COPY's text format: countries, area, zone, regions."""
    return "\t".join((copy_list(place.countries), place.area or NULL, place.zone or NULL, copy_list(place.regions)))


def spelled_words(title: str, text: str | None) -> list[str]:
    """The words of an observation as they are searched in any spelling (chassis.spelling).

    Whoever asks in Arabic script finds other scripts by the consonants of titles only: in texts they would find too much.
    """
    titled, told = map(_of_title, title.split()), map(_of_text, (text or "").split())
    return list(dict.fromkeys(chain.from_iterable(chain(titled, told))))


# As word_forms: what is left of a word is found once, not for each row that says it.
@lru_cache(maxsize=65_536)
def _of_title(word: str) -> tuple[str, ...]:
    return tuple(each for each in word_forms(word) if len(each) <= SPELLED_LENGTH)


@lru_cache(maxsize=65_536)
def _of_text(word: str) -> tuple[str, ...]:
    return tuple(each for each in _of_title(word) if each[0] != OTHER_BONES)


def _copy_label(label: LabelBody) -> str:
    rank = None if label.sensitivity is None else label.sensitivity.rank
    lists = (label.themes, label.countries, label.releasable_to)
    return "\t".join((_copy_number(rank), label.tlp or NULL, *(NULL if each is None else copy_list(each) for each in lists)))


def copy_text(value: str | None) -> str:
    """A text as a field of COPY's text format."""
    if value is None:
        return NULL
    if not _SPECIAL.search(value):
        return value
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")


def _copy_number(value: float | None) -> str:
    return NULL if value is None else repr(value)


def copy_list(values: Sequence[str]) -> str:
    """Slugs and codes as an array. Quoted, since an unquoted null is no slug but nothing."""
    return '{"' + '","'.join(values) + '"}' if values else "{}"
