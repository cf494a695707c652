"""How a piece of background work is doing: for /metrics, and for /readyz when it is late."""

import random
import time

from prometheus_client import Counter, Gauge

_NAMES = ["service", "task"]
FAILURES = Counter("goodoffices_task_failures", "Rounds of background work that failed", _NAMES)
SUCCESS = Gauge("goodoffices_task_last_success_timestamp_seconds", "When a task last succeeded", _NAMES)
LAG = Gauge("goodoffices_task_lag_seconds", "For how long a task fails, or works at one round", _NAMES)
FIRST_PAUSE_SECONDS = 0.5
# Whatever fails for so long is late, also what may be at one round for hours.
FAILING_SECONDS = 120.0
# A reader that has gone on for so long does its work.
_GOES_ON_SECONDS = 10.0


class Standing:
    """One task or reader of this process.

    It is late when it fails for long, or is at one round for longer than `overdue` seconds.
    """

    def __init__(self, service: str, name: str, overdue: float, is_reader: bool) -> None:
        self.name, self._overdue, self._is_reader = name, overdue, is_reader
        self.failures = 0
        self._last_error = ""
        self._ok_at = time.monotonic()
        self._began_at: float | None = None
        self._failed = FAILURES.labels(service, name)
        self._success = SUCCESS.labels(service, name)
        self._lag = LAG.labels(service, name)
        self._lag.set_function(self.lag)

    def begin(self) -> None:
        """A round begins."""
        self._began_at = time.monotonic()

    def succeed(self) -> None:
        """It did what it was to do."""
        self._ok_at, self._began_at, self.failures = time.monotonic(), None, 0
        self._success.set_to_current_time()

    def fail(self, error: BaseException) -> None:
        """It raised. A reader that had gone on for long begins without a history."""
        if self._goes_on():
            self._ok_at, self.failures = time.monotonic(), 0
        self._began_at, self._last_error = None, type(error).__name__
        self.failures += 1
        self._failed.inc()

    def pause(self, longest: float) -> float:
        """For how long to wait after a failure: doubling, with half of it jitter."""
        pause = min(longest, FIRST_PAUSE_SECONDS * 2.0 ** min(max(self.failures, 1) - 1, 16))
        return pause / 2 + random.random() * pause / 2  # noqa: S311 - jitter is no secret

    def lag(self) -> float:
        """Since when it has failed, or has been at its round; 0 while it rests or reads on."""
        if self._goes_on():
            return 0.0
        if self.failures:
            return time.monotonic() - self._ok_at
        if self._is_reader or self._began_at is None:
            return 0.0
        return time.monotonic() - self._began_at

    def late(self) -> str | None:
        """What to tell of it when it is late, or None."""
        lag = self.lag()
        if self.failures and lag > min(self._overdue, FAILING_SECONDS):
            return f"no success for {lag:.0f} seconds ({self._last_error})"
        if not self.failures and lag > self._overdue:
            return f"at one round for {lag:.0f} seconds"
        return None

    def _goes_on(self) -> bool:
        """Whether a reader reads: it has no round that ends."""
        began = self._began_at
        return self._is_reader and began is not None and time.monotonic() - began > _GOES_ON_SECONDS
