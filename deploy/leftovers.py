"""run.json: which processes a run started, so that the next one can end what a killed run left, and nothing else."""

import os
import signal
from collections.abc import Iterable
from pathlib import Path

from deploy.machine import end_leftover
from deploy.places import LOOPBACK
from deploy.processes import ManagedProcess
from deploy.secrets import read_json, write_json


class RunRecord:
    """The record of one folder. It is removed when a run ends well."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, port: int, processes: Iterable[ManagedProcess]) -> None:
        """Notes this process, the gateway's port, and the id and command line of each started process."""
        started = [process for process in processes if process.started]
        entries = [{"name": one.name, "pid": one.pid, "command": list(one.program.command)} for one in started]
        write_json(self.path, {"pid": os.getpid(), "port": port, "processes": entries})

    def holder(self) -> tuple[str, int]:
        """Address and process id of the run that wrote the record."""
        note = read_json(self.path)
        return f"http://{LOOPBACK}:{note.get('port', '?')}", int(note.get("pid", 0))

    def end_leftovers(self) -> None:
        """Ends processes of the recorded run that still live; an id counts only with the recorded command line."""
        for entry in read_json(self.path).get("processes", []):
            end_leftover(entry["pid"], entry["command"], signal.SIGTERM, signal.SIGKILL)

    def remove(self) -> None:
        """Forgets the run."""
        self.path.unlink(missing_ok=True)
