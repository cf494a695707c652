"""The words of the domain, imported by every service (docs/glossary.md explains them).

Themes and places are data, so that they can grow; the four threats named by the mandate (S/2007/279) cannot be removed.
"""

import re
from collections.abc import Iterable
from enum import IntEnum, StrEnum
from typing import Annotated, Any, Final, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

MANDATE_COUNTRIES: Final = ("KAZ", "KGZ", "TJK", "TKM", "UZB")
NEIGHBOURS: Final = ("AFG",)
COUNTRIES: Final = MANDATE_COUNTRIES + NEIGHBOURS
# ISO 3166-1 alpha-3, all of it (November 2026): parties belong to any State, labels and concurrences to the known ones.
_ISO_CODES: Final = """
ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR BHS BIH BLM BLR BLZ BMU BOL BRA
BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU
EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND
HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO
LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC
NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS SHN SJM
SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA
UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE
"""
ISO_COUNTRIES: Final = frozenset(_ISO_CODES.split())
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


def _of_iso(value: str) -> str:
    if value not in ISO_COUNTRIES:
        raise ValueError("is not a country of ISO 3166-1 alpha-3")
    return value


def known_countries(countries: Iterable[str]) -> list[str]:
    """Those of `countries` that labels, concurrences and reports speak of: the mandate's and its neighbours."""
    return [each for each in countries if each in COUNTRIES]


def _without_repeats(values: list[str]) -> list[str]:
    return sorted(set(values))


Country = Annotated[str, Field(examples=["TJK"]), _one_of(COUNTRIES, "country (ISO 3166-1 alpha-3)")]
AnyCountry = Annotated[str, Field(examples=["RUS"]), AfterValidator(_of_iso)]
Place = Annotated[str, Field(examples=["TJK"]), _one_of(PLACES, "place")]
Theme = Annotated[str, Field(examples=["border"]), _one_of(THEMES, "theme")]
Countries = Annotated[list[Country], AfterValidator(_without_repeats)]
AnyCountries = Annotated[list[AnyCountry], AfterValidator(_without_repeats)]
Themes = Annotated[list[Theme], AfterValidator(_without_repeats)]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,62}$", examples=["osce"])]
# C0 and C1 controls, direction overrides and isolates, noncharacters: in one line they hide or reorder what is
# read. U+200C and U+200D are letters' joiners in Dari and Pashto, and stay.
_NOT_IN_A_LINE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]")


def _one_line(value: str) -> str:
    if _NOT_IN_A_LINE.search(value):
        raise ValueError("holds control or direction characters, which one line of text may not hold")
    return value


Line = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_one_line)]
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


# Pairs of fields that begin and end something, in every body that has both.
_INTERVALS: Final = (
    ("starts_at", "ends_at"),
    ("starts_on", "ends_on"),
    ("valid_from", "valid_until"),
    ("period_begin", "period_end"),
    ("since", "until"),
)


class Body(BaseModel):
    """What a client sends.

    Unknown fields, unstorable text, numbers that are not finite and intervals that end before they
    begin are refused.
    """

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _storable(cls, value: Any) -> Any:
        return refuse_unstorable(value)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for begins, ends in _INTERVALS:
            first, last = getattr(self, begins, None), getattr(self, ends, None)
            if first is not None and last is not None and last < first:
                raise ValueError(f"{ends} is before {begins}")
        return self


class Reason(Body):
    """Why something is taken back, ended or refused."""

    reason: Prose = Field(examples=["By the note verbale of 3 May."])
