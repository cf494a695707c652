"""Whether a service can do its work: database, broker, age of the outbox, lag of its consumers, events given up."""

import asyncio
from typing import Any

from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse, Response

from chassis.principal import system_principal

OUTBOX_LIMIT_SECONDS = 30.0
LAG_LIMIT = 10_000
PATIENCE_SECONDS = 2.0
READY = Gauge("goodoffices_ready", "1 when the service can do its work", ["service"])
OUTBOX_AGE = Gauge("goodoffices_outbox_age_seconds", "Age of the oldest unpublished event", ["service"])
LAG = Gauge("goodoffices_consumer_lag", "Events yet to be handled", ["service", "source"])
DEAD = Gauge("goodoffices_dead_letters", "Events given up after five failures", ["service"])
_STATE = text(
    "select coalesce(extract(epoch from now() - min(recorded_at)), 0)::float,"
    " (select count(*) from dead_letters) from outbox where published_at is null"
)
_PLACES = text("select source, sequence from places")
health = APIRouter(include_in_schema=False)


@health.get("/healthz")
async def alive() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@health.get("/readyz")
async def ready(request: Request) -> Response:
    """200 when the service can work, 503 with what is missing otherwise."""
    found = await examine(request.app.state)
    return JSONResponse(found, status_code=200 if found["status"] == "ok" else 503)


@health.get("/metrics")
async def metrics(request: Request) -> Response:
    """Prometheus text."""
    await examine(request.app.state)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


async def examine(state: Any) -> dict[str, Any]:
    """What works, part by part; `status` is ok when all does."""
    parts: dict[str, Any] = {"broker": "ok" if state.bus.connected else "not connected"}
    try:
        async with asyncio.timeout(PATIENCE_SECONDS), state.database.transaction(system_principal(state.settings.service)) as session:
            age, dead = (await session.execute(_STATE)).one()
            places = {row.source: row.sequence for row in await session.execute(_PLACES)}
    except (SQLAlchemyError, TimeoutError, OSError) as error:
        parts["database"] = type(error).__name__
    else:
        parts |= {"database": "ok", "outbox": _within(age, OUTBOX_LIMIT_SECONDS, "seconds behind"), "dead_letters": dead}
        OUTBOX_AGE.labels(state.settings.service).set(age)
        DEAD.labels(state.settings.service).set(dead)
        parts |= await _readers(state, places)
    parts |= state.runner.overdue()
    well = all(value == "ok" or name == "dead_letters" for name, value in parts.items())
    READY.labels(state.settings.service).set(well)
    return {"status": "ok" if well else "not ready", **parts}


async def _readers(state: Any, places: dict[str, int]) -> dict[str, str]:
    """How far behind each inbox is, in messages of the stream it reads; the broker has to be there to tell."""
    sources = [inbox.source for inbox in state.inboxes if state.bus.connected]
    newest = await asyncio.gather(*(state.bus.last_sequence(source, PATIENCE_SECONDS) for source in sources))
    found = {}
    for source, last in zip(sources, newest, strict=True):
        place = places.get(source)
        lag = None if last is None or place is None else max(last - place, 0)
        if lag is not None:
            LAG.labels(state.settings.service, source).set(lag)
        found[f"events of {source}"] = "not read yet" if lag is None else _within(lag, LAG_LIMIT, "behind")
    return found


def _within(value: float, limit: float, unit: str) -> str:
    return "ok" if value <= limit else f"{value:.0f} {unit}"
