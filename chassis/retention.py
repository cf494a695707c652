"""Retention: what nobody needs any more is removed, in batches, by the one process that leads.

The service's role may delete none of it itself: a function of the owner's does, made by a migration
(chassis.retiring), which spares what something still needs and whatever is younger than its floor.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from prometheus_client import Counter
from sqlalchemy import text

from chassis.columns import now
from chassis.database import Database
from chassis.principal import system_principal
from chassis.runner import Task
from chassis.settings import Settings

RETENTION_SECONDS, BATCH, MOST_BATCHES = 3600.0, 1000, 100
_RETIRE = text("select retire(:table, :before, :most)")
RETIRED = Counter("goodoffices_retired", "Rows removed as too old", ["service", "table"])


class Bound(NamedTuple):
    """How long rows of a table are kept."""

    table: str
    kept: timedelta


def own_bounds(settings: Settings) -> list[Bound]:
    """Of the tables every service has. The audit is kept for ever where no days are set."""
    audit = settings.audit_days
    return [
        Bound("outbox", timedelta(days=settings.outbox_days)),
        Bound("inbox", timedelta(days=settings.inbox_days)),
        Bound("idempotency_keys", timedelta(hours=settings.idempotency_hours)),
        *([Bound("audit", timedelta(days=audit))] if audit is not None else []),
    ]


async def retire(database: Database, service: str, bounds: Sequence[Bound]) -> float | None:
    """One round: up to so many batches of each table; 0 when there is more to do."""
    is_more = False
    for bound in bounds:
        is_more |= await _retire_from(database, service, bound)
    return 0.0 if is_more else None


async def _retire_from(database: Database, service: str, bound: Bound) -> bool:
    """A transaction for each batch, so that nobody waits for long; whether there is more."""
    values = {"table": bound.table, "before": now() - bound.kept, "most": BATCH}
    for _ in range(MOST_BATCHES):
        async with database.transaction(system_principal(service)) as session:
            gone = (await session.execute(_RETIRE, values)).scalar_one()
        RETIRED.labels(service, bound.table).inc(gone)
        if gone == 0:
            return False
    return True


def retention_task(database: Database, service: str, bounds: Sequence[Bound]) -> Task:
    """Led by one process, once an hour."""
    return Task(
        name="retention",
        led=lambda _: retire(database, service, bounds),
        every=RETENTION_SECONDS,
        limit=600.0,
        overdue=900.0,
    )
