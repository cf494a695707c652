"""What is known of the persons an observation names: what was found and what people decided, as one list. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple, Protocol
from uuid import UUID

from services.reports.names.rules import Lexicon, Marks, MarkState, Named, Role, Rule, key_of, settle_names


class PersonState(StrEnum):
    """Found by rule, or decided by a person."""

    found = "found"
    confirmed = "confirmed"
    dismissed = "dismissed"


class Decided(Protocol):
    """A mark as it is kept."""

    id: UUID
    key: str
    words: str
    role: str
    state: str
    marked_by: str
    version: int


class Standing(NamedTuple):
    """Where words stand: in the title or the text, from `start` up to `end`, in characters (Unicode code points)."""

    field: str
    start: int
    end: int


class Person(NamedTuple):
    """Words that name a person, or were taken to, with all places where they stand."""

    words: str
    role: str
    rule: Rule
    state: PersonState
    mark: UUID | None
    marked_by: str | None
    version: int | None
    places: list[Standing]


def list_persons(lexicon: Lexicon, texts: Mapping[str, str | None], decided: Iterable[Decided]) -> list[Person]:
    """The persons named in `texts`, by field, in the order in which they are first named; dismissed words among them."""
    marks = {each.key: each for each in decided}
    # All marked words are looked for, dismissed ones too: a decision is shown where it applies.
    settled = settle_names(lexicon, list(texts.values()), Marks(named=tuple(each.words for each in marks.values())))
    found: dict[str, list[tuple[Standing, Named]]] = {}
    for field, names in zip(texts, settled, strict=True):
        for name in names:
            found.setdefault(key_of(name.words), []).append((Standing(field, name.start, name.end), name))
    return [_person(standing, marks.get(key)) for key, standing in found.items()]


def _person(standing: Sequence[tuple[Standing, Named]], mark: Decided | None) -> Person:
    first = standing[0][1]
    places = [place for place, _ in standing]
    if mark is None:
        told = next((name.role for _, name in standing if name.role is not Role.other), Role.other)
        return Person(first.words, told, first.rule, PersonState.found, None, None, None, places)
    state = PersonState.confirmed if mark.state == MarkState.confirmed else PersonState.dismissed
    return Person(first.words, mark.role, first.rule, state, mark.id, mark.marked_by, mark.version, places)
