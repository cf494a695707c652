"""What the storm does: by seed it kills, pauses, fills the disk; a supervisor mends."""

import asyncio
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from typing import Any

from deploy.platform import Platform
from deploy.supervisor import Child, Supervisor

SERVERS = ("liaison", "reports", "coordination", "gateway", "nats", "postgres")
MEBIBYTES = 1400


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A file system in memory, to be filled; a plain folder where none may be mounted."""
    folder.mkdir(parents=True)
    words = ["mount", "-t", "tmpfs", "-o", f"size={MEBIBYTES}m,mode=755", "tmpfs", str(folder)]
    mounted = subprocess.run(words, capture_output=True, check=False).returncode == 0
    try:
        yield folder
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def watched(platform: Platform, said: list[str]) -> Iterator[None]:
    """The supervisor of `make run`, in a thread; what it says is kept."""
    children: list[Child] = [platform.postgres, platform.nats, *platform.services()]
    ended, threads = threading.Event(), ThreadPoolExecutor(len(children))
    supervisor = Supervisor(children, said.append, time.monotonic, threads.submit)

    def look_on() -> None:
        while not ended.wait(0.25):
            supervisor.look()

    thread = threading.Thread(target=look_on, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(30)
        threads.shutdown(wait=False, cancel_futures=True)


class Storm:
    """Trouble, one piece after the other, as the seed has it. What was done is kept in `log`."""

    def __init__(self, platform: Platform, seed: int) -> None:
        self.platform, self.random = platform, Random(seed)
        self.log: list[str] = []
        self._begun = time.monotonic()

    async def blow(self, seconds: float) -> None:
        """For so long; the store of NATS is lost in the middle. At the end all are awake."""
        end, lose_at = time.monotonic() + seconds, time.monotonic() + seconds / 2
        while time.monotonic() < end:
            await asyncio.sleep(self.random.uniform(0.5, 4.0))
            if time.monotonic() > lose_at:
                lose_at = end
                await self.lose_store()
            else:
                await self._strike()

    async def _strike(self) -> None:
        what = self.random.choices(("kill", "pause", "fill"), (5, 4, 1))[0]
        victim = self.random.choice(SERVERS)
        if what == "kill":
            self.kill(victim)
        elif what == "pause":
            await self.pause(victim, self.random.uniform(1.0, 5.0))
        else:
            await self.fill(self.random.uniform(2.0, 6.0))

    def _note(self, what: str) -> None:
        self.log.append(f"{time.monotonic() - self._begun:6.1f} {what}")

    def child(self, name: str) -> Any:
        """A server or a service."""
        servers: dict[str, Any] = {"nats": self.platform.nats, "postgres": self.platform.postgres}
        return servers.get(name) or self.platform.service(name)

    def kill(self, name: str) -> None:
        """SIGKILL; who starts it again is the supervisor."""
        self._note(f"kill {name}")
        _signal([self.child(name).pid], signal.SIGKILL)

    async def pause(self, name: str, seconds: float) -> None:
        """SIGSTOP for so long, its children included."""
        self._note(f"pause {name} {seconds:.1f}")
        stopped = _family(self.child(name).pid)
        _signal(stopped, signal.SIGSTOP)
        await asyncio.sleep(seconds)
        _signal(stopped, signal.SIGCONT)

    async def fill(self, seconds: float) -> None:
        """The disk is full for so long, for everything in the folder."""
        if not self.platform.folder.is_mount():
            return
        self._note(f"fill {seconds:.1f}")
        ballast = self.platform.folder / "ballast"
        try:
            await asyncio.to_thread(_fill, ballast)
            await asyncio.sleep(seconds)
        finally:
            ballast.unlink()

    async def lose_store(self) -> None:
        """NATS with all it kept."""
        self._note("lose the store")
        _signal([self.platform.nats.pid], signal.SIGKILL)
        store = self.platform.nats.folder / "store"
        await asyncio.to_thread(shutil.rmtree, store, ignore_errors=True)


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file, suppress(OSError):
        for size in (1 << 20, 1 << 12):
            with suppress(OSError):
                while True:
                    file.write(bytes(size))


def _family(pid: int) -> list[int]:
    children = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if stat.read_text().rpartition(")")[2].split()[1] == str(pid):
                children.append(int(stat.parent.name))
    return [pid, *children]


def _signal(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)
