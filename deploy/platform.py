"""The whole platform on one machine, as `make run` and the journey tests start it."""

import http.client
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from deploy.environment import SERVICES, Surroundings, child_environment, keep_environment, service_environment
from deploy.errors import ServiceFailed
from deploy.heads import is_current
from deploy.keys import Keys, make_keys, require_keys
from deploy.leftovers import RunRecord
from deploy.machine import free_port
from deploy.nats.server import NatsServer
from deploy.places import LOOPBACK, PROJECT
from deploy.postgres.bootstrap import DatabaseUrls, has_databases, prepare_database
from deploy.postgres.server import PostgresServer
from deploy.processes import PATIENCE, ManagedProcess, Program

Step = Callable[[str], AbstractContextManager[None]]
_READY_SECONDS = 60.0


def quiet_step(_title: str) -> AbstractContextManager[None]:
    """A step that nobody is told about."""
    return nullcontext()


def _python_program(words: tuple[str, ...], name: str, log: Path, values: dict[str, str]) -> Program:
    command = (sys.executable, "-m", "deploy.cli", *words)
    return Program(name, command, log, child_environment(values), folder=PROJECT)


class ServiceProcess(ManagedProcess):
    """One service in its own process; it keeps its port when it is started again."""

    def __init__(self, name: str, port: int, log: Path, values: dict[str, str]) -> None:
        self.port = port
        self.url = f"http://{LOOPBACK}:{port}"
        words = ("run", name, "--host", LOOPBACK, "--port", str(port))
        super().__init__(_python_program(words, name, log, values))

    def ready(self) -> bool:
        """Whether `/readyz` answers 200 now."""
        return self._says_yes("/readyz")

    def answers(self) -> bool:
        """Whether `/healthz` answers 200 now."""
        return self._says_yes("/healthz")

    def _says_yes(self, path: str) -> bool:
        connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=5)
        try:
            connection.request("GET", path)
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def wait_ready(self, seconds: float = _READY_SECONDS) -> None:
        """Waits for `/readyz`. Raises ServiceFailed, with the last line of the log, when it ends or is too slow."""
        deadline = time.monotonic() + seconds
        while not self.ready():
            if not self.running:
                raise ServiceFailed(self.name, self.last_words())
            if time.monotonic() > deadline:
                raise ServiceFailed(self.name, f"not ready after {seconds:.0f} s: {self.last_words()}")
            time.sleep(0.05)


