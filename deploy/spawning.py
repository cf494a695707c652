"""One thread that starts every child of this process.

Linux sends a child its parent-death signal when the *thread* that started it ends, not the process. A child started
from a short-lived worker thread would be killed with it; this thread lives as long as the process.
"""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future

Job = tuple[Callable[[], None], "Future[None]"]


class _Spawner:
    """Does jobs one after another; the thread begins with the first."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self._beginning = threading.Lock()
        self._thread: threading.Thread | None = None

    def _serve(self) -> None:
        while True:
            job, answer = self._jobs.get()
            try:
                job()
            except Exception as problem:  # noqa: BLE001 - whoever waits in `run` raises it there
                answer.set_exception(problem)
            else:
                answer.set_result(None)

    def run(self, job: Callable[[], None]) -> None:
        with self._beginning:
            if self._thread is None:
                self._thread = threading.Thread(target=self._serve, name="spawner", daemon=True)
                self._thread.start()
        answer: Future[None] = Future()
        self._jobs.put((job, answer))
        answer.result()


_spawner = _Spawner()


def run_in_spawner(job: Callable[[], None]) -> None:
    """Runs the job in the spawning thread and waits for it; raises what it raised."""
    _spawner.run(job)


def settle() -> None:
    """Waits for jobs whose callers were interrupted while waiting, so that no child is missed."""
    _spawner.run(lambda: None)
