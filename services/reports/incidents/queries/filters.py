"""What a reader may ask of incidents, as conditions on their accounts."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, SmallInteger, Subquery, Text, Uuid, and_, any_, bindparam, cast, func, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY, TSVECTOR, distinct_on

from chassis.errors import Invalid
from chassis.principal import Principal
from services.reports.incidents.rules import audiences_seen, squares_between
from services.reports.incidents.tables import IncidentAlias, IncidentGrade, Observation
from services.reports.names.rules import may_read_names

# The squares of a wider box hold so much that looking them up takes longer than looking at what the words leave.
SQUARES_BESIDE_WORDS: Final = 20


@dataclass(frozen=True)
class Filters:
    """What a reader asks of incidents; one account that fits is enough."""

    country: str | None = None
    area: str | None = None
    region: str | None = None
    theme: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    bbox: str | None = None
    source: str | None = None
    graded: bool | None = None
    reliability: str | None = None
    credibility: int | None = None
    q: str | None = None
    # `q` as a tsquery, and what is looked up for it (queries/words.py), which changes with each new word: ranks are by the first.
    words: str | None = None
    whole: str | None = None
    # The accounts that hold the words, where they are few.
    only: tuple[UUID, ...] | None = None
    external_id: str | None = None
    # None: what is listed.
    held_back: str | None = None
    # Outside, words are looked for in what the caller itself said: what is found elsewhere would confirm a name withheld (R4, R18).
    searcher: str | None = None
    # The audiences the reader may belong to; None for who reads everywhere, or for another organization.
    audiences: tuple[int, ...] | None = None


def seen_by(principal: Principal, filters: Filters) -> Filters:
    """The filters with what row-level security will show at most, in a form that indexes serve."""
    if not may_read_names(principal.organization, ""):
        filters = replace(filters, searcher=principal.organization)
    if not principal.is_centre or "*" in principal.countries:
        return filters
    return replace(filters, audiences=tuple(audiences_seen(principal.countries)))


def conditions(filters: Filters, *, walking: bool = False) -> list[ColumnElement[bool]]:
    """The filters on current versions that are listed, or held back as asked. `walking`: words are looked at, not looked up."""
    held = Observation.held_back
    is_asked = held == filters.held_back if filters.held_back else held.is_(None)
    return [Observation.superseded_by.is_(None), is_asked, *narrowing(filters, walking=walking)]


def narrowing(filters: Filters, *, walking: bool = False) -> list[ColumnElement[bool]]:
    """The filters on all versions, listed or not."""
    wanted: list[ColumnElement[bool]] = []
    if filters.audiences is not None:
        wanted.append(Observation.audience == any_(literal(list(filters.audiences), ARRAY(SmallInteger()))))
    if filters.country:
        wanted.append(_lies_in(filters.country))
    if filters.area:
        wanted.append(Observation.area_code == filters.area)
    if filters.region:
        wanted.append(Observation.regions.contains([filters.region]))
    if filters.theme:
        wanted.append(Observation.subject_themes.contains([filters.theme]))
    if filters.since:
        wanted.append(Observation.occurred_at >= filters.since)
    if filters.until:
        wanted.append(Observation.occurred_at <= filters.until)
    if filters.external_id:
        wanted.append(Observation.external_id == filters.external_id)
    if filters.whole is not None and filters.searcher is not None:
        wanted.append(Observation.originator == filters.searcher)
    if filters.only is not None:
        wanted.append(Observation.id == any_(literal(list(filters.only), ARRAY(Uuid()))))
    elif filters.whole is not None:
        wanted.append(holds(filters.whole, looked_up=not walking, inside=filters.searcher is None))
    if filters.source:
        wanted.append(Observation.source == filters.source)
    return [*wanted, *_graded(filters), *_within(filters)]


def _lies_in(country: str) -> ColumnElement[bool]:
    """It lies there, or is undetermined between there and elsewhere; where nothing is known, it is labelled with it."""
    unplaced = and_(Observation.located == [], Observation.countries.contains([country]))
    several = and_(Observation.nation.is_(None), or_(Observation.located.contains([country]), unplaced))
    return or_(Observation.nation == country, several)


def holds(words: str, *, looked_up: bool = True, inside: bool = True) -> ColumnElement[bool]:
    """The condition that an account, or `inside` what translations of it say, holds the words of a tsquery.

    `looked_up` in the index of words, or not at all.
    """
    said: Any = Observation.search if looked_up else Observation.search.op("||")(cast(literal(""), TSVECTOR))
    held: ColumnElement[bool] = said.op("@@", is_comparison=True)(as_query(words))
    return held | Observation.translated.op("@@", is_comparison=True)(as_query(words)) if inside else held


def as_query(words: str) -> ColumnElement[Any]:
    """A tsquery, written into the statement, so that it is planned for how common its words are."""
    return cast(bindparam(None, words, Text(), literal_execute=True), TSQUERY)


def latest_grades() -> Subquery:
    """The last grade of each incident that the caller may read, as `incident_id`, `reliability`, `credibility`."""
    led = func.coalesce(IncidentAlias.incident_id, IncidentGrade.incident_id).label("incident_id")
    query = select(led, IncidentGrade.reliability, IncidentGrade.credibility)
    query = query.outerjoin(IncidentAlias, IncidentAlias.id == IncidentGrade.incident_id)
    return query.ext(distinct_on(led)).order_by(led, IncidentGrade.id.desc()).subquery("latest")


def _graded(filters: Filters) -> list[ColumnElement[bool]]:
    """What a reader asks of the incident's grade: whether it has one, and which."""
    latest = latest_grades()
    wanted: list[ColumnElement[bool]] = []
    if filters.graded is not None:
        graded = Observation.incident_id.in_(select(latest.c.incident_id))
        wanted.append(graded if filters.graded else ~graded)
    asked = {"reliability": filters.reliability, "credibility": filters.credibility}
    ranks = [latest.c[name] == value for name, value in asked.items() if value is not None]
    if ranks:
        wanted.append(Observation.incident_id.in_(select(latest.c.incident_id).where(*ranks)))
    return wanted


def _degrees(part: str) -> float:
    """ValueError for what is no number of degrees: infinities and NaN among it."""
    if not abs(number := float(part)) <= 360:
        raise ValueError(part)
    return number


def _within(filters: Filters) -> list[ColumnElement[bool]]:
    if not filters.bbox:
        return []
    try:
        west, south, east, north = (_degrees(part) for part in filters.bbox.split(","))
    except ValueError as error:
        flaw = {"pointer": "?bbox", "detail": "is not four numbers of degrees"}
        raise Invalid("Give the box as west,south,east,north in degrees.", [flaw]) from error
    inside: list[ColumnElement[bool]] = [Observation.longitude.between(west, east), Observation.latitude.between(south, north)]
    squares = squares_between((south, west), (north, east))
    looked_up = squares and (filters.whole is None or len(squares) <= SQUARES_BESIDE_WORDS)
    return [*inside, Observation.grid.in_(squares)] if looked_up else inside
