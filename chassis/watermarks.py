"""How fresh a service's copy of another's facts is; who decides on copied facts asks here first (R2, R15)."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.errors import StaleCopy
from chassis.tables import Watermark


async def require_fresh(session: AsyncSession, source: str, within_seconds: float = 5.0) -> None:
    """StaleCopy unless everything `source` announced until `within_seconds` ago has been seen."""
    mark = await session.get(Watermark, source)
    if mark is None or mark.seen_until < now() - timedelta(seconds=within_seconds):
        raise StaleCopy(source)
