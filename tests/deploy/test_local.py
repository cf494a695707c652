"""`make run` as a person meets it: start, second start, Ctrl-C, a killed service, a killed supervisor."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy.errors import DiskFull
from deploy.machine import free_port, require_space
from tests.deploy.conftest import open_folder, write_project
from tests.deploy.runs import FirstRun, Run, gone, wait_for

Bystander = Callable[..., "subprocess.Popen[bytes]"]
STEPS = [
    "Starting PostgreSQL and NATS",
    "Preparing the databases",
    "Migrating the databases",
    "Starting the services",
    "Loading the exercise data",
]


@pytest.fixture(scope="module")
def running(first_run: FirstRun) -> Iterator[Run]:
    """A second start, for those that look at a run and leave it running."""
    with open_folder() as folder:
        write_project(folder)
        first_run.copy_data(folder)
        run = Run(folder, free_port())
        try:
            run.wait_ready()
            yield run
        finally:
            run.end()


def test_ctrl_c_stops_everything_and_exits_well(first_run: FirstRun) -> None:
    assert len(first_run.pids) == 6
    assert "first-secret" in first_run.said
    assert (first_run.home / ".local/credentials.json").stat().st_mode & 0o777 == 0o600
    assert first_run.exit_code == 0
    assert [name for name, pid in first_run.pids.items() if not gone(pid)] == []
    assert not (first_run.home / ".local/run.json").exists()


def test_each_step_is_told_when_it_is_done(first_run: FirstRun) -> None:
    assert re.findall(r"^(.+): \d+\.\d s$", first_run.said, re.MULTILINE) == STEPS
    assert first_run.said.index(STEPS[-1]) < first_run.said.index(f"Good Offices is ready at http://127.0.0.1:{first_run.port}")


def test_on_a_terminal_a_step_is_shown_while_it_runs(project: Path) -> None:
    steps = "import time; from deploy.progress import Progress\nwith Progress().step('Starting the services'): time.sleep(0.3)"
    terminal, other_end = os.openpty()
    subprocess.run([sys.executable, "-c", steps], stdout=other_end, cwd=project, env=os.environ | {"TERM": "xterm"}, timeout=30, check=True)
    os.close(other_end)
    shown = os.read(terminal, 65_536).decode()
    os.close(terminal)
    assert shown.index("Starting the services …") < shown.index("Starting the services: 0.")


def test_second_start_keeps_the_credentials(running: Run, first_run: FirstRun) -> None:
    kept, made = (home / ".local/credentials.json" for home in (running.home, first_run.home))
    assert kept.read_text(encoding="utf-8") == made.read_text(encoding="utf-8")


def test_a_second_start_beside_the_first_is_refused(running: Run) -> None:
    second = Run(running.home, free_port())
    assert second.process.wait(timeout=30) == 1
    assert f"already running at http://127.0.0.1:{running.port} (process {running.process.pid})" in second.said
    assert not any(gone(pid) for pid in running.pids().values())


def test_a_killed_service_and_a_killed_server_come_back(running: Run) -> None:
    for name in ("reports", "nats", "postgres"):
        before = running.pids()[name]
        os.kill(before, signal.SIGKILL)
        wait_for(lambda name=name, before=before: running.pids()[name] != before)  # type: ignore[misc]
    assert running.said.count("starting it again") == 3
    assert running.process.poll() is None


def test_nothing_but_what_was_started_is_stopped(running: Run, bystander: Bystander) -> None:
    """The last of those that share the run."""
    look_alike = bystander(*running.record()["processes"][0]["command"][1:-1])
    running.process.send_signal(signal.SIGTERM)
    assert running.process.wait(timeout=30) == 0
    assert not gone(look_alike.pid)


def test_a_leftover_is_ended_and_another_process_under_its_old_id_is_not(
    start: Callable[..., Run], bystander: Bystander, kept: Path
) -> None:
    port = free_port()
    first = start(port)
    record = first.record()
    first.process.kill()
    first.process.wait()
    leftover = bystander(*record["processes"][0]["command"][1:])
    other = bystander("-c", "import time; time.sleep(600)")
    record["processes"][0]["pid"] = leftover.pid
    for entry in record["processes"][1:]:
        entry["pid"] = other.pid
    (first.local / "run.json").write_text(json.dumps(record))
    servers = first.local / "nats" / "server.json"
    servers.write_text(json.dumps(json.loads(servers.read_text()) | {"pid": other.pid}))
    second = start(port)
    assert leftover.wait(timeout=10) != 0
    assert not gone(other.pid)
    second.process.terminate()
    assert second.process.wait(timeout=30) == 0
    assert not gone(other.pid)


def test_a_taken_port_is_named(start: Callable[..., Run]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", free_port()))
        other.listen()
        run = start(other.getsockname()[1], ready=False)
        assert run.process.wait(timeout=30) == 1
    lines = run.said.splitlines()
    assert len(lines) == 1
    assert "is taken by another program; choose another: make run PORT=" in lines[0]


def test_a_killed_supervisor_leaves_nothing_behind(start: Callable[..., Run], kept: Path) -> None:
    port = free_port()
    first = start(port)
    pids = first.pids()
    first.process.kill()
    first.process.wait()
    second = start(port)
    wait_for(lambda: all(gone(pid) for pid in pids.values()))
    assert not any(gone(pid) for pid in second.pids().values())


def test_a_service_that_cannot_start_says_why(start: Callable[..., Run], project: Path, kept: Path) -> None:
    (project / "services/reports/app.py").write_text("raise RuntimeError('no ink')\n", encoding="utf-8")
    run = start(free_port(), ready=False)
    assert run.process.wait(timeout=60) == 1
    assert run.said.splitlines()[-1] == "error: reports did not start: RuntimeError: no ink"


def test_a_signal_during_a_failed_start_does_not_cut_the_stop_short(start: Callable[..., Run], project: Path, kept: Path) -> None:
    loading = project / "loading"
    load = f"import pathlib\n\nasync def load(base_url, credentials, administrator):\n    pathlib.Path({str(loading)!r}).touch()\n"
    load += "    raise OSError(28, 'No space left on device')\n"
    (project / "deploy/exercise/load.py").write_text(load, encoding="utf-8")
    run = start(free_port(), ready=False)
    # The record is kept until the end of the stop; it names all four once the load has begun.
    wait_for(loading.exists)
    pids = run.pids()
    wait_for(lambda: gone(pids["gateway"]))
    run.process.send_signal(signal.SIGINT)
    assert run.process.wait(timeout=30) == 1
    assert run.said.splitlines()[-1].startswith("error: No space left on device")
    assert [name for name, pid in pids.items() if not gone(pid)] == []


def test_a_full_disk_is_said_before_anything_starts(folder: Path) -> None:
    with pytest.raises(DiskFull, match="MiB free at"):
        require_space(folder, needed=2**62)
