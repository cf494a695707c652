"""What is decided about contacts, pure: spellings, positions in two times, reviews, pseudonyms."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, Protocol, TypeVar
from uuid import UUID

from anyascii import anyascii

from chassis.spelling import folded, plain, search_patterns

REVIEW_DAYS = 365
"""How long a contact is kept before somebody asks whether its purpose still holds, unless told otherwise."""
LONGEST_REVIEW_DAYS = 3 * 365
_CHANNEL = "="
_NO_KEY = re.compile(r"[^a-z0-9@.+-]+")
_DIGITS = re.compile(r"\D+")


class Recorded(Protocol):
    """A row of what was known of a position from a moment on."""

    seq: int
    position_id: UUID
    valid_from: date
    valid_until: date | None
    void: bool
    recorded_at: datetime


Row = TypeVar("Row", bound=Recorded)


def positions_at(rows: Iterable[Row], as_of: date | None, known_at: datetime | None) -> list[Row]:
    """What was true on `as_of`, as known at `known_at` (R3); without them: at any time, as known now.

    The last row of each position recorded until then counts; one that is void was recorded by mistake. Newest first.
    """
    known: dict[UUID, Row] = {}
    for row in sorted(rows, key=lambda each: each.seq):
        if known_at is None or row.recorded_at <= known_at:
            known[row.position_id] = row
    true = [row for row in known.values() if not row.void and (as_of is None or holds_on(row, as_of))]
    return sorted(true, key=lambda row: (row.valid_from, row.seq), reverse=True)


def holds_on(row: Recorded, day: date) -> bool:
    """True when the position was held on `day`: the first day counts, the last named day does not."""
    return row.valid_from <= day and (row.valid_until is None or day < row.valid_until)


def latin(name: str) -> str:
    """`name` in Latin letters, where nobody gave a spelling."""
    return " ".join(anyascii(name).split()) or name


def pseudonym(contact_id: UUID) -> str:
    """What stands for an erased person: from the random end of the key, which says nothing about them."""
    return f"Person {contact_id.hex[-6:].upper()}"


def searchable(names: Iterable[str], channels: Iterable[dict[str, Any]]) -> str:
    """What is stored to find a contact by: folded names, and channels behind a mark."""
    keys = [_CHANNEL + key for each in channels if (key := channel_key(str(each["kind"]), str(each["value"])))]
    return f"{folded(names) or ' '}{' '.join(dict.fromkeys(keys))}{' ' if keys else ''}"


def channel_key(kind: str, value: str) -> str:
    """A channel as it is compared: a telephone number by its last nine digits, which no prefix for abroad changes."""
    if kind in ("phone", "messenger") and len(digits := _DIGITS.sub("", value)) >= 5:
        return digits[-9:]
    return _NO_KEY.sub("-", value.strip().lower().removeprefix("mailto:")) if kind == "email" else ""


def contact_patterns(query: str) -> list[list[str]]:
    """LIKE patterns for `query`: an address or a number looks among the channels, everything else among the names."""
    if "@" in query:
        return [[f"% {_CHANNEL}{channel_key('email', query)}%"]]
    digits = _DIGITS.sub("", query)
    if len(digits) >= 5 and not plain(re.sub(r"[\d+()\s-]", "", query)):
        return [[f"% {_CHANNEL}{digits[-9:]}%"]]
    return search_patterns(query)


def duplicate_patterns(names: Iterable[str], channels: Iterable[dict[str, Any]]) -> list[list[str]]:
    """Patterns of a person already known, each list sufficient by itself: all words of one name, or one channel."""
    by_name = [[f"% {word} %" for word in plain(name)] for name in names]
    by_channel = [[f"% {_CHANNEL}{key} %"] for each in channels if (key := channel_key(str(each["kind"]), str(each["value"])))]
    return [patterns for patterns in by_name + by_channel if patterns]


def next_review(today: date, wanted: date | None) -> date:
    """The day by which somebody must ask again. ValueError for a day that is past or too far."""
    if wanted is None:
        return today + timedelta(days=REVIEW_DAYS)
    if not today < wanted <= today + timedelta(days=LONGEST_REVIEW_DAYS):
        raise ValueError(f"must be a day to come, at most {LONGEST_REVIEW_DAYS} days ahead")
    return wanted
