"""Coverage, counted from the objectives and activities that its reader may see."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.vocabulary import PLACES, THEMES
from services.coordination.activities.queries import count_by_cell, count_unaligned
from services.coordination.coverage.rules import Doing, Key, cover
from services.coordination.coverage.schemas import CoverageCell, CoverageOut
from services.coordination.framework.tables import Objective


async def read_coverage(session: AsyncSession, place: str | None, theme: str | None) -> CoverageOut:
    """Every cell of the framework, or those of a place or theme, as far as the caller sees objectives and activities."""
    places = [place] if place else list(PLACES)
    themes = [theme] if theme else list(THEMES)
    doings = {key: Doing(count, organizations) for key, count, organizations in await count_by_cell(session)}
    cells = cover([(each, other) for each in places for other in themes], await _objectives_by_cell(session), doings)
    return CoverageOut(
        places=places,
        themes=themes,
        cells=[CoverageCell.model_validate(cell) for cell in cells],
        unaligned=await count_unaligned(session),
    )


async def _objectives_by_cell(session: AsyncSession) -> dict[Key, int]:
    query = select(Objective.place, Objective.theme, func.count()).group_by(Objective.place, Objective.theme)
    return {(place, theme): count for place, theme, count in await session.execute(query)}
