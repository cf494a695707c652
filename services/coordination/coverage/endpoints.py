"""Coverage over HTTP."""

from chassis.operation import Session, router
from contracts.vocabulary import Place, Theme
from services.coordination.coverage import queries
from services.coordination.coverage.schemas import CoverageOut

routes = router("coverage")


@routes.get("/coverage", response_model=CoverageOut)
async def read_coverage(session: Session, place: Place | None = None, theme: Theme | None = None) -> CoverageOut:
    """Where objectives have no activity, and where several organizations do the same."""
    return await queries.read_coverage(session, place, theme)
