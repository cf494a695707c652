"""Places over HTTP."""

from typing import Annotated

from fastapi import Query

from chassis.operation import router
from contracts.vocabulary import Country
from services.reports.places import queries
from services.reports.places.schemas import LocatedOut, PlacesOut

routes = router("places")


@routes.get("/places", response_model=PlacesOut)
async def list_places(
    country: Country | None = None,
    name: Annotated[str | None, Query(max_length=200, description="A name in any script, an ISO code, a P-code.")] = None,
) -> PlacesOut:
    """Countries, areas, valleys and basins, border pairs, and the zones in which nothing is attributed."""
    return queries.list_places(country, name)


@routes.get("/places/locate", response_model=LocatedOut)
async def locate_point(
    latitude: Annotated[float, Query(ge=-90, le=90, allow_inf_nan=False)],
    longitude: Annotated[float, Query(ge=-180, le=180, allow_inf_nan=False)],
) -> LocatedOut:
    """Where a point lies: a country and area, or undetermined between named countries."""
    return queries.locate_point(latitude, longitude)
