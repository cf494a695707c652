"""What is found and what is marked, as values."""

from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """What a person is in what was observed, as the words around the name tell; a person may correct it."""

    suspect = "suspect"
    victim = "victim"
    witness = "witness"
    source = "source"
    official = "official"
    other = "other"


class Rule(StrEnum):
    """By which rule words were taken for a name: so that a person can judge it."""

    initials = "initials"
    given_name = "given-name"
    surname = "surname"
    patronymic = "patronymic"
    titled = "title"
    age = "age"
    again = "again"
    marked = "marked"


class Named(NamedTuple):
    """Words of a text that name a person, from `start` up to `end` (in characters)."""

    start: int
    end: int
    words: str
    rule: Rule
    role: Role = Role.other


class Marks(NamedTuple):
    """What people decided of a text: words that name a person, and words that do not."""

    named: tuple[str, ...] = ()
    dismissed: tuple[str, ...] = ()


class MarkState(StrEnum):
    """What a person decided of words: that they name a person, or that they do not."""

    confirmed = "confirmed"
    dismissed = "dismissed"
