"""Freshness over HTTP."""

from chassis.operation import Session, router
from chassis.pagination import Page, PagingQuery, Rows
from contracts.vocabulary import Place, Theme
from services.reports.freshness import queries
from services.reports.freshness.queries import Filters
from services.reports.freshness.rules import Facet, FreshnessState
from services.reports.freshness.schemas import FreshnessOut

routes = router("freshness")


@routes.get("/freshness", response_model=Page[FreshnessOut])
async def list_freshness(
    session: Session,
    paging: PagingQuery,
    country: Place | None = None,
    theme: Theme | None = None,
    facet: Facet | None = None,
    state: FreshnessState | None = None,
) -> Rows[FreshnessOut]:
    """Every place and theme the Centre answers for, with the age of its newest evidence. `country` is any place."""
    return await queries.list_freshness(session, paging, Filters(country, theme, facet, state))
