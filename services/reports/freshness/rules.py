"""How old is too old, and what an issued report renews (R11): pure decisions."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from contracts.vocabulary import COUNTRIES, MANDATE_COUNTRIES, MANDATE_THEMES, REGIONAL_PLACES
from services.reports.production.rules import Content, ReportKind

REGION: Final = "region"
PAIRS: Final[dict[str, frozenset[str]]] = {place: frozenset(place.split("-")) for place in REGIONAL_PLACES if place.isupper()}
"""Border pairs by name: AFG-TJK is renewed by evidence that concerns both."""
BASINS: Final[dict[str, frozenset[str]]] = {
    "fergana-valley": frozenset({"KGZ", "TJK", "UZB"}),
    "aral-basin": frozenset({"KAZ", "KGZ", "TJK", "TKM", "UZB"}),
    "amu-darya": frozenset({"AFG", "TJK", "TKM", "UZB"}),
}
LISTED_PLACES: Final = (*COUNTRIES, REGION)
LISTED_THEMES: Final = MANDATE_THEMES

# Days after which the Centre owes the Secretary-General newer evidence. Security moves by the week, the environment by
# the season; efforts are asked about half as often as the situation.
DUE_AFTER_DAYS: Final[dict[str, int]] = {"terrorism-extremism": 7, "drug-trafficking": 14, "organized-crime": 14, "environment": 30}
OTHER_THEMES_DAYS: Final = 14
EFFORTS_FACTOR: Final = 2
# Due becomes overdue after as many days again.
OVERDUE_FACTOR: Final = 2


class Facet(StrEnum):
    """What is known of: what goes on, or what is being done about it (F2)."""

    situation = "situation"
    efforts = "efforts"


class FreshnessState(StrEnum):
    """What the clock says of a cell."""

    never = "never"
    fresh = "fresh"
    due = "due"
    overdue = "overdue"


class Cell(NamedTuple):
    """A place and theme in one of the two facets."""

    place: str
    theme: str
    facet: str


class Cited(NamedTuple):
    """Evidence as freshness looks at it: its own time, and what it concerns."""

    occurred_at: datetime
    places: frozenset[str]
    themes: frozenset[str]


def due_after_days(cell: Cell) -> int:
    """How old the evidence of a cell may grow before newer one is due."""
    days = DUE_AFTER_DAYS.get(cell.theme.split(".", 1)[0], OTHER_THEMES_DAYS)
    return days * EFFORTS_FACTOR if cell.facet == Facet.efforts else days


def state_of(cell: Cell, evidence_at: datetime | None, at: datetime) -> FreshnessState:
    """The state of a cell at `at`: age counts from the evidence's own time, not from clearing or issue (R11)."""
    if evidence_at is None:
        return FreshnessState.never
    allowed = timedelta(days=due_after_days(cell))
    if at < evidence_at + allowed:
        return FreshnessState.fresh
    return FreshnessState.due if at < evidence_at + OVERDUE_FACTOR * allowed else FreshnessState.overdue


def places_of(evidence: Cited) -> Iterator[str]:
    """The places evidence concerns: its countries, the border pairs that lie between them, and the region when several."""
    yield from sorted(evidence.places & set(COUNTRIES))
    yield from sorted(pair for pair, countries in PAIRS.items() if countries <= evidence.places)
    if len(evidence.places & set(MANDATE_COUNTRIES)) > 1:
        yield from sorted(basin for basin, countries in BASINS.items() if evidence.places <= countries)
        yield REGION


def renewed_by(kind: str, content: Content) -> dict[Cell, datetime]:
    """The newest evidence time an issued report brings for each cell. A flash has its own clock and renews none (R11)."""
    newest: dict[Cell, datetime] = {}
    if kind == ReportKind.flash:
        return newest
    for section in content.sections:
        cited = [each for statement in section.statements for each in statement.evidence if each.occurred_at]
        known = [Cited(each.occurred_at, frozenset(each.places), frozenset(each.themes)) for each in cited if each.occurred_at]
        for cell, at in _cells(known, section.facet):
            newest[cell] = max(at, newest.get(cell, at))
    return newest


def _cells(evidence: list[Cited], facet: str) -> Iterator[tuple[Cell, datetime]]:
    for each in evidence:
        for place in places_of(each):
            for theme in sorted(each.themes):
                yield Cell(place, theme, facet), each.occurred_at
    # A section that looks at the theme in several countries of the region tells of the region, as of its newest evidence.
    for theme in {theme for each in evidence for theme in each.themes}:
        concerned = [each for each in evidence if theme in each.themes]
        if len(set().union(*(each.places for each in concerned)) & set(MANDATE_COUNTRIES)) > 1:
            yield Cell(REGION, theme, facet), max(each.occurred_at for each in concerned)


def listed(present: Iterable[Cell]) -> list[Cell]:
    """Every cell the Centre answers for, and those something is known of besides."""
    owed = {Cell(place, theme, facet) for place in LISTED_PLACES for theme in LISTED_THEMES for facet in Facet}
    return sorted(owed | {Cell(*each) for each in present})
