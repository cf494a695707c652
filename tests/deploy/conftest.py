"""Real servers in a temporary folder, and a small project of four tiny services that runs with the real `deploy`."""

import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deploy.environment import SERVICES
from deploy.machine import free_port
from deploy.places import PROJECT
from deploy.postgres.bootstrap import DatabaseUrls, drop_database, prepare_database
from deploy.servers import NatsServer, PostgresServer, start_nats, start_postgres
from tests.deploy.runs import FirstRun, Run

SERVICE = """
async def answer(scope, receive, send):
    if scope["type"] == "lifespan":
        while (await receive())["type"] != "lifespan.shutdown":
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"ready"})


def create_app():
    return answer
"""
MIGRATION = """
import psycopg
from alembic import context

with psycopg.connect(context.config.attributes["url"].replace("+psycopg", "")) as connection:
    connection.execute("CREATE TABLE IF NOT EXISTS runs (at timestamptz DEFAULT clock_timestamp())")
    connection.execute("INSERT INTO runs DEFAULT VALUES")
    connection.execute("CREATE TABLE IF NOT EXISTS alembic_version (version_num text)")
    connection.execute("INSERT INTO alembic_version SELECT '0001' WHERE NOT EXISTS (SELECT FROM alembic_version)")
"""
REVISION = 'revision = "0001"\n'
BOOTSTRAP = """
async def create_administrator(database_url):
    return "first-client", "first-secret"
"""
LOAD = """
import json


async def load(base_url, credentials, administrator):
    if administrator is not None:
        people = [{"name": "administrator", "client_id": administrator[0], "client_secret": administrator[1]}]
        credentials.write_text(json.dumps({"people": people}))
"""


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder whose ancestors let others pass, unlike pytest's own under root."""
    with tempfile.TemporaryDirectory(prefix="goodoffices-test-") as name:
        Path(name).chmod(0o711)
        yield Path(name)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder of this test alone."""
    with open_folder() as opened:
        yield opened


@pytest.fixture
def postgres(folder: Path) -> Iterator[PostgresServer]:
    """A server of its own, for tests that kill it or need it new."""
    server = start_postgres(folder / "postgres")
    yield server
    server.erase()


@pytest.fixture(scope="package")
def shared_postgres() -> Iterator[PostgresServer]:
    """One server for all tests that leave it as they found it."""
    with open_folder() as opened:
        server = start_postgres(opened / "postgres")
        yield server
        server.erase()


@pytest.fixture
def urls(shared_postgres: PostgresServer) -> Iterator[DatabaseUrls]:
    """A new database of liaison."""
    yield prepare_database(shared_postgres, "liaison")
    drop_database(shared_postgres, "goodoffices_liaison")


@pytest.fixture
def nats(folder: Path) -> Iterator[NatsServer]:
    """A server of its own, because these tests kill it."""
    server = start_nats(folder / "nats")
    yield server
    server.erase()


def write_project(home: Path) -> None:
    """The real `deploy` beside four services that only answer that they are ready."""
    shutil.copytree(PROJECT / "deploy", home / "deploy", ignore=shutil.ignore_patterns("__pycache__", "exercise"))
    files = {"deploy/exercise/load.py": LOAD, "services/gateway/identity/actions.py": BOOTSTRAP}
    for service in SERVICES:
        files[f"services/{service}/app.py"] = SERVICE
        files[f"services/{service}/migrations/env.py"] = MIGRATION
        files[f"services/{service}/migrations/versions/0001_runs.py"] = REVISION
    for name, text in files.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")


@pytest.fixture(scope="package")
def first_run() -> Iterator[FirstRun]:
    """A start of the project on a new folder, ended by Ctrl-C as soon as it is ready."""
    with open_folder() as opened:
        write_project(opened / "project")
        run = Run(opened / "project", free_port())
        try:
            run.wait_ready()
            yield FirstRun.end(run, signal.SIGINT)
        finally:
            run.end()


@pytest.fixture
def project(folder: Path) -> Path:
    """A project that never ran."""
    write_project(folder / "project")
    return folder / "project"


@pytest.fixture
def kept(project: Path, first_run: FirstRun) -> Path:
    """The project's folder of data, as its first run left it: there are no databases to make, and nothing is to migrate."""
    return first_run.copy_data(project)


@pytest.fixture
def start(project: Path) -> Iterator[Callable[..., Run]]:
    """Starts runs of the project, and ends at the latest with the test."""
    runs: list[Run] = []

    def begin(port: int, ready: bool = True) -> Run:
        runs.append(Run(project, port))
        if ready:
            runs[-1].wait_ready()
        return runs[-1]

    yield begin
    for run in runs:
        run.end()


@pytest.fixture
def bystander() -> Iterator[Callable[..., "subprocess.Popen[bytes]"]]:
    """Starts a Python with these words that does nothing but be there, and ends it with the test."""
    there: list[subprocess.Popen[bytes]] = []

    def begin(*words: str) -> "subprocess.Popen[bytes]":
        # What follows -c is for the program itself: the words stand in the command line and mean nothing.
        program = [] if words[0] == "-c" else ["-c", "import time; time.sleep(600)", sys.executable]
        there.append(subprocess.Popen([sys.executable, *program, *words]))
        return there[-1]

    yield begin
    for each in there:
        each.kill()
        each.wait()
