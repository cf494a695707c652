"""Names of persons withheld in texts: what stands in their place, and where names stand in an issued text (R4)."""

import re
from collections.abc import Iterable
from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import BaseModel, WithJsonSchema

Locale = Literal["en", "ru"]
# AsyncAPI 3.0 knows no `prefixItems`.
_PAIR: Final = {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2}
Span = Annotated[tuple[int, int], WithJsonSchema(_PAIR)]
"""From, up to: in characters (Unicode code points)."""
WITHHELD: Final[dict[Locale, str]] = {"en": "[name withheld]", "ru": "[имя не указано]"}
"""What stands in place of a name. It is no name itself, so that withholding twice changes nothing."""
_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
_LATIN: Final = re.compile(r"[A-Za-z]")


class NamedSection(BaseModel):
    """Where names stand in a section: in its title, and in each of its statements in order."""

    id: UUID
    title: list[Span] = []
    statements: list[list[Span]] = []

    def statement(self, number: int) -> list[Span]:
        """Where names stand in a statement, by its number from 0."""
        return self.statements[number] if number < len(self.statements) else []


class NamedPlaces(BaseModel):
    """Where names of persons stand in a text, and how many persons are named. The names themselves are not said."""

    persons: int = 0
    title: list[Span] = []
    sections: list[NamedSection] = []

    def section(self, key: UUID) -> NamedSection:
        """Where names stand in a section; nowhere in one that is not known."""
        return next((each for each in self.sections if each.id == key), NamedSection(id=key))


def choose_locale(text: str) -> Locale:
    """The language of the words around: Russian where most letters are Cyrillic."""
    return "ru" if len(_CYRILLIC.findall(text)) > len(_LATIN.findall(text)) else "en"


def withhold(text: str, spans: Iterable[Span], locale: Locale | None = None) -> str:
    """`text` with each span replaced, said in `locale`, else in the language of the text; all else stays as it is."""
    said, parts, end = WITHHELD[locale or choose_locale(text)], [], 0
    for start, stop in sorted(spans):
        if start >= end:
            parts += [text[end:start], said]
        end = max(end, stop)
    return "".join([*parts, text[end:]])