class Platform:
    """Servers, databases and services in one folder. `port` is the gateway's; 0 takes a free one.

    Attributes are filled as `start` goes: `postgres`, `nats`, `database_urls`.
    """

    def __init__(self, folder: Path, port: int = 0, step: Step = quiet_step, say: Callable[[str], None] = print) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder.resolve()
        self.port = port or free_port()
        self.base_url = f"http://{LOOPBACK}:{self.port}"
        self.postgres = PostgresServer(self.folder / "postgres", say)
        self.nats = NatsServer(self.folder / "nats")
        self.database_urls: dict[str, DatabaseUrls] = {}
        self._ports: dict[str, int] = {}
        self._services: dict[str, ServiceProcess] = {}
        self._step, self._say = step, say
        self._record = RunRecord(self.folder / "run.json")

    @property
    def gateway_database_urls(self) -> DatabaseUrls:
        """Addresses of the gateway's database; there after `prepare_databases`."""
        return self.database_urls["gateway"]

    def service(self, name: str) -> ServiceProcess:
        """One of the services; there after `start_services`. It can be killed, started and waited for."""
        return self._services[name]

    def services(self) -> list[ServiceProcess]:
        """All services, the gateway last."""
        return list(self._services.values())

    def start(self) -> None:
        """Starts everything and returns when the gateway is ready; stops what it started when it cannot.

        Raises ServerFailed, ServiceFailed, FolderInUse.
        """
        try:
            self.bring_up()
        except BaseException:
            self.stop()
            raise

    def bring_up(self) -> None:
        """Like `start`, but what was started before a failure keeps running until `stop`."""
        with self._step("Starting PostgreSQL and NATS"):
            self.start_servers()
        with self._step("Preparing the databases"):
            self.prepare_databases()
        with self._step("Migrating the databases"):
            self.migrate()
        with self._step("Starting the services"):
            self.start_services()

    def start_servers(self) -> None:
        """Ends what a killed run left behind, starts both servers at once, then waits for both."""
        self._record.end_leftovers()
        self.nats.start()
        self.postgres.start()
        self.postgres.wait_ready()
        self.nats.wait_ready()

    def prepare_databases(self) -> None:
        """A database and two roles for each service. Raises KeysMissing where they lost their keys.

        Keys are made before the first database: a start that breaks off leaves none without them.
        """
        if has_databases(self.postgres, SERVICES):
            require_keys(self.folder / "keys", SERVICES)
            if not (self.folder / "keys" / "webhook-secret").exists():
                self._say("The secret of webhooks begins as a copy of the secret of cursors")
        make_keys(self.folder / "keys", SERVICES)
        for service in SERVICES:
            self.database_urls[service] = prepare_database(self.postgres, service)

    def migrate(self) -> None:
        """Runs the migrations that are due, each service's in a process of its own. Raises ServiceFailed."""
        due = [service for service in SERVICES if not is_current(service, self.database_urls[service].owner_url)]
        processes = [self._migration(service) for service in due]
        try:
            for process in processes:
                process.start()
            for service, process in zip(due, processes, strict=True):
                if not process.ended_within(120.0) or process.exit_code() != 0:
                    raise ServiceFailed(service, f"its migration failed: {process.last_words().removeprefix('error: ')}")
        finally:
            for process in processes:
                process.stop()

    def _migration(self, service: str) -> ManagedProcess:
        values = {"GOODOFFICES_MIGRATION_URL": self.database_urls[service].owner_url}
        log = self.folder / "logs" / f"{service}-migrations.log"
        return ManagedProcess(_python_program(("migrate", service), f"{service}-migrations", log, values))

    def surroundings(self) -> Surroundings:
        """What the services are told of one another. Ports are chosen at the first call."""
        return Surroundings(
            database_urls={name: urls.app_url for name, urls in self.database_urls.items()},
            nats_url=self.nats.url,
            keys=Keys(self.folder / "keys"),
            service_urls={name: f"http://{LOOPBACK}:{self._service_port(name)}" for name in SERVICES},
        )

    def _service_port(self, name: str) -> int:
        if name == "gateway":
            return self.port
        return self._ports.setdefault(name, free_port())

    def start_services(self) -> None:
        """Starts the four at once and waits until each is ready. Raises ServiceFailed."""
        surroundings = self.surroundings()
        for name in SERVICES:
            log = self.folder / "logs" / f"{name}.log"
            values = service_environment(name, surroundings)
            owner = {"GOODOFFICES_MIGRATION_URL": self.database_urls[name].owner_url}
            keep_environment(self.folder / "environment", name, values | owner)
            self._services[name] = ServiceProcess(name, self._service_port(name), log, values)
        for service in self.services():
            service.start()
        self.write_record()
        for service in self.services():
            service.wait_ready()

    def write_record(self) -> None:
        """Notes the ids of the running services in run.json, for the next start to find leftovers by."""
        self._record.write(self.port, self.services())

    def stop(self, patience: float = PATIENCE) -> None:
        """Stops what was started, in reverse order: the gateway, the services together, NATS, PostgreSQL.

        Each is asked first and killed after `patience` seconds; nothing else on the machine is touched.
        """
        for group in (self.services()[-1:], self.services()[:-1]):
            for service in group:
                service.ask_to_stop()
            for service in group:
                service.stop(patience)
        self.nats.stop(patience)
        self.postgres.stop(patience)
        self._record.remove()

    def erase(self) -> None:
        """Stops everything and removes the servers' data, for tests."""
        self.stop()
        self.postgres.erase()
        self.nats.erase()
