"""Whether a service can do its work: database, broker, what it publishes and writes, what it reads, events given up."""

import asyncio
from math import inf
from typing import Any

from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse, Response

from chassis.bus import BusUnavailable
from chassis.columns import now
from chassis.marks import Mark
from chassis.principal import system_principal

OUTBOX_LIMIT_SECONDS = 30.0
LAG_LIMIT = 10_000
PATIENCE_SECONDS = 2.0
# The relay says once a second that it publishes.
SILENCE_SECONDS = 10.0
READY = Gauge("goodoffices_ready", "1 when the service can do its work", ["service"])
OUTBOX_AGE = Gauge("goodoffices_outbox_age_seconds", "Age of the oldest unpublished event", ["service"])
LAG = Gauge("goodoffices_consumer_lag", "Events yet to be handled", ["service", "source"])
MARK_AGE = Gauge("goodoffices_watermark_age_seconds", "Age of the service's own last watermark", ["service"])
GAP = Gauge("goodoffices_gap", "1 while events of a source are missing", ["service", "source"])
COPY_AGE = Gauge("goodoffices_copy_age_seconds", "Since when changes of a source may be unknown", ["service", "source"])
DEAD = Gauge("goodoffices_dead_letters", "Events given up after five failures", ["service"])
_STATE = text(
    "select coalesce(extract(epoch from now() - min(recorded_at)), 0)::float,"
    " (select count(*) from dead_letters) from outbox where published_at is null"
)
_PLACES = text(
    "select source, sequence, gap, gap_since, extract(epoch from now() - seen_until)::float as age"
    " from places left join watermarks using (source)"
)
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
            places = {row.source: row for row in await session.execute(_PLACES)}
    except (SQLAlchemyError, TimeoutError, OSError) as error:
        parts["database"] = type(error).__name__
    else:
        parts |= {"database": "ok", "outbox": _within(age, OUTBOX_LIMIT_SECONDS, "seconds behind"), "dead_letters": dead}
        OUTBOX_AGE.labels(state.settings.service).set(age)
        DEAD.labels(state.settings.service).set(dead)
        parts["writing"] = await state.writes.refused(PATIENCE_SECONDS) or "ok"
        parts |= await _readers(state, places)
    parts["publishing"] = await _publishing(state)
    parts |= state.runner.overdue() | state.conditions
    told = {"dead_letters", *state.conditions}
    well = all(value == "ok" or name in told for name, value in parts.items())
    READY.labels(state.settings.service).set(well)
    return {"status": "ok" if well else "not ready", **parts}


async def _publishing(state: Any) -> str:
    """Whether the stream holds a young watermark of this service's own: everything it announced is on its way."""
    service = state.settings.service
    try:
        payload = await state.bus.last_mark(service, PATIENCE_SECONDS)
        said = Mark.read(payload) if payload else None
    except BusUnavailable as error:
        return str(error)
    age = (now() - (said.at or said.seen_until)).total_seconds() if said else inf
    MARK_AGE.labels(service).set(age)
    if age <= SILENCE_SECONDS:
        return "ok"
    since = f"{age:.0f} seconds since" if said else "there is not even"
    return f"{since} the last watermark{state.relay.told_trouble}"


async def _readers(state: Any, places: dict[str, Any]) -> dict[str, str]:
    """How far behind each inbox is, in messages of the stream it reads; the broker has to be there to tell."""
    sources = [inbox.source for inbox in state.inboxes if state.bus.connected]
    newest = await asyncio.gather(*(state.bus.last_sequence(source, PATIENCE_SECONDS) for source in sources))
    return {
        f"events of {source}": _reader(state.settings.service, source, places.get(source), last)
        for source, last in zip(sources, newest, strict=True)
    }


def _reader(service: str, source: str, place: Any, last: int | None) -> str:
    if place is None or last is None:
        return "not read yet"
    lag = max(last - place.sequence, 0)
    LAG.labels(service, source).set(lag)
    GAP.labels(service, source).set(place.gap_since is not None)
    COPY_AGE.labels(service, source).set(inf if place.age is None else place.age)
    if place.gap_since is not None:
        return f"gap since {place.gap_since.isoformat(timespec='seconds')}: {place.gap}"
    return _within(lag, LAG_LIMIT, "behind")


def _within(value: float, limit: float, unit: str) -> str:
    return "ok" if value <= limit else f"{value:.0f} {unit}"
