"""Incidents counted: by what their accounts say (facets), by time (timeline)."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import CTE, ColumnElement, Select, String, case, cast, exists, func, literal, literal_column, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from services.reports.incidents.queries.filters import Filters, conditions, latest_grades
from services.reports.incidents.queries.words import find_words
from services.reports.incidents.schemas import Bucket, FacetValue, IncidentFacets, IncidentTimeline, TimelineStep
from services.reports.incidents.tables import Observation

# Counting reads every account that fits: above this, the newest are counted, and the answer says that it is not complete.
COUNTED: Final = 10_000
VALUES: Final = 100


def fitting(filters: Filters, *columns: Any) -> CTE:
    """The incident and `columns` of the newest accounts that fit, one more than are counted, as `fits`."""
    query = select(Observation.incident_id, *columns).where(*conditions(filters)).order_by(Observation.incident_id.desc())
    return query.limit(COUNTED + 1).cte("fits").prefix_with("materialized")


def complete_in(fits: CTE) -> ColumnElement[bool]:
    """Whether all that fit are in `fits`."""
    return ~exists(select(literal(1)).select_from(fits).offset(COUNTED))


async def count_facets(session: AsyncSession, filters: Filters) -> IncidentFacets:
    """How many incidents fit, as a whole and by country, area, region, theme, source and grade: most first, 100 values each."""
    filters = await find_words(session, filters)
    # As the filter does: an account that lies nowhere counts where it is labelled.
    places = case((Observation.located == [], Observation.countries), else_=Observation.located).label("places")
    said = (Observation.area_code, Observation.regions, Observation.subject_themes, Observation.source)
    fits = fitting(filters, places, *said)
    by_value = {
        "country": func.unnest(fits.c.places), "area": fits.c.area_code, "region": func.unnest(fits.c.regions),
        "theme": func.unnest(fits.c.subject_themes), "source": fits.c.source,
    }  # fmt: skip
    counted = [_counted(name, select(fits.c.incident_id, value.label("value")).distinct()) for name, value in by_value.items()]
    whole = select(literal("total"), literal(""), func.count(fits.c.incident_id.distinct()))
    complete = select(literal("complete"), literal(""), func.count()).where(complete_in(fits))
    rows: Sequence[Any] = (await session.execute(union_all(*counted, *_by_grade(fits), whole, complete))).all()
    return _as_facets(rows)


def _by_grade(fits: CTE) -> Iterable[Select[Any]]:
    """Reliability and credibility are two judgements: they are counted apart, over the last grades the caller may read."""
    latest = latest_grades()
    grades = select(latest).where(latest.c.incident_id.in_(select(fits.c.incident_id))).cte("grades")
    graded = literal("true")
    for name, value in (("reliability", grades.c.reliability), ("credibility", cast(grades.c.credibility, String)), ("graded", graded)):
        yield _counted(name, select(grades.c.incident_id, value.label("value")))


def _counted(name: str, values: Select[Any]) -> Select[Any]:
    each = values.subquery(f"by_{name}")
    query = select(literal(name).label("facet"), each.c.value, func.count().label("number")).where(each.c.value.is_not(None))
    return select(query.group_by(each.c.value).order_by(literal_column("3 desc"), each.c.value).limit(VALUES).subquery(f"of_{name}"))


def _as_facets(rows: Iterable[Any]) -> IncidentFacets:
    facets: dict[str, list[FacetValue]] = {}
    for facet, value, number in rows:
        facets.setdefault(facet, []).append(FacetValue(value=value, count=number))
    total, complete = facets.pop("total")[0].count, facets.pop("complete")[0].count
    graded = facets.get("graded", [])
    if ungraded := total - sum(value.count for value in graded):
        facets["graded"] = sorted([FacetValue(value="false", count=ungraded), *graded], key=lambda value: -value.count)
    return IncidentFacets(total=total, complete=bool(complete), facets=facets)


async def count_by_time(session: AsyncSession, filters: Filters, bucket: Bucket) -> IncidentTimeline:
    """How many incidents have an account in each step of time that holds any, oldest first."""
    filters = await find_words(session, filters)
    begins = func.date_trunc(bucket.value, Observation.occurred_at, "UTC").label("begins")
    fits = fitting(filters, begins)
    each = select(fits.c.begins, fits.c.incident_id).distinct().subquery("each")
    counted = (
        select(each.c.begins, func.count().label("number"), complete_in(fits).label("complete"))
        .group_by(each.c.begins)
        .order_by(each.c.begins)
    )
    rows = (await session.execute(counted)).all()
    steps = [TimelineStep(begins=row.begins, count=row.number) for row in rows]
    complete = all(row.complete for row in rows)
    return IncidentTimeline(bucket=bucket, complete=complete, steps=steps)
