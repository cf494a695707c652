"""Starts again what stops or hangs, a little later each time; what keeps falling stops nobody else."""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol

from deploy.errors import DeployError

FIRST_DELAY, LONGEST_DELAY = 0.5, 60.0
# Whoever ran so long has stopped for another reason than the time before.
STEADY_SECONDS = 60.0
ASK_SECONDS = 2.0
SILENT_SECONDS = 15.0
# A start may take so long until the first answer.
START_SECONDS = 120.0


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

    def kill(self) -> None:
        """Ends it at once."""

    def answers(self) -> bool:
        """Whether it does what it is asked; may take seconds."""

    def last_words(self) -> str:
        """Why it ended, in one line."""


Ask = Callable[[Callable[[], bool]], "Future[bool]"]


class Pulse:
    """Asks one child again and again, beside the others, since a child that hangs answers late or never."""

    def __init__(self, child: Child, ask: Ask) -> None:
        self._child, self._ask = child, ask
        self._asked: Future[bool] | None = None
        self._next = self._heard = 0.0
        self._patience = START_SECONDS

    def begin(self, now: float) -> None:
        """The child was started."""
        self._heard = self._next = now
        # What is being asked is asked of the process before.
        self._asked = None
        self._patience = START_SECONDS

    def silent(self, now: float) -> bool:
        """Whether it has not answered for too long."""
        if self._asked is not None and self._asked.done():
            self._hear(self._asked.result(), now)
        if self._asked is None and now >= self._next:
            self._next = now + ASK_SECONDS
            self._asked = self._ask(self._child.answers)
        return now - self._heard > self._patience

    def _hear(self, well: bool, now: float) -> None:
        self._asked = None
        if well:
            self._heard, self._patience = now, SILENT_SECONDS


class Watch:
    """One child: its restarts, and whether it answers."""

    def __init__(self, child: Child, ask: Ask, now: float) -> None:
        self.child, self._pulse = child, Pulse(child, ask)
        self._failures, self._started = 0, now
        self._due: float | None = None
        self._hung = False
        self._pulse.begin(now)

    def look(self, now: float, say: Callable[[str], None]) -> bool:
        """Whether the child was started again."""
        if self._due is None and self.child.running and not self._killed_silent(now):
            return False
        if self._due is None:
            self._plan(now, say)
        if self._due is None or now < self._due:
            return False
        return self._start(now, say)

    def _killed_silent(self, now: float) -> bool:
        self._hung = self._pulse.silent(now)
        if self._hung:
            self.child.kill()
        return self._hung

    def _plan(self, now: float, say: Callable[[str], None]) -> None:
        if now - self._started > STEADY_SECONDS:
            self._failures = 0
        delay = min(FIRST_DELAY * 2.0**self._failures, LONGEST_DELAY)
        self._failures += 1
        self._due = now + delay
        what = "does not answer" if self._hung else "stopped"
        later = f" in {delay:.0f} s" if delay >= 1 else ""
        say(f"{self.child.name} {what} ({self.child.last_words()}); starting it again{later}")
        self._hung = False

    def _start(self, now: float, say: Callable[[str], None]) -> bool:
        self._due, self._started = None, now
        self._pulse.begin(now)
        try:
            self.child.start()
        except (DeployError, OSError) as problem:
            # On a full disk, for one. It is tried again later.
            say(f"{self.child.name} could not be started: {problem}")
            return False
        return True


class Supervisor:
    """Watches children; call `look` a few times a second."""

    def __init__(
        self,
        children: Iterable[Child],
        say: Callable[[str], None],
        clock: Callable[[], float],
        ask: Ask,
    ) -> None:
        self._watches = [Watch(child, ask, clock()) for child in children]
        self._say = say
        self._clock = clock

    def look(self) -> bool:
        """Whether any child was started again."""
        restarted = [watch.look(self._clock(), self._say) for watch in self._watches]
        return any(restarted)


def watch_children(
    children: Iterable[Child],
    say: Callable[[str], None],
    restarted: Callable[[], None],
    pause: float = 0.25,
) -> None:
    """Watches until a signal ends it; calls `restarted` after a restart."""
    watched = list(children)
    threads = ThreadPoolExecutor(len(watched), "pulse")
    supervisor = Supervisor(watched, say, time.monotonic, threads.submit)
    try:
        while True:
            if supervisor.look():
                _note(restarted, say)
            time.sleep(pause)
    finally:
        threads.shutdown(wait=False, cancel_futures=True)


def _note(restarted: Callable[[], None], say: Callable[[str], None]) -> None:
    try:
        restarted()
    except OSError as problem:
        say(f"the restart could not be noted: {problem}")
