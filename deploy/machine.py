"""Questions to the machine: ports, free space, processes by id."""

import os
import random
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from deploy.errors import DiskFull, PortTaken
from deploy.places import LOOPBACK

NEEDED_BYTES = 500 * 1024 * 1024

# Below the range from which systems take outgoing ports, so that a stopped server finds its port free again.
_PORTS = range(20_000, 30_000)
_given: set[int] = set()


def port_is_free(port: int) -> bool:
    """Whether a server could listen on the loopback port now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A loopback port that nobody listens on, never the same twice in this process."""
    while True:
        port = random.SystemRandom().choice(_PORTS)
        if port not in _given and port_is_free(port):
            _given.add(port)
            return port


def require_port(port: int) -> None:
    """Raises PortTaken when another program listens on the port."""
    if not port_is_free(port):
        raise PortTaken(port)


def require_space(folder: Path, needed: int = NEEDED_BYTES) -> None:
    """Raises DiskFull when the file system of the folder has fewer bytes free than needed."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise DiskFull(folder, free, needed)


def command_line(pid: int) -> list[str]:
    """The words a process was started with; empty when there is no such process."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").rstrip("\0").split("\0")
    except (FileNotFoundError, ProcessLookupError):
        if Path("/proc/self").exists():
            return []
    ps = ["ps", "-o", "command=", "-p", str(pid)]
    answer = subprocess.run(ps, capture_output=True, text=True, check=False)  # noqa: S603 - fixed words and a number
    return answer.stdout.split()


def is_ours(pid: int, words: Sequence[str]) -> bool:
    """Whether the process runs and its command line holds all the words, in order, side by side."""
    line = command_line(pid)
    return any(line[start : start + len(words)] == list(words) for start in range(len(line)))


def end_leftover(pid: int, words: Sequence[str], *signals: signal.Signals, patience: float = 8.0) -> None:
    """Ends a process that an earlier run left behind, and only if its command line holds the words.

    It is first given `patience` seconds to end by itself, then the same after every signal.
    """
    for step in (None, *signals):
        if step is not None and is_ours(pid, words):
            os.kill(pid, step)
        deadline = time.monotonic() + (1.5 if step is None else patience)
        while is_ours(pid, words):
            if time.monotonic() > deadline:
                break
            time.sleep(0.05)
        else:
            return


def megabytes_of_memory() -> int:
    """How much memory this machine has."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
