"""/readyz names what is missing, /metrics counts it: database, broker, old events, lag, events given up."""

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from chassis import health, writing
from chassis.bus import Bus, BusRefuses, Message
from chassis.health import LAG_LIMIT
from deploy.environment import Surroundings
from deploy.migrations import upgrade
from deploy.postgres.bootstrap import DatabaseUrls, drop_database, prepare_database
from deploy.postgres.server import PostgresAddress
from deploy.servers import NatsServer, start_nats
from services.liaison.app import create_app
from tests.clients import Headers
from tests.conftest import running
from tests.waiting import eventually

NAME = "test_health_liaison"
OLD = "insert into outbox (id, type, event, recorded_at) values (gen_random_uuid(), 'liaison.test.old.v1', '{}', now() - interval '1 hour')"
BURIED = "insert into dead_letters values (gen_random_uuid(), 'reports.test.buried.v1', '{}', 5, 'for the test', now())"


@dataclass
class Alone:
    """Liaison on a database and a broker of its own, since these tests take them away."""

    http: httpx.AsyncClient
    database: str
    urls: DatabaseUrls
    nats: NatsServer

    async def ready(self) -> tuple[int, dict[str, Any]]:
        """What /readyz answers."""
        answer = await self.http.get("/readyz")
        return answer.status_code, answer.json()

    async def well(self) -> bool:
        """Whether everything works."""
        return (await self.ready())[0] == 200

    async def sample(self, name: str) -> float:
        """The value of a sample of liaison's in /metrics."""
        answer = await self.http.get("/metrics")
        assert answer.status_code == 200
        found = re.search(rf'^{name}\{{service="liaison"[^}}]*\}} (\S+)$', answer.text, re.MULTILINE)
        assert found, name
        return float(found[1])

    def run(self, statement: str) -> None:
        """One statement as the owner of the database."""
        with psycopg.connect(self.urls.owner_url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(statement.encode())


@pytest.fixture
async def alone(postgres_address: PostgresAddress, surroundings: Surroundings, work_folder: Path, worker_id: str) -> AsyncIterator[Alone]:
    database = f"{NAME}_{worker_id}"
    urls = prepare_database(postgres_address, "liaison", database)
    upgrade("liaison", urls.owner_url)
    nats = start_nats(work_folder / "nats-health")
    own = replace(surroundings, nats_url=nats.url, database_urls=dict(surroundings.database_urls) | {"liaison": urls.app_url})
    try:
        async with running(create_app, "liaison", own) as http:
            found = Alone(http, database, urls, nats)
            await eventually(found.well)
            yield found
    finally:
        nats.erase()
        drop_database(postgres_address, database)


async def test_all_is_well(alone: Alone) -> None:
    status, said = await alone.ready()
    parts = {"broker": "ok", "database": "ok", "outbox": "ok", "dead_letters": 0}
    parts |= {"writing": "ok", "publishing": "ok"}
    readers = {f"events of {inbox.source}": "ok" for inbox in alone.http.app.state.inboxes}  # type: ignore[attr-defined]
    assert (status, said) == (200, {"status": "ok"} | parts | readers)
    assert "events of reports" in readers
    assert await alone.sample("goodoffices_ready") == 1


async def test_a_reader_that_is_behind_is_named(alone: Alone) -> None:
    # Messages that liaison does not ask for, and no watermark behind them: its place stays where it is.
    late = [Message("reports.test.late.v1", f"late-{number}", b"{}") for number in range(LAG_LIMIT + 1)]
    await alone.http.app.state.bus.publish(late)  # type: ignore[attr-defined]
    status, said = await alone.ready()
    assert (status, said["status"], said["events of reports"]) == (503, "not ready", f"{LAG_LIMIT + 1} behind")
    assert [name for name, value in said.items() if value not in ("ok", 0)] == ["status", "events of reports"]
    assert f'goodoffices_consumer_lag{{service="liaison",source="reports"}} {LAG_LIMIT + 1:.1f}' in (await alone.http.get("/metrics")).text


async def test_an_event_that_waits_too_long_is_named(alone: Alone) -> None:
    with psycopg.connect(alone.urls.app_url.replace("+psycopg", "")) as running_one:
        # The relay does not pass a transaction that still runs, so the old event cannot leave.
        running_one.execute("select pg_current_xact_id()")
        alone.run(OLD)
        status, said = await alone.ready()
        assert (status, said["outbox"]) == (503, "3600 seconds behind")
        assert await alone.sample("goodoffices_outbox_age_seconds") == pytest.approx(3600, abs=60)
    await eventually(alone.well)
    assert await alone.sample("goodoffices_outbox_age_seconds") < 60


async def test_events_given_up_are_counted_and_keep_nobody_from_work(alone: Alone) -> None:
    alone.run(BURIED)
    status, said = await alone.ready()
    assert (status, said["dead_letters"]) == (200, 1)
    assert await alone.sample("goodoffices_dead_letters") == 1


async def test_a_broker_that_is_away_is_named_and_comes_back(alone: Alone) -> None:
    alone.nats.kill()
    assert await eventually(lambda: not alone.http.app.state.bus.connected)  # type: ignore[attr-defined]
    status, said = await alone.ready()
    assert (status, said["broker"], said["database"]) == (503, "not connected", "ok")
    assert await alone.sample("goodoffices_ready") == 0
    alone.nats.restart()
    await eventually(alone.well)


async def test_a_database_that_is_away_is_named_and_no_fault_of_ours(
    alone: Alone, postgres_address: PostgresAddress, as_: Callable[..., Headers]
) -> None:
    assert (await alone.http.get("/v1/parties", headers=as_("political-officer"))).status_code == 200
    drop_database(postgres_address, alone.database)
    status, said = await alone.ready()
    assert (status, said["broker"], said["database"]) == (503, "ok", "OperationalError")
    assert await alone.sample("goodoffices_ready") == 0
    assert (await alone.http.get("/healthz")).json() == {"status": "ok"}
    refused = await alone.http.get("/v1/parties", headers=as_("political-officer"))
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "2")
    assert refused.json()["type"].endswith("/database-away")
    assert alone.database not in refused.text


