"""How fresh a service's copy of another's facts is; who decides on copied facts asks here first (R2, R15)."""

from datetime import timedelta
from typing import Final

from prometheus_client import Counter
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.errors import StaleCopy
from chassis.logs import log
from chassis.marks import Mark

# Clocks of machines that are kept together differ by less.
AHEAD: Final = timedelta(seconds=2)
REFUSED = Counter("goodoffices_watermarks_refused", "Watermarks from the future", ["service", "source"])
# While a gap is open nothing copied from there is fresh, however young the last mark is.
_SEEN = text("""
    select seen_until from watermarks where source = :source
        and not exists (select from places where source = :source and gap_since is not null)
""")
logger = log(__name__)


async def require_fresh(session: AsyncSession, source: str, within_seconds: float = 5.0) -> None:
    """StaleCopy unless everything `source` announced until `within_seconds` ago has been seen.

    A mark that is later than this service's own clock says nothing.
    """
    seen, clock = (await session.execute(_SEEN, {"source": source})).scalar(), now()
    if seen is None or not clock - timedelta(seconds=within_seconds) <= seen <= clock + AHEAD:
        raise StaleCopy(source)


def refuse_mark(service: str, source: str, mark: Mark) -> None:
    """Tell of a mark that is later than this service's clock; one of the two clocks is wrong."""
    REFUSED.labels(service, source).inc()
    ahead = (mark.seen_until - now()).total_seconds()
    logger.error("watermark from the future refused", source=source, seconds_ahead=round(ahead, 1))
