"""Starts again what stops by itself, a little later each time, and gives up when that does not help."""

import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import Protocol

from deploy.errors import KeepsStopping

MOST_RESTARTS = 5
WINDOW_SECONDS = 60.0
_FIRST_DELAY = 0.5


class Child(Protocol):
    """What can be watched: a service or a server."""

    @property
    def name(self) -> str:
        """The name people are told."""

    @property
    def running(self) -> bool:
        """Whether it runs now."""

    def start(self) -> None:
        """Starts it and does not wait until it is ready."""

    def last_words(self) -> str:
        """Why it ended, in one line."""


class Watch:
    """The restarts of one child."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self._restarts: deque[float] = deque()
        self._due: float | None = None

    def look(self, now: float, say: Callable[[str], None]) -> bool:
        """Whether the child was started again. Raises KeepsStopping after too many restarts in the window."""
        if self.child.running:
            return False
        if self._due is None:
            self._due = now + self._delay(now)
            say(f"{self.child.name} stopped ({self.child.last_words()}); starting it again")
        if now < self._due:
            return False
        self._due = None
        self._restarts.append(now)
        self.child.start()
        return True

    def _delay(self, now: float) -> float:
        """Seconds before the next start: half a second, doubled with every restart in the window."""
        while self._restarts and self._restarts[0] < now - WINDOW_SECONDS:
            self._restarts.popleft()
        if len(self._restarts) >= MOST_RESTARTS:
            raise KeepsStopping(self.child.name, self.child.last_words())
        return float(_FIRST_DELAY * 2 ** len(self._restarts))


class Supervisor:
    """Watches children; call `look` a few times a second."""

    def __init__(self, children: Iterable[Child], say: Callable[[str], None], clock: Callable[[], float]) -> None:
        self._watches = [Watch(child) for child in children]
        self._say = say
        self._clock = clock

    def look(self) -> bool:
        """Whether any child was started again. Raises KeepsStopping."""
        restarted = [watch.look(self._clock(), self._say) for watch in self._watches]
        return any(restarted)


def watch_children(children: Iterable[Child], say: Callable[[str], None], restarted: Callable[[], None], pause: float = 0.25) -> None:
    """Watches until a signal or KeepsStopping ends it; calls `restarted` after a restart."""
    supervisor = Supervisor(children, say, time.monotonic)
    while True:
        if supervisor.look():
            restarted()
        time.sleep(pause)
