"""The words of the domain, imported by every service (docs/glossary.md explains them).

Themes and places are data, so that they can grow; the four threats named by the mandate (S/2007/279) cannot be removed.
"""

import re
from enum import IntEnum, StrEnum
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

MANDATE_COUNTRIES: Final = ("KAZ", "KGZ", "TJK", "TKM", "UZB")
NEIGHBOURS: Final = ("AFG",)
COUNTRIES: Final = MANDATE_COUNTRIES + NEIGHBOURS
# Cells of the framework, of coverage and of freshness that are wider than one country.
REGIONAL_PLACES: Final = ("region", "fergana-valley", "aral-basin", "amu-darya", "AFG-TJK", "AFG-TKM", "AFG-UZB", "KGZ-TJK", "KGZ-UZB")
PLACES: Final = COUNTRIES + REGIONAL_PLACES

MANDATE_THEMES: Final = ("terrorism-extremism", "drug-trafficking", "organized-crime", "environment")
# The four pillars of the United Nations Global Counter-Terrorism Strategy (A/RES/60/288).
COUNTER_TERRORISM_PILLARS: Final = (
    "terrorism-extremism.conditions",
    "terrorism-extremism.prevention",
    "terrorism-extremism.capacity",
    "terrorism-extremism.rights",
)
THEMES: Final = (
    *MANDATE_THEMES,
    *COUNTER_TERRORISM_PILLARS,
    "border",
    "water-energy",
    "inter-communal",
    "political",
    "displacement",
    "humanitarian",
    "development",
)

CENTRE: Final = "centre"
# HQ is the reporting line and UNAMA a sister mission: neither is a "partner", both have standing mandates (R13).
SISTER_OFFICES: Final = ("hq", "unama")
# Borne by who reads through a calendar feed, and given to no client: it forbids everything but the calendar's file.
CALENDAR_FEED: Final = "calendar-feed"


class CalendarKind(StrEnum):
    """What stands in the calendar; the collection in which it is found."""

    engagements = "engagements"
    commitments = "commitments"
    correspondence = "correspondence"


class Sensitivity(StrEnum):
    """Classification of ST/SGB/2007/6, in rising order."""

    unclassified = "unclassified"
    confidential = "confidential"
    strictly_confidential = "strictly-confidential"

    @property
    def rank(self) -> int:
        """0 for unclassified, 2 for strictly confidential."""
        return list(Sensitivity).index(self)

    @classmethod
    def of_rank(cls, rank: int) -> "Sensitivity":
        """The classification of a rank; IndexError outside 0..2."""
        return list(cls)[rank]


class Tlp(StrEnum):
    """Traffic Light Protocol 2.0 (FIRST), in rising strictness; never translated."""

    clear = "CLEAR"
    green = "GREEN"
    amber = "AMBER"
    amber_strict = "AMBER+STRICT"
    red = "RED"

    @property
    def rank(self) -> int:
        """0 for CLEAR, 4 for RED."""
        return list(Tlp).index(self)


class Reliability(StrEnum):
    """Reliability of a source (Admiralty code). F cannot be judged: it is no rank below E."""

    completely_reliable = "A"
    usually_reliable = "B"
    fairly_reliable = "C"
    not_usually_reliable = "D"
    unreliable = "E"
    cannot_be_judged = "F"


class Credibility(IntEnum):
    """Credibility of a piece of information (Admiralty code). 6 cannot be judged: it is no rank below 5."""

    confirmed = 1
    probably_true = 2
    possibly_true = 3
    doubtful = 4
    improbable = 5
    cannot_be_judged = 6


def _one_of(known: tuple[str, ...], what: str) -> AfterValidator:
    def check(value: str) -> str:
        if value not in known:
            raise ValueError(f"is not a known {what}; known are: {', '.join(known)}")
        return value

    return AfterValidator(check)


def _without_repeats(values: list[str]) -> list[str]:
    return sorted(set(values))


Country = Annotated[str, Field(examples=["TJK"]), _one_of(COUNTRIES, "country (ISO 3166-1 alpha-3)")]
Place = Annotated[str, Field(examples=["TJK"]), _one_of(PLACES, "place")]
Theme = Annotated[str, Field(examples=["border"]), _one_of(THEMES, "theme")]
Countries = Annotated[list[Country], AfterValidator(_without_repeats)]
Themes = Annotated[list[Theme], AfterValidator(_without_repeats)]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,62}$", examples=["osce"])]
Line = Annotated[str, Field(min_length=1, max_length=500)]
Prose = Annotated[str, Field(min_length=1, max_length=20_000)]


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def refuse_unstorable(value: Any) -> Any:
    """Refuse text that UTF-8 or PostgreSQL cannot hold (NUL, lone surrogates), wherever it stands in `value`."""
    if isinstance(value, str):
        if _UNSTORABLE.search(value):
            raise ValueError("holds a NUL or half a surrogate pair, which no text may hold")
    elif isinstance(value, dict):
        for key, item in value.items():
            refuse_unstorable(key)
            refuse_unstorable(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            refuse_unstorable(item)
    return value


class Body(BaseModel):
    """What a client sends: unknown fields and unstorable text are refused."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def _storable(cls, value: Any) -> Any:
        return refuse_unstorable(value)


class Reason(Body):
    """Why something is taken back, ended or refused."""

    reason: Prose = Field(examples=["By the note verbale of 3 May."])
