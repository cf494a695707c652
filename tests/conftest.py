"""Fixtures of all tests: one PostgreSQL for the run, one NATS and one database per service for each worker.

Services run inside the test process on their real databases and bus; journeys and fault tests start real processes.
"""

import os
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import httpx
import psycopg
import pytest
from xdist.scheduler import LoadScopeScheduling

from deploy.environment import SERVICES, Surroundings, service_environment
from deploy.keys import Keys, make_keys
from deploy.migrations import upgrade
from deploy.postgres.bootstrap import DatabaseUrls, prepare_database
from deploy.postgres.server import PostgresAddress
from deploy.servers import NatsServer, PostgresServer, start_nats, start_postgres
from tests.clients import Headers, principal_headers
from tests.platforms import LoadedPlatform, start_platform

POSTGRES = "GOODOFFICES_TEST_POSTGRES"
DATA = Path(__file__).parents[2] / "shared" / "data"
_running: list[Any] = []


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL once, in the process that controls the workers; they find it in the environment."""
    if hasattr(config, "workerinput") or POSTGRES in os.environ or config.option.collectonly:
        return
    folder = tempfile.TemporaryDirectory(prefix="goodoffices-tests-", ignore_cleanup_errors=True)
    Path(folder.name).chmod(0o711)
    server = start_postgres(Path(folder.name) / "postgres")
    _running.extend([folder, server])
    _do_not_wait_for_the_disk(server)
    os.environ[POSTGRES] = f"{server.port}:{server.folder}"


def _do_not_wait_for_the_disk(server: PostgresServer) -> None:
    """Nobody kills this server: what survives a kill is shown on platforms of their own (tests/faults), which wait for the disk."""
    with psycopg.connect(server.url().replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("alter system set fsync = off")
        connection.execute("select pg_reload_conf()")


def pytest_unconfigure() -> None:
    """Stop what `pytest_configure` started."""
    if _running:
        folder, server = _running
        server.stop()
        folder.cleanup()
        _running.clear()
        del os.environ[POSTGRES]


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real data files, read and never copied."""
    assert DATA.is_dir(), f"the real data files are expected in {DATA}"
    return DATA


@pytest.fixture(scope="session")
def postgres_address() -> PostgresAddress:
    """The run's PostgreSQL."""
    port, folder = os.environ[POSTGRES].split(":", 1)
    return PostgresAddress(Path(folder), int(port))


@pytest.fixture(scope="session")
def work_folder() -> Iterator[Path]:
    """A folder of this worker whose ancestors let others pass."""
    with tempfile.TemporaryDirectory(prefix="goodoffices-worker-") as name:
        Path(name).chmod(0o711)
        yield Path(name)


@pytest.fixture(scope="session")
def nats_server(work_folder: Path) -> Iterator[NatsServer]:
    """This worker's NATS."""
    server = start_nats(work_folder / "nats")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def keys(work_folder: Path) -> Keys:
    """This worker's keys."""
    return make_keys(work_folder / "keys", SERVICES)


@pytest.fixture(scope="session")
def databases(postgres_address: PostgresAddress, worker_id: str) -> dict[str, DatabaseUrls]:
    """A migrated database per service, of this worker alone."""
    urls = {name: prepare_database(postgres_address, name, f"test_{worker_id}_{name}") for name in SERVICES}
    for name, each in urls.items():
        if Path(f"services/{name}/migrations/env.py").exists():
            upgrade(name, each.owner_url)
    return urls


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """`gw0`, or `main` without xdist."""
    found: str = getattr(request.config, "workerinput", {}).get("workerid", "main")
    return found


@pytest.fixture(scope="session")
def surroundings(databases: dict[str, DatabaseUrls], nats_server: NatsServer, keys: Keys, work_folder: Path) -> Surroundings:
    """What the services are told."""
    web = work_folder / "web"
    web.mkdir(exist_ok=True)
    (web / "index.html").write_text("<!doctype html><title>test</title>")
    return Surroundings(
        database_urls={name: urls.app_url for name, urls in databases.items()},
        nats_url=nats_server.url,
        keys=keys,
        service_urls={name: f"http://{name}.test" for name in SERVICES},
        web_folder=web,
    )


@contextmanager
def environment_of(service: str, surroundings: Surroundings) -> Iterator[None]:
    """The environment a service reads its settings from."""
    with mock.patch.dict(os.environ, service_environment(service, surroundings) | {"GOODOFFICES_LOG_LEVEL": "CRITICAL"}):
        yield


@asynccontextmanager
async def running(create_app: Callable[[], Any], name: str, surroundings: Surroundings) -> AsyncIterator[httpx.AsyncClient]:
    """The service's app with its background work, and a client for it."""
    with environment_of(name, surroundings):
        app = create_app()
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(app.router.lifespan_context(app))
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        client = await stack.enter_async_context(httpx.AsyncClient(transport=transport, base_url=f"http://{name}.test", timeout=60))
        client.app = app  # type: ignore[attr-defined]
        yield client


@pytest.fixture(scope="session")
async def liaison(surroundings: Surroundings) -> AsyncIterator[httpx.AsyncClient]:
    """Liaison, inside this process."""
    from services.liaison.app import create_app

    async with running(create_app, "liaison", surroundings) as client:
        yield client


@pytest.fixture(scope="session")
async def reports(surroundings: Surroundings) -> AsyncIterator[httpx.AsyncClient]:
    """Reports, inside this process."""
    from services.reports.app import create_app

    async with running(create_app, "reports", surroundings) as client:
        yield client


@pytest.fixture(scope="session")
async def coordination(surroundings: Surroundings) -> AsyncIterator[httpx.AsyncClient]:
    """Coordination, inside this process."""
    from services.coordination.app import create_app

    async with running(create_app, "coordination", surroundings) as client:
        yield client


@pytest.fixture(scope="session")
async def gateway(surroundings: Surroundings) -> AsyncIterator[httpx.AsyncClient]:
    """The gateway, inside this process; its hop to the services goes nowhere here (journeys test that)."""
    from services.gateway.app import create_app

    async with running(create_app, "gateway", surroundings) as client:
        yield client


@pytest.fixture(scope="session")
def as_(keys: Keys) -> Callable[..., Headers]:
    """`as_("analyst")` or `as_("feed", organization="unct-tjk")`: headers that bear a signed principal."""

    def headers(role: str, service: str = "*", **attributes: Any) -> Headers:
        return principal_headers(keys.principal_signing, role, service, **attributes)

    return headers


@pytest.fixture(scope="session")
def platform(work_folder: Path) -> Iterator[LoadedPlatform]:
    """The whole platform in its own processes, with the exercise data; one for all journeys and pages of the run."""
    with start_platform(work_folder / "platform") as started:
        yield started


class ByServers(LoadScopeScheduling):
    """Journeys and pages share one platform, so one worker runs them; fault tests stop theirs, so another one does.

    The rest goes by file. By name and not by marks: what xdist 3.8 makes of marks, pytest 9.2 does not see.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        if "test_what_was" in file:
            return "platform"
        folder = file.removeprefix("tests/").split("/", 1)[0]
        return {"journeys": "platform", "browser": "platform", "faults": "faults", "deploy": "faults"}.get(folder, file)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByServers:
    """Called by pytest-xdist, in the process that controls the workers."""
    return ByServers(config, log)
