"""Judging a delivery row by row, a slice ahead of whoever stores it, so that no delivery is ever wholly in memory (R5)."""

import asyncio
import hashlib
import json
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, BinaryIO, Final, NamedTuple

import h3.api.basic_int as h3
from pydantic import ValidationError

from chassis.columns import now
from chassis.errors import Problem
from chassis.problems import pointer
from services.reports.feeds.adapters import Row
from services.reports.feeds.adapters.rows import SET_ASIDE, Link, MentionSaid
from services.reports.incidents.rules import squares_near
from services.reports.intake.rules import (
    Flaw,
    Speaker,
    check_label,
    check_place,
    copy_line,
    copy_list,
    copy_place,
    copy_text,
    read_time,
    spelled_words,
)
from services.reports.intake.schemas import NATIVE
from services.reports.places.adapters.gazetteer import gazetteer
from services.reports.places.rules import Said
from services.reports.themes.adapters.rules_table import theme_rules

# A slice ends at whichever comes first: two of them are in memory, the one being staged and the one being judged.
SLICE_ROWS: Final = 10_000
SLICE_CHARACTERS: Final = 4_000_000
SMALL_ROWS: Final = 1_000
RAW_LIMIT: Final = 2_000
CELL_RESOLUTION: Final = 7
NOWHERE: Final = "\\N\t\\N\t\\N"
UNLINKED: Final = NOWHERE
UNKNOWN_LEAD: Final = Flaw("", SET_ASIDE + "a mention of an event that this feed has not brought")
_PLAIN: Final = {
    "string_pattern_mismatch": "does not have the form it must have, or holds a NUL character",
    "string_unicode": "holds half a surrogate pair, which no text may hold",
    "extra_forbidden": "is not a field that is known here",
    "missing": "is needed",
}


class Refusal(NamedTuple):
    """A refused row as it is kept: its number, its line in the sender's file, where in it, why, and what came."""

    row: int
    line: int | None
    pointer: str
    field: str | None
    reason: str
    raw: str

    @classmethod
    def of(cls, number: int, row: Row, flaw: Flaw) -> "Refusal":
        """The refusal of `row` for `flaw`, as far as text can hold it."""
        named = (row.fields or {}).get(flaw.pointer)
        return cls(number, row.line, _storable(flaw.pointer)[:200], named, flaw.reason[:500], _show(row.raw))

    def copied(self) -> str:
        """Its fields for COPY."""
        line = None if self.line is None else str(self.line)
        return "\t".join((str(self.row), *map(copy_text, (line, *self[2:]))))


class Told(NamedTuple):
    """What an accepted row tells besides its line: where it happened, the themes by rule where it names none, its words, its chain."""

    where: Said
    themes: tuple[str, ...]
    spelled: list[str]
    link: Link | None


Accepted = dict[str, tuple[int, Told]]


@dataclass
class Judged:
    """A slice of a delivery: what can be copied, each once, and what is refused. Its delivery's first row is numbered `first`.

    `words` are those of its accepted rows. `linked` when a row of it names others, or may be named. `mentions` are no observations: each
    with its refusal, should the feed not have brought what it mentions.
    """

    first: int = 1
    rows: int = 0
    linked: bool = False
    read_bytes: int = 0
    staged: list[str] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    refused: list[Refusal] = field(default_factory=list)
    mentions: list[tuple[MentionSaid, Refusal]] = field(default_factory=list)


async def judge_ahead(rows: Iterator[Row], file: BinaryIO, speaker: Speaker, done: int = 0) -> AsyncGenerator[Judged, None]:
    """The rows behind the first `done`, slice by slice; while one is stored, a thread judges the next."""
    numbered = islice(enumerate(rows, start=1), done, None)
    coming = asyncio.ensure_future(asyncio.to_thread(_judge_slice, numbered, file, speaker))
    try:
        while (judged := await coming).rows:
            coming = asyncio.ensure_future(asyncio.to_thread(_judge_slice, numbered, file, speaker))
            yield judged
    finally:
        # A thread cannot be interrupted, and whoever ends here closes the file it reads.
        await asyncio.wait([coming])
        coming.exception()


def _judge_slice(numbered: Iterator[tuple[int, Row]], file: BinaryIO, speaker: Speaker) -> Judged:
    accepted: Accepted = {}
    judged = _judge_rows(islice(numbered, SLICE_ROWS), speaker, accepted)
    judged.staged = _place(accepted)
    judged.read_bytes = file.tell()
    return judged


class NotSmall(Exception):
    """A delivery holds more than its bytes let expect: it is compressed, and stored by itself."""


