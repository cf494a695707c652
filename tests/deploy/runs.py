"""A `make run` of the tiny project, as a person meets it."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.machine import command_line


class Run:
    """A `goodoffices local` of the tiny project, and what it has said so far."""

    def __init__(self, project: Path, port: int) -> None:
        self.home, self.port = project, port
        self.local = project / ".local"
        self._said = project / "said"
        command = [sys.executable, "-m", "deploy.cli", "local", "--port", str(port)]
        with self._said.open("ab") as said:
            self._before = said.tell()
            self.process = subprocess.Popen(command, cwd=project, stdout=said, stderr=said)

    def wait_ready(self) -> None:
        """Until it has said its last word before Ctrl-C."""
        wait_for(lambda: "Ctrl-C stops" in self.said or self.process.poll() is not None)
        assert self.process.poll() is None, self.said

    def end(self) -> None:
        """At the latest now."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(timeout=30)
        finally:
            self.process.kill()
            self.process.wait()

    @property
    def said(self) -> str:
        """What was said since it was started."""
        return self._said.read_bytes()[self._before :].decode()

    def record(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((self.local / "run.json").read_text(encoding="utf-8"))
        return content

    def servers(self) -> dict[str, int]:
        """The process ids of the servers that were started."""
        notes = {name: self.local / name / "server.json" for name in ("postgres", "nats")}
        return {name: json.loads(note.read_text())["pid"] for name, note in notes.items() if note.exists()}

    def pids(self) -> dict[str, int]:
        return {entry["name"]: entry["pid"] for entry in self.record()["processes"]} | self.servers()


@dataclass(frozen=True)
class FirstRun:
    """What a run on a new folder did, and what it left."""

    home: Path
    port: int
    said: str
    pids: dict[str, int]
    exit_code: int

    @classmethod
    def end(cls, run: Run, by: signal.Signals) -> "FirstRun":
        """Ends a run that is ready."""
        said, pids = run.said, run.pids()
        run.process.send_signal(by)
        return cls(run.home, run.port, said, pids, run.process.wait(timeout=30))

    def copy_data(self, project: Path) -> Path:
        """Gives another project the data it left; what starts on it has no databases to make and nothing to migrate."""
        # The owner is kept as well: when root runs this, the server is another user.
        subprocess.run(["cp", "-a", self.home / ".local", project], check=True)
        return project / ".local"


def wait_for(what: Callable[[], bool], seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def gone(pid: int) -> bool:
    return not command_line(pid) or command_line(pid) == [""]
