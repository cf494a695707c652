"""A child process that can be started again, ends with its parent, and leaves its last words in a log."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy import launch
from deploy.spawning import run_in_spawner, settle

PATIENCE = 8.0
_KEPT_LOG_BYTES = 10 * 1024 * 1024
_TROUBLE = re.compile(r"FATAL|PANIC|\berror:|No space left", re.IGNORECASE)


@dataclass(frozen=True)
class Program:
    """What to run, and how it wants to be treated.

    `run_as` is (user id, group id) or None for the present user. `stop_signal` asks it to end well; `orphan_signal` is
    what the kernel sends when this process dies without stopping it.
    """

    name: str
    command: tuple[str, ...]
    log: Path
    environment: Mapping[str, str]
    folder: Path = Path("/")
    run_as: tuple[int, int] | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    orphan_signal: signal.Signals = signal.SIGKILL

    def launch_command(self) -> list[str]:
        """The command that drops rights and ties the program to this process before it becomes the program."""
        owner = "-" if self.run_as is None else f"{self.run_as[0]}:{self.run_as[1]}"
        python = [sys.executable, "-I", "-S", launch.__file__]
        return [*python, str(int(self.orphan_signal)), str(os.getpid()), owner, *self.command]


class ManagedProcess:
    """One program; `start` may be called again after it ended."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._process: subprocess.Popen[bytes] | None = None
        self._log_start = 0

    @property
    def name(self) -> str:
        """The program's name, as people are told it."""
        return self.program.name

    @property
    def pid(self) -> int:
        """The process id of the last start. Raises RuntimeError before the first."""
        if self._process is None:
            raise RuntimeError(f"{self.name} was never started")
        return self._process.pid

    @property
    def started(self) -> bool:
        """Whether it was started at least once."""
        return self._process is not None

    @property
    def running(self) -> bool:
        """Whether the process runs now."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Starts the program unless it runs. It may need time to get ready."""
        if not self.running:
            run_in_spawner(self._spawn)

    def _spawn(self) -> None:
        program = self.program
        _shorten(program.log)
        with program.log.open("ab") as log:
            self._log_start = log.tell()
            self._process = subprocess.Popen(  # noqa: S603 - the words come from deploy, no shell reads them
                program.launch_command(),
                cwd=program.folder,
                env=dict(program.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def ask_to_stop(self) -> None:
        """Sends the program's stop signal and does not wait."""
        settle()
        if self._process is not None and self.running:
            self._process.send_signal(self.program.stop_signal)

    def stop(self, patience: float = PATIENCE) -> None:
        """Asks it to stop, waits up to `patience` seconds, then kills it."""
        self.ask_to_stop()
        if not self.ended_within(patience):
            self.kill()

    def kill(self) -> None:
        """SIGKILL, and waits until the process is gone."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def ended_within(self, seconds: float) -> bool:
        """Waits up to that many seconds; whether it has ended (or was never started)."""
        deadline = time.monotonic() + seconds
        while self.running:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        return True

    def exit_code(self) -> int | None:
        """The exit code of the last start; None while it runs or before the first; negative for a signal."""
        return None if self._process is None else self._process.poll()

    def output(self) -> str:
        """What it wrote since its last start; at most the last 64 KiB."""
        with self.program.log.open("rb") as log:
            end = log.seek(0, os.SEEK_END)
            log.seek(max(self._log_start, end - 65_536))
            return log.read().decode(errors="replace")

    def last_words(self, of_no_cause: re.Pattern[str] | None = None) -> str:
        """The line of its log that best says why it ended: the last that speaks of trouble, else the last.

        Lines that match `of_no_cause` speak of trouble without being its cause.
        """
        lines = [line.strip() for line in self.output().splitlines() if line.strip()]
        trouble = [line for line in lines if _TROUBLE.search(line) and not (of_no_cause and of_no_cause.search(line))]
        return (trouble or lines or [f"no word in {self.program.log}"])[-1][:300]


def _shorten(log: Path) -> None:
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > _KEPT_LOG_BYTES:
        log.replace(log.with_name(f"{log.name}.1"))
