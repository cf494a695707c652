"""`goodoffices doctor`: each fault is caused, and found with the command that mends it."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from deploy.doctor import databases, servers
from deploy.doctor.examining import examine
from deploy.doctor.patient import Patient
from deploy.machine import free_port
from deploy.platform import Platform
from tests.faults.backups import command
from tests.faults.ills import FAULTS, opened, unsaved, write_note
from tests.platforms import LoadedPlatform


@pytest.fixture(scope="module")
def platform(fragile: LoadedPlatform) -> Platform:
    """It was saved a moment ago: nothing is wrong."""
    write_note(fragile.platform, datetime.now(UTC).isoformat())
    for service in fragile.platform.services():
        service.wait_ready()
    return fragile.platform


@pytest.mark.timeout(120)
def test_nothing_is_wrong_with_a_platform_that_is_well(platform: Platform) -> None:
    done = command("doctor", "--folder", platform.folder)
    assert (done.returncode, done.stdout) == (0, "all is well: 14 things were looked at\n"), done.stderr


@pytest.mark.timeout(120)
@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found_with_what_mends_it(platform: Platform, fault: str) -> None:
    cause, problem, mend = FAULTS[fault]
    with cause(platform):
        lines = [str(finding) for finding in examine(platform.folder)]
    assert [line for line in lines if line.startswith(problem) and mend in line.split("; mend: ")[1]], lines


@pytest.mark.timeout(60)
def test_the_command_says_a_line_each_and_fails(platform: Platform) -> None:
    with opened("environment/liaison.json", 0o600)(platform), unsaved(platform):
        done = command("doctor", "--folder", platform.folder)
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 2, done.stdout
    assert all("; mend: " in line for line in done.stdout.splitlines())


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("LEAST_FREE_MIB", "1e12", "MiB are free at"),
        ("BACKUP_HOURS", "0.000001", "the last backup is 0 hours old"),
    ],
)
def test_bounds_are_settings(platform: Platform, monkeypatch: pytest.MonkeyPatch, name: str, value: str, problem: str) -> None:
    monkeypatch.setenv(f"GOODOFFICES_{name}", value)
    assert [finding for finding in examine(platform.folder) if problem in finding.problem]


@pytest.mark.parametrize(
    ("where", "check", "what"),
    [
        (databases, databases.clocks, "the clock of liaison's PostgreSQL is -10 s"),
        (servers, servers.nats, "the clock of NATS is -10 s"),
    ],
)
def test_clocks_that_do_not_agree(platform: Platform, monkeypatch: pytest.MonkeyPatch, where: Any, check: Any, what: str) -> None:
    kept = json.loads((platform.folder / "environment" / "liaison.json").read_text())
    patient = Patient({"liaison": kept}, platform.folder)
    assert list(check(patient)) == []
    monkeypatch.setattr(where, "time", SimpleNamespace(time=lambda: time.time() + 10))
    assert [finding for finding in check(patient) if finding.problem.startswith(what)]


@contextmanager
def monitor(health: dict[str, Any], said: dict[str, Any]) -> Iterator[str]:
    """A monitoring port that says these."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(health if self.path == "/healthz" else said).encode()
            self.send_response(200 if health == {"status": "ok"} else 503)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


WELL: dict[str, Any] = {
    "config": {"sync_always": True, "max_storage": 100},
    "stats": {"storage": 10},
}


@pytest.mark.parametrize(
    ("health", "stream", "problem"),
    [
        ({"status": "ok"}, WELL, None),
        (
            {"status": "unavailable", "error": "write error"},
            WELL,
            "NATS does not work: write error",
        ),
        ({"status": "ok"}, WELL | {"config": {"max_storage": 100}}, "NATS does not write through"),
        (
            {"status": "ok"},
            WELL | {"stats": {"storage": 95}},
            "streams fill 95% of what NATS may store",
        ),
    ],
)
def test_what_nats_says_of_itself(
    monkeypatch: pytest.MonkeyPatch,
    health: dict[str, Any],
    stream: dict[str, Any],
    problem: str | None,
) -> None:
    with monitor(health, {"jetstream": stream, "now": datetime.now(UTC).isoformat()}) as url:
        monkeypatch.setenv("GOODOFFICES_NATS_MONITOR_URL", url)
        found = [finding.problem for finding in servers.nats(Patient({}, None))]
    assert len(found) == (problem is not None)
    assert all(each.startswith(problem or "") for each in found)


def test_a_service_elsewhere_is_examined_by_its_variables(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    key = tmp_path / "seal.json"
    key.write_text("{}")
    key.chmod(0o644)
    variables = {
        "SERVICE": "liaison",
        "DATABASE_URL": f"postgresql+psycopg://nobody@127.0.0.1:{free_port()}/x",
        "SEAL_KEY": str(key),
    }
    for name, value in variables.items():
        monkeypatch.setenv(f"GOODOFFICES_{name}", value)
    first, second = (finding.problem for finding in examine(tmp_path))
    assert first == f"the key of liaison is readable by others: {key}"
    assert second.startswith("the database of liaison does not answer: OperationalError")
    key.unlink()
    assert next(iter(examine(tmp_path))).problem == f"the key of liaison is missing: {key}"


def test_where_there_is_no_platform_it_says_so(tmp_path: Path) -> None:
    done = command("doctor", "--folder", tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("error: no settings for any service")
