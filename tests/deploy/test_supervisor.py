"""Restarts come later each time and end after five in a minute."""

import pytest

from deploy.errors import KeepsStopping
from deploy.supervisor import Supervisor


class FakeChild:
    name = "liaison"

    def __init__(self) -> None:
        self.running = True
        self.starts: list[float] = []
        self.now = 0.0

    def start(self) -> None:
        self.starts.append(self.now)
        self.running = True

    def last_words(self) -> str:
        return "out of paper"

    def advance(self, supervisor: Supervisor, seconds: float) -> None:
        for _ in range(round(seconds * 10)):
            self.now += 0.1
            supervisor.look()


def _watched(child: FakeChild, said: list[str]) -> Supervisor:
    return Supervisor([child], said.append, lambda: child.now)


def test_a_running_child_is_left_alone() -> None:
    child, said = FakeChild(), list[str]()
    child.advance(_watched(child, said), 100)
    assert (child.starts, said) == ([], [])


def test_delays_double_and_one_line_is_said() -> None:
    child, said = FakeChild(), list[str]()
    supervisor = _watched(child, said)
    for expected in (0.5, 1.0, 2.0):
        child.running = False
        stopped = child.now
        child.advance(supervisor, 3)
        assert child.starts[-1] - stopped == pytest.approx(expected, abs=0.21)
    assert said == ["liaison stopped (out of paper); starting it again"] * 3


def test_the_sixth_stop_in_a_minute_gives_up() -> None:
    child, said = FakeChild(), list[str]()
    supervisor = _watched(child, said)
    for _ in range(5):
        child.running = False
        child.advance(supervisor, 8.5)
    child.running = False
    with pytest.raises(KeepsStopping, match="out of paper"):
        child.advance(supervisor, 1)


def test_old_restarts_are_forgotten() -> None:
    child, said = FakeChild(), list[str]()
    supervisor = _watched(child, said)
    for _ in range(8):
        child.running = False
        child.advance(supervisor, 20)
    assert len(child.starts) == 8