def judge_together(deliveries: Iterable[Callable[[], Iterator[Row]]], speaker: Speaker) -> tuple[list[Judged | Problem], list[str]]:
    """Small deliveries one after the other, or why one cannot be read; and their rows, each once, numbered through.

    NotSmall when one has more than 1,000 rows, or more characters than a slice.
    """
    accepted: Accepted = {}
    found: list[Judged | Problem] = []
    before = 0
    for rows in deliveries:
        own: Accepted = {}
        try:
            numbered = enumerate(rows(), start=before + 1)
            judged = _judge_rows(islice(numbered, SMALL_ROWS), speaker, own, before)
            if next(numbered, None) is not None:
                raise NotSmall
        except Problem as problem:
            found.append(problem)
            continue
        for line, told in own.items():
            accepted.setdefault(line, told)
        before += judged.rows
        found.append(judged)
    return found, _place(accepted)


def _judge_rows(numbered: Iterable[tuple[int, Row]], speaker: Speaker, accepted: Accepted, before: int = 0) -> Judged:
    """Judge rows until they are too many characters; `before` is the number of the last row of the delivery before."""
    judged, at, characters = Judged(first=before + 1), now(), 0
    for number, row in numbered:
        judged.rows += 1
        if row.mention:
            judged.mentions.append((row.mention, Refusal.of(number - before, row, UNKNOWN_LEAD)))
            continue
        found = Flaw("", row.flaw) if row.flaw else _accept(row, speaker, at)
        if isinstance(found, Flaw):
            judged.refused.append(Refusal.of(number - before, row, found))
        else:
            line, told = found
            accepted.setdefault(line, (number, told))
            judged.words.update(told.spelled)
            judged.linked |= told.link is not None
            characters += len(line)
        if characters > SLICE_CHARACTERS:
            break
    return judged


def _accept(given: Row, speaker: Speaker, at: datetime) -> tuple[str, Told] | Flaw:
    """The row as a line for COPY and what it tells besides, or why it is refused."""
    try:
        row = NATIVE.validator.validate_python(given.native)
    except ValidationError as error:
        return _first_flaw(error)
    moment = read_time(row["occurred_at"], at)
    if isinstance(moment, Flaw):
        return moment
    # What says that it was sent tomorrow would stand against every correction until then.
    if given.link and isinstance(sent := read_time(given.link.said_at, at), Flaw):
        return sent
    if flaw := check_place(row) or check_label(row.get("label"), speaker):
        return flaw
    themes = () if row.get("themes") else tuple(theme_rules().explain(row["title"], row.get("text")))
    where = Said(row.get("country"), row.get("area"), row.get("latitude"), row.get("longitude"))
    return copy_line(row, moment), Told(where, themes, spelled_words(row["title"], row.get("text")), given.link)


def _place(accepted: Accepted) -> list[str]:
    """The accepted rows with what follows from what they say: hash, cell, squares, place, themes."""
    known = gazetteer()
    points = [point for _, told in accepted.values() if (point := told.where.point)]
    found = iter(known.locate([latitude for latitude, _ in points], [longitude for _, longitude in points]))
    staged = []
    for line, (number, (said, themes, spelled, link)) in accepted.items():
        place = known.place(said, next(found) if said.point else None)
        digest = hashlib.sha256(line.encode()).hexdigest()
        staged.append(
            f"{number}\t{line}\t\\\\x{digest}\t{_squares(said)}\t{copy_place(place)}\t{copy_list(spelled)}\t{copy_list(themes)}"
            f"\t{_copy_link(link)}\n"
        )
    return staged


def _squares(said: Said) -> str:
    """The H3 cell, the square, and the squares near it."""
    if said.point is None:
        return NOWHERE
    squares = squares_near(*said.point)
    return f"{h3.latlng_to_cell(*said.point, CELL_RESOLUTION)}\t{squares[0]}\t{{{','.join(map(str, squares))}}}"


def _copy_link(link: Link | None) -> str:
    """When it was said, its key, the keys it names."""
    if link is None:
        return UNLINKED
    return f"{link.said_at}\t{copy_text(link.message)}\t{copy_text(chr(10).join(link.refers_to))}"


def _first_flaw(error: ValidationError) -> Flaw:
    flaws = error.errors(include_url=False, include_context=False, include_input=False)
    first = flaws[0]
    more = f" (and {len(flaws) - 1} more)" if len(flaws) > 1 else ""
    return Flaw(pointer(("body", *first["loc"])), _PLAIN.get(first["type"], first["msg"].removeprefix("Value error, ")) + more)


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