GAP = "update places set gap_since = now(), gap = 'for the test', resumed = null, reading = reading + 1"


async def test_a_gap_is_named_and_counted(alone: Alone) -> None:
    alone.run(f"{GAP} where source = 'reports'")
    status, said = await alone.ready()
    assert status == 503
    assert re.fullmatch("gap since .*: for the test", said["events of reports"])
    metrics = (await alone.http.get("/metrics")).text
    assert 'goodoffices_gap{service="liaison",source="reports"} 1.0' in metrics
    assert 'goodoffices_copy_age_seconds{service="liaison",source="reports"} +Inf' in metrics


async def test_a_relay_that_publishes_nothing_is_named(alone: Alone, monkeypatch: Any) -> None:
    """The broker answers, and refuses to store: as after a full disk."""

    async def refuse(*_: object) -> None:
        raise BusRefuses("no space left on device")

    bus: Bus = alone.http.app.state.bus  # type: ignore[attr-defined]
    monkeypatch.setattr(bus, "mark", refuse)
    monkeypatch.setattr(health, "SILENCE_SECONDS", 1.0)

    async def named() -> bool:
        status, said = await alone.ready()
        wanted = "seconds since the last watermark: no space left on device"
        return status == 503 and wanted in said["publishing"]

    await eventually(named)
    monkeypatch.undo()
    await eventually(alone.well)
    assert await alone.sample("goodoffices_watermark_age_seconds") < 5


async def test_a_database_that_only_reads_is_named(alone: Alone, monkeypatch: Any) -> None:
    """Every question is answered; nothing can be stored."""
    monkeypatch.setattr(writing, "BELIEVED_SECONDS", 0.0)
    alone.run(f"alter database {alone.database} set default_transaction_read_only = on")
    # Connections that are open already could still write.
    await alone.http.app.state.database.engine.dispose()  # type: ignore[attr-defined]

    async def named() -> bool:
        status, said = await alone.ready()
        return status == 503 and said.get("writing") == "ReadOnlySqlTransaction"

    await eventually(named)
