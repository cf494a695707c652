"""A `make run` of the tiny project, as a person meets it."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from deploy.machine import command_line


class Run:
    """A `goodoffices local` of the tiny project, and what it has said so far."""

    def __init__(self, project: Path, port: int) -> None:
        self.local = project / ".local"
        self._said = project / "said"
        command = [sys.executable, "-m", "deploy.cli", "local", "--port", str(port)]
        with self._said.open("ab") as said:
            self.process = subprocess.Popen(command, cwd=project, stdout=said, stderr=said)

    @property
    def said(self) -> str:
        return self._said.read_text(encoding="utf-8")

    def record(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((self.local / "run.json").read_text(encoding="utf-8"))
        return content

    def servers(self) -> dict[str, int]:
        """The process ids of the servers that were started."""
        notes = {name: self.local / name / "server.json" for name in ("postgres", "nats")}
        return {name: json.loads(note.read_text())["pid"] for name, note in notes.items() if note.exists()}

    def pids(self) -> dict[str, int]:
        return {entry["name"]: entry["pid"] for entry in self.record()["processes"]} | self.servers()


def wait_for(what: Callable[[], bool], seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def gone(pid: int) -> bool:
    return not command_line(pid) or command_line(pid) == [""]
