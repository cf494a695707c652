"""The app factory: everything a service has in common, wired once."""

import asyncio
import gc
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.telemetry import TelemetryConfig

from chassis.audit import Trail
from chassis.audit_trail import audit_trail
from chassis.bus import SERVICES, Bus
from chassis.database import Database
from chassis.health import health
from chassis.inbox import Inbox, Subscribers
from chassis.listening import Listener
from chassis.logs import configure_logs, log
from chassis.middleware import Surroundings
from chassis.openapi import describe
from chassis.permissions import permissions
from chassis.policy import Policy
from chassis.principal import PrincipalReader
from chassis.problems import install_problems
from chassis.proof_trail import proof_trail
from chassis.publishing import answer_readers
from chassis.reactions import Reactions
from chassis.relay import WATERMARK_SECONDS, Relay
from chassis.retention import Bound, own_bounds, retention_task
from chassis.revocations import Epochs, hear_revocations
from chassis.runner import Reader, Runner, Task
from chassis.sealing import SEAL_SECONDS, Sealer
from chassis.settings import Settings
from chassis.telemetry import configure_traces
from chassis.writing import Writes

# A round publishes all that waits, which may be much after the bus was away; what it asks of
# servers has limits of its own.
RELAY_LIMIT_SECONDS = 3600.0
logger = log(__name__)
# FastAPI's own puts whole addresses into traces: names people searched for, and the secrets of calendar feeds. Ours is in middleware.py.
NO_TELEMETRY: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False}
Background = Callable[[FastAPI], list[Task | Reader]]


@dataclass
class Service:
    """What makes one service different from the others: wired in its app.py."""

    name: str
    folder: Path
    routers: list[APIRouter]
    subscribers: list[Subscribers]
    reactions: list[Reactions] = field(default_factory=list)
    # What it does by itself (its jobs.py).
    background: Background = lambda _: []
    # How long it keeps rows of its own tables, by its settings (chassis.retention).
    bounds: Callable[[Any], list[Bound]] = lambda _: []

    def connect(self, url: str, pool_size: int = 10) -> Database:
        """The service's database, whose transactions react as the app's do; for commands and tests."""
        return Database(url, Reactions.joined(self.reactions), pool_size)


def create_service(service: Service, settings: Settings) -> FastAPI:
    """A FastAPI app that runs `service`: its routes, and what it does by itself."""
    configure_logs(service.name, settings.log_level)
    configure_traces(service.name, settings.otlp_endpoint)
    app = FastAPI(
        title=f"Good Offices: {service.name}",
        version="1",
        lifespan=_lifespan(service),
        docs_url=None,
        redoc_url=None,
        # A redirect would name the address at which the gateway reaches this service.
        redirect_slashes=False,
        telemetry=NO_TELEMETRY,
    )
    state = app.state
    state.settings = settings
    state.database = service.connect(settings.database_url.get_secret_value())
    state.trail = Trail(state.database)
    # What readiness tells without making the service unready.
    state.conditions = dict[str, str]()
    state.bus = Bus(settings.nats_url.get_secret_value())
    state.principals = PrincipalReader(settings.principal_keys, audience=service.name)
    state.epochs = Epochs()
    state.policy = Policy(service.folder)
    state.inboxes = _inboxes(service, app)
    state.relay = Relay(state.bus, service.name)
    state.writes = Writes(state.database)
    state.listener = Listener(state.database.dsn)
    state.runner = Runner(service.name, state.database.dsn, state.listener)
    for router in [health, permissions, audit_trail, proof_trail, *service.routers]:
        app.include_router(router)
    install_problems(app)
    app.add_middleware(Surroundings, service=service.name)
    describe(app, service.name)
    return app


def _inboxes(service: Service, app: FastAPI) -> list[Inbox]:
    together = Subscribers()
    for each in service.subscribers:
        together.include(each)
    sources = sorted({event_type.split(".", 1)[0] for event_type in together.kinds} & set(SERVICES))
    return [Inbox(app.state.database, app.state.bus, service.name, source, together) for source in sources]


def _lifespan(service: Service) -> Any:
    @asynccontextmanager
    async def run(app: FastAPI) -> AsyncIterator[None]:
        state = app.state
        await state.bus.connect()
        for inbox in state.inboxes:
            await inbox.examine()
        bounds = [*own_bounds(state.settings), *service.bounds(state.settings)]
        retention = retention_task(state.database, service.name, bounds)
        state.runner.work = [*_own_work(service.name, state), retention, *service.background(app)]
        state.runner.start()
        _share_the_interpreter()
        try:
            yield
        finally:
            await state.runner.stop()
            await _within(state.bus.close(), "closing the bus")
            await _within(state.database.close(), "closing the database")

    return run


def _own_work(service: str, state: Any) -> list[Task | Reader]:
    """What every service does by itself."""
    sealer = Sealer(state.database, service, state.settings.seal_key)

    def inbox(each: Inbox) -> Reader:
        return Reader(name=f"inbox of {each.source}", run=each.run)

    return [
        Task(
            name="relay",
            led=state.relay.relay,
            every=WATERMARK_SECONDS,
            wake_on="outbox",
            limit=RELAY_LIMIT_SECONDS,
        ),
        Task(name="sealer", work=sealer.seal_all, every=SEAL_SECONDS),
        Reader(name="answers to readers", run=lambda: answer_readers(state.bus, state.database, service)),
        Reader(name="revocations", run=lambda: hear_revocations(state.bus, state.epochs)),
        *(inbox(each) for each in state.inboxes),
    ]


def _share_the_interpreter() -> None:
    """Let nothing hold up requests that work beside them could let pass."""
    # What is loaded now stays. Looking through it again stopped everything for a quarter of a second, every three under load;
    # and what a slice of a delivery is made of stays until it is stored, however often it is looked through.
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    # A transaction takes dozens of turns. Where a thread works (judging, hashing, compressing), each would wait 5 ms for its own.
    sys.setswitchinterval(0.0001)


async def _within(work: Awaitable[None], what: str) -> None:
    """Let `work` take five seconds: a server that is gone must not keep a service from ending."""
    try:
        await asyncio.wait_for(work, 5.0)
    except TimeoutError:
        logger.critical("does not end", what=what)
