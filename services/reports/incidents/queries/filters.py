"""What a reader may ask of incidents, as conditions on their accounts."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select

from chassis.errors import Invalid
from services.reports.incidents.tables import IncidentGrade, Observation


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
    graded: bool | None = None
    q: str | None = None
    external_id: str | None = None


def conditions(filters: Filters) -> list[ColumnElement[bool]]:
    """The filters; the first says that only current versions count."""
    wanted: list[ColumnElement[bool]] = [Observation.superseded_by.is_(None)]
    if filters.country:
        unplaced = and_(Observation.located == [], Observation.countries.contains([filters.country]))
        wanted.append(or_(Observation.located.contains([filters.country]), unplaced))
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
    if filters.q:
        wanted.append(or_(*(column.icontains(filters.q, autoescape=True) for column in (Observation.title, Observation.text))))
    if filters.graded is not None:
        graded = Observation.incident_id.in_(select(IncidentGrade.incident_id))
        wanted.append(graded if filters.graded else ~graded)
    return [*wanted, *(_within(filters.bbox) if filters.bbox else [])]


def _within(bbox: str) -> list[ColumnElement[bool]]:
    try:
        west, south, east, north = (float(part) for part in bbox.split(","))
    except ValueError as error:
        flaw = {"pointer": "?bbox", "detail": "is not four numbers"}
        raise Invalid("Give the box as west,south,east,north in degrees.", [flaw]) from error
    return [Observation.longitude.between(west, east), Observation.latitude.between(south, north)]
