"""What reports does by itself: it works off deliveries that were too large to be stored while their sender waits."""

from fastapi import FastAPI

from chassis.leading import lead
from services.reports.intake.actions import CHANNEL, work_off


async def store_deliveries(app: FastAPI) -> None:
    """Store what was kept, over restarts and by one process of many, until cancelled (R5)."""
    database = app.state.database
    await lead(database.dsn, CHANNEL, lambda _: work_off(database))
