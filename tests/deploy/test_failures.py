"""A server that will not start, a database that cannot be prepared, a load that breaks off: one clear line, and exit code 1."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy.machine import free_port
from deploy.places import PROJECT
from deploy.postgres.places import data_home
from tests.deploy.runs import Run, gone

Start = Callable[..., Run]
LOST_GATEWAY = """
import httpx

async def load(base_url, credentials, administrator):
    async with httpx.AsyncClient() as http:
        await http.get("http://127.0.0.1:1/")
"""
LOST_DATABASE = """
from chassis.database import Database
from chassis.principal import system_principal
from chassis.reactions import Reactions

async def create_administrator(database_url):
    async with Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing", Reactions()).transaction(system_principal("gateway")):
        raise AssertionError("nobody answers there")
"""


def refused(run: Run) -> str:
    """The one line a run that failed ends with; nothing of it still runs, and nothing else was said than steps."""
    assert run.process.wait(timeout=60) == 1
    lines = run.said.splitlines()
    assert "Traceback" not in run.said
    assert [line for line in lines if line.startswith("error: ")] == lines[-1:]
    assert not (run.local / "run.json").exists()
    assert all(gone(pid) for pid in run.servers().values())
    return lines[-1]


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("global/pg_control", b"x" * 100, 'PostgreSQL did not start: .*could not read file "global/pg_control"'),
        ("PG_VERSION", b"9.6\n", "PostgreSQL did not start: .*incompatible with server"),
        ("postmaster.pid", b"", 'PostgreSQL did not start: .*lock file "postmaster.pid" is empty'),
        # With these the server starts and refuses every connection, or falls over at each.
        ("global/pg_filenode.map", b"x", 'the database of liaison could not be prepared: .*could not read file "global/pg_filenode.map"'),
        ("../superuser-password", b"another", "the database of liaison could not be prepared: .*password authentication failed"),
    ],
)
def test_corrupted_data_is_told_in_one_line(start: Start, kept: Path, file: str, content: bytes, said: str) -> None:
    data = data_home(kept / "postgres", print) / "data"
    (data / file).write_bytes(content)
    line = refused(start(free_port(), ready=False))
    assert re.fullmatch(f"error: {said}.*", line), line


def test_a_nats_configuration_that_cannot_be_loaded_is_told_in_one_line(start: Start, project: Path, kept: Path) -> None:
    configuration = project / "deploy/nats/nats.conf"
    configuration.write_text(configuration.read_text().replace("max_payload: 8MB", "max_payload: much"))
    assert re.fullmatch(r"error: NATS did not start: .*/nats\.conf:6:1: .*", refused(start(free_port(), ready=False)))


def test_a_store_nats_cannot_use_is_told_in_one_line(start: Start, kept: Path) -> None:
    shutil.rmtree(kept / "nats/store")
    (kept / "nats/store").write_text("a file where a folder should be")
    assert re.fullmatch(r"error: NATS did not start: .*storage directory is not a directory", refused(start(free_port(), ready=False)))


def test_a_gateway_that_goes_away_during_the_load_is_told_in_one_line(start: Start, project: Path, kept: Path) -> None:
    (project / "deploy/exercise/load.py").write_text(LOST_GATEWAY)
    line = refused(start(free_port(), ready=False))
    assert line == "error: the exercise data could not be loaded: ConnectError: All connection attempts failed"


def test_a_database_that_goes_away_before_the_load_is_told_in_one_line(start: Start, project: Path, kept: Path) -> None:
    (kept / "credentials.json").unlink()
    (project / "services/gateway/identity/actions.py").write_text(LOST_DATABASE)
    for package in ("chassis", "contracts"):
        (project / package).symlink_to(PROJECT / package)
    line = refused(start(free_port(), ready=False))
    assert line.startswith("error: the exercise data could not be loaded: OperationalError: ")
