"""Real servers in a temporary folder, and a small project of four tiny services that runs with the real `deploy`."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy.places import PROJECT
from deploy.servers import NatsServer, PostgresServer, start_nats, start_postgres
from tests.deploy.runs import Run, wait_for

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
"""
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


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder whose ancestors let others pass, unlike pytest's own under root."""
    with tempfile.TemporaryDirectory(prefix="goodoffices-test-") as name:
        Path(name).chmod(0o711)
        yield Path(name)


@pytest.fixture
def postgres(folder: Path) -> Iterator[PostgresServer]:
    """A server of its own, because these tests kill it."""
    server = start_postgres(folder / "postgres")
    yield server
    server.erase()


@pytest.fixture
def nats(folder: Path) -> Iterator[NatsServer]:
    """A server of its own, because these tests kill it."""
    server = start_nats(folder / "nats")
    yield server
    server.erase()


@pytest.fixture
def project(folder: Path) -> Path:
    """The real `deploy` beside four services that only answer that they are ready."""
    home = folder / "project"
    shutil.copytree(PROJECT / "deploy", home / "deploy", ignore=shutil.ignore_patterns("__pycache__", "exercise"))
    files = {"deploy/exercise/load.py": LOAD, "services/gateway/identity/actions.py": BOOTSTRAP}
    for service in ("liaison", "reports", "coordination", "gateway"):
        files[f"services/{service}/app.py"] = SERVICE
        files[f"services/{service}/migrations/env.py"] = MIGRATION
        files[f"services/{service}/migrations/versions/.keep"] = ""
    for name, text in files.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
    return home


@pytest.fixture
def start(project: Path) -> Iterator[Callable[..., Run]]:
    """Starts runs of the project, and ends at the latest with the test."""
    runs: list[Run] = []

    def begin(port: int, ready: bool = True) -> Run:
        run = Run(project, port)
        runs.append(run)
        if ready:
            before = run.said.count("Ctrl-C stops")
            wait_for(lambda: run.said.count("Ctrl-C stops") > before or run.process.poll() is not None)
            assert run.process.poll() is None, run.said
        return run

    yield begin
    for run in runs:
        if run.process.poll() is None:
            run.process.terminate()
        try:
            run.process.wait(timeout=30)
        finally:
            run.process.kill()
            run.process.wait()


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
