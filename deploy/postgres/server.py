"""A real PostgreSQL on the loopback, from the wheel, with its data kept in a folder between runs."""

import re
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

from deploy.errors import ServerFailed
from deploy.locks import FolderLock
from deploy.machine import end_leftover, free_port, megabytes_of_memory
from deploy.places import LOOPBACK
from deploy.postgres.data import ENVIRONMENT, SUPERUSER, create_data
from deploy.postgres.places import data_home, programs, server_user
from deploy.processes import PATIENCE, ManagedProcess, Program
from deploy.secrets import read_json, read_or_make_secret, write_json

# For a machine that also runs the services. Durability (fsync, full_page_writes) keeps its safe defaults.
_SETTINGS = {
    "listen_addresses": LOOPBACK,
    # No socket files: none to go stale, none with too long a path.
    "unix_socket_directories": "",
    "max_connections": "300",
    # Pages the server holds itself cost a tenth of those it asks the system for: an eighth of the memory, at most 2 GB.
    "shared_buffers": f"{min(2048, megabytes_of_memory() // 8)}MB",
    "effective_cache_size": f"{megabytes_of_memory() // 2}MB",
    "maintenance_work_mem": "128MB",
    "work_mem": "16MB",
    "temp_buffers": "32MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "password_encryption": "scram-sha-256",
}
# A server killed with SIGKILL leaves children that let go of its memory a moment later.
_PASSING_TROUBLE = ("pre-existing shared memory block", 'lock file "postmaster.pid" already exists', "could not bind")
# What it tells a client that comes while it picks itself up.
_TURNED_AWAY = re.compile("the database system is ")


class PostgresAddress:
    """A running server as its clients see it; enough for `prepare_database`."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port

    @property
    def superuser_password(self) -> str:
        """The superuser's password, made on first use and kept in the folder."""
        return read_or_make_secret(self.folder / "superuser-password")

    def url(self, database: str = "postgres", user: str = SUPERUSER, password: str | None = None) -> str:
        """SQLAlchemy's address of a database; without a password, the superuser's."""
        return f"postgresql+psycopg://{user}:{password or self.superuser_password}@{LOOPBACK}:{self.port}/{database}"

    def last_words(self) -> str | None:
        """What the server said of its last trouble; None where another process keeps its log."""
        return None


class PostgresServer(PostgresAddress):
    """A server this process starts, stops and can start again on the same port."""

    def __init__(self, folder: Path, say: Callable[[str], None]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(folder.resolve(), free_port())
        self.data = data_home(self.folder, say) / "data"
        self._lock = FolderLock(self.folder)
        self._process = ManagedProcess(self._program())

    def _program(self) -> Program:
        settings = [f"{name}={value}" for name, value in {**_SETTINGS, "port": str(self.port)}.items()]
        options = [word for setting in settings for word in ("-c", setting)]
        return Program(
            name="PostgreSQL",
            command=(str(programs() / "postgres"), "-D", str(self.data), *options),
            log=self.folder / "log",
            environment=ENVIRONMENT,
            run_as=server_user(),
            stop_signal=signal.SIGINT,
            orphan_signal=signal.SIGINT,
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
        return self._process.last_words(_TURNED_AWAY)

    def start(self) -> None:
        """Starts the server, on new data if there is none, and does not wait until it is ready.

        Raises FolderInUse when another process runs a server on the folder, ServerFailed when initdb fails.
        """
        self._lock.acquire()
        self._end_leftover()
        if not self.data.exists():
            create_data(self.folder, self.data, self.superuser_password)
        self._process.start()
        write_json(self.folder / "server.json", {"port": self.port, "pid": self.pid})

    def _end_leftover(self) -> None:
        """A server of a killed run may still be ending; one that does not is told to, and no other process is."""
        note = self.data / "postmaster.pid"
        if self.running or not note.exists():
            return
        pid = note.read_text(encoding="utf-8", errors="replace").split("\n", 1)[0]
        # A note that a full disk left empty names nobody; the server itself says what to do about it.
        if pid.isdecimal():
            end_leftover(int(pid), ("-D", str(self.data)), signal.SIGINT, signal.SIGQUIT, signal.SIGKILL)

    def wait_ready(self, seconds: float = 60.0) -> None:
        """Waits until it takes connections, recovery included. Raises ServerFailed when it ends or is too slow."""
        deadline = time.monotonic() + seconds
        while not self._accepts():
            if time.monotonic() > deadline:
                raise ServerFailed(self.name, f"not ready after {seconds:.0f} s: {self.last_words()}")
            if not self.running:
                self._start_again_or_raise()
            time.sleep(0.02)

    def _start_again_or_raise(self) -> None:
        words = self._process.output()
        if not any(trouble in words for trouble in _PASSING_TROUBLE):
            raise ServerFailed(self.name, self.last_words())
        time.sleep(0.2)
        self._process.start()

    def _accepts(self) -> bool:
        """The server writes `ready` into its pid file when it takes connections."""
        note = self.data / "postmaster.pid"
        lines = note.read_text(encoding="utf-8").split("\n") if note.exists() else []
        return len(lines) > 7 and lines[0] == str(self.pid) and lines[7].strip() == "ready"

    def answers(self) -> bool:
        """Whether it runs: its own first process watches the others, and recovery may take long."""
        return self.running

    def stop(self, patience: float = PATIENCE) -> None:
        """Stops it well: connections are ended, everything is written. Gives the folder free."""
        self._process.stop(patience)
        self._lock.release()

    def kill(self) -> None:
        """SIGKILL, for fault tests."""
        self._process.kill()

    def restart(self) -> None:
        """Starts it again on the same port with the same data, after `kill` or in place of the running one."""
        self._process.stop()
        self.start()
        self.wait_ready()

    def erase(self) -> None:
        """Stops it and removes its data, wherever it lies."""
        self.stop()
        if self.data.exists():
            shutil.rmtree(self.data)
        if self.data.parent != self.folder:
            self.data.parent.rmdir()


def attach_postgres(folder: Path) -> PostgresAddress:
    """The server that another process started on the folder. Raises ServerFailed when none was."""
    note = read_json(folder / "server.json")
    if "port" not in note:
        raise ServerFailed("PostgreSQL", f"nothing was started in {folder}")
    return PostgresAddress(folder.resolve(), int(note["port"]))


def start_postgres(folder: Path, say: Callable[[str], None] = print) -> PostgresServer:
    """Starts a server on the folder and waits until it is ready (about 1.5 s on a new folder, 0.2 s later)."""
    server = PostgresServer(folder, say)
    try:
        server.start()
        server.wait_ready()
    except BaseException:
        server.stop()
        raise
    return server
