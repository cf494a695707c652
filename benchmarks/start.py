"""How long `make run` takes until the platform is ready, once everything is installed: on a new folder, and on a kept one."""

import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.figures import Figure
from deploy.machine import free_port
from deploy.places import PROJECT

FRESH_SECONDS, AGAIN_SECONDS = 90.0, 15.0
READY = "Ctrl-C stops everything."


def measure() -> list[Figure]:
    """From the start of the command to its last line, against the limits of issue 2."""
    with tempfile.TemporaryDirectory(prefix="goodoffices-start-") as name:
        Path(name).chmod(0o711)
        fresh, again = (_seconds_until_ready(Path(name) / "local") for _ in range(2))
    return [
        Figure("start on a new folder, exercise data included", fresh, "s", "limit", FRESH_SECONDS, most=1.0),
        Figure("second start", again, "s", "limit", AGAIN_SECONDS, most=1.0),
    ]


def _seconds_until_ready(folder: Path) -> float:
    words = [sys.executable, "-m", "deploy.cli", "local", "--folder", str(folder), "--port", str(free_port())]
    began, said = time.monotonic(), list[str]()
    with subprocess.Popen(words, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as run:
        assert run.stdout
        for line in run.stdout:
            # The demo logins bear secrets, also of this short-lived platform.
            said.append(re.sub(r"\S+$", "...", line))
            if READY in line:
                break
        seconds = time.monotonic() - began
        ready = run.poll() is None
        run.send_signal(signal.SIGTERM)
        run.communicate()
    assert ready, "".join(said)
    return seconds
