"""Restarts come later each time, up to a minute; a child that hangs is ended; no child stops the others."""

import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Future
from itertools import pairwise
from pathlib import Path

import pytest

from deploy.errors import FolderInUse
from deploy.machine import free_port
from deploy.nats.server import NEEDED_BYTES
from deploy.processes import ManagedProcess, Program
from deploy.servers import NatsServer
from deploy.supervisor import LONGEST_DELAY, SILENT_SECONDS, START_SECONDS, Supervisor
from tests.deploy.runs import Run, wait_for


class FakeChild:
    def __init__(self, name: str = "liaison") -> None:
        self.name = name
        self.running = self.well = True
        self.starts: list[float] = []
        self.now = 0.0
        self.kills = 0

    def start(self) -> None:
        self.starts.append(self.now)
        self.running = self.well = True

    def kill(self) -> None:
        self.kills += 1
        self.running = False

    def answers(self) -> bool:
        return self.well

    def last_words(self) -> str:
        return "out of paper"


class Falling(FakeChild):
    """Falls as soon as it is started."""

    def start(self) -> None:
        super().start()
        self.running = False


class Refused(FakeChild):
    """Cannot be started."""

    def start(self) -> None:
        self.starts.append(self.now)
        raise FolderInUse(Path("/somewhere"))


def at_once(question: Callable[[], bool]) -> "Future[bool]":
    answered = Future[bool]()
    answered.set_result(question())
    return answered


class Scene:
    """Children, a supervisor, and a clock that is turned by hand."""

    def __init__(self, *children: FakeChild) -> None:
        self.children, self.said, self.now = children, list[str](), 0.0
        self.supervisor = Supervisor(children, self.said.append, lambda: self.now, at_once)

    def advance(self, seconds: float) -> None:
        for _ in range(round(seconds * 10)):
            self.now += 0.1
            for child in self.children:
                child.now = self.now
            self.supervisor.look()


def test_a_running_child_is_left_alone() -> None:
    child = FakeChild()
    scene = Scene(child)
    scene.advance(300)
    assert (child.starts, child.kills, scene.said) == ([], 0, [])


def test_delays_double_and_are_said() -> None:
    child = FakeChild()
    scene = Scene(child)
    for expected in (0.5, 1.0, 2.0):
        child.running = False
        stopped = scene.now
        scene.advance(3)
        assert child.starts[-1] - stopped == pytest.approx(expected, abs=0.21)
    begun = "liaison stopped (out of paper); starting it again"
    assert scene.said == [begun, f"{begun} in 1 s", f"{begun} in 2 s"]


def test_one_that_keeps_falling_is_tried_again_and_the_others_go_on() -> None:
    falling, other = Falling(), FakeChild("reports")
    falling.running = False
    scene = Scene(falling, other)
    scene.advance(600)
    pauses = [after - before for before, after in pairwise(falling.starts)]
    assert max(pauses) == pytest.approx(LONGEST_DELAY, abs=0.3)
    assert len([pause for pause in pauses if pause > LONGEST_DELAY - 1]) >= 6
    assert scene.said[-1] == "liaison stopped (out of paper); starting it again in 60 s"
    other.running = False
    scene.advance(1)
    assert len(other.starts) == 1


def test_one_that_cannot_be_started_is_tried_again() -> None:
    child = Refused()
    child.running = False
    scene = Scene(child)
    scene.advance(20)
    assert len(child.starts) >= 4
    assert "liaison could not be started: /somewhere is in use by another run" in scene.said


def test_old_failures_are_forgotten() -> None:
    child = FakeChild()
    scene = Scene(child)
    for _ in range(8):
        child.running = False
        stopped = scene.now
        scene.advance(70)
        assert child.starts[-1] - stopped == pytest.approx(0.5, abs=0.21)


def test_one_that_hangs_is_ended_and_started_again() -> None:
    child = FakeChild()
    scene = Scene(child)
    scene.advance(5)
    child.well = False
    scene.advance(SILENT_SECONDS - 3)
    assert child.kills == 0
    scene.advance(8)
    assert (child.kills, len(child.starts)) == (1, 1)
    assert scene.said == ["liaison does not answer (out of paper); starting it again"]
    scene.advance(300)
    assert child.kills == 1


def test_a_start_may_take_longer_than_an_answer() -> None:
    child = FakeChild()
    child.well = False
    scene = Scene(child)
    scene.advance(START_SECONDS - 5)
    assert child.kills == 0
    scene.advance(10)
    assert child.kills == 1


def test_a_program_that_cannot_stay_keeps_nobody_from_running(tmp_path: Path) -> None:
    """Real processes: one falls six times, the other does not notice."""

    class Small(ManagedProcess):
        def answers(self) -> bool:
            return self.running

    def small(name: str, code: str) -> Small:
        words = (sys.executable, "-c", code)
        return Small(Program(name, words, tmp_path / name, dict(os.environ)))

    runs = tmp_path / "runs"
    falling = small("falling", f"open({str(runs)!r}, 'a').write('x'); raise SystemExit('no ink')")
    steady = small("steady", "import time; time.sleep(600)")
    said, clock = list[str](), [0.0]
    falling.start()
    steady.start()
    pid = steady.pid
    supervisor = Supervisor([falling, steady], said.append, lambda: clock[0], at_once)

    def six_times() -> bool:
        clock[0] += 1.0
        supervisor.look()
        return runs.exists() and len(runs.read_text()) >= 6

    try:
        wait_for(six_times)
        assert steady.running
        assert steady.pid == pid
        assert "falling stopped (no ink); starting it again in 8 s" in said
    finally:
        falling.stop()
        steady.kill()


def test_a_stopped_service_is_started_again_and_the_others_stay(start: Callable[..., Run], kept: Path) -> None:
    run = start(free_port())
    before = run.pids()
    os.kill(before["reports"], signal.SIGSTOP)
    wait_for(lambda: run.pids()["reports"] != before["reports"])
    assert "reports does not answer" in run.said
    after = run.pids()
    assert {name for name in before if before[name] != after[name]} == {"reports"}


def test_nats_that_cannot_write_is_started_again_once_there_is_space(nats: NatsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    assert nats.answers()
    refused = {"status": "unavailable", "error": "write error: no space left on device"}
    monkeypatch.setattr(nats, "monitor", lambda _path: refused)
    assert not nats.answers()

    class Full:
        free = NEEDED_BYTES - 1

    monkeypatch.setattr("shutil.disk_usage", lambda _folder: Full)
    assert nats.answers(), "a start on a full disk would not help"
