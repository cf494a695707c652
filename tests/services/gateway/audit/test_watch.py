"""F6: the gateway tells when a service's seals are not those it announced."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import REGISTRY

from chassis.bus import SERVICES
from chassis.database import Database
from chassis.principal import system_principal
from chassis.reactions import Reactions
from deploy.environment import Surroundings, service_environment
from deploy.postgres.server import PostgresAddress
from services.gateway.audit.actions import Watch
from services.gateway.audit.rules import difference
from services.gateway.audit.tables import PublishedSeal
from services.gateway.routing.errors import ServiceUnavailable
from tests.chassis.trails import Signer, row, sealed, written
from tests.databases import database_at
from tests.services.gateway.people import Door

TRAIL = sealed(Signer("liaison"), [[row(n)] for n in range(1, 5)])


class FakeHop:
    """Services whose seals are what the test says; None for one that is away."""

    def __init__(self) -> None:
        self.seals: dict[str, list[dict[str, Any]] | None] = {name: [] for name in SERVICES}

    async def read(self, service: str, path: str, principal: Any) -> Any:
        assert path.startswith("/audit/heads")
        assert principal.has("auditor")
        if (seals := self.seals[service]) is None:
            raise ServiceUnavailable(service)
        return seals


@pytest.fixture
async def database(postgres_address: PostgresAddress, worker_id: str) -> AsyncIterator[Database]:
    """A gateway that was told of liaison's seals."""
    with database_at(postgres_address, "gateway", "head", worker_id) as urls:
        found = Database(urls.app_url, Reactions(), pool_size=2)
        told = ("number", "rows", "root", "previous", "signature")
        async with found.transaction(system_principal("gateway")) as session:
            for each in TRAIL:
                seal = {name: each[name] for name in told}
                session.add(PublishedSeal(service="liaison", **seal))
        yield found
        await found.close()


def metric() -> float | None:
    return REGISTRY.get_sample_value("goodoffices_audit_differs", {"service": "liaison"})


async def test_f6_missing_and_changed_seals_are_told(database: Database) -> None:
    hop, conditions = FakeHop(), dict[str, str]()
    watch = Watch(database, hop, conditions)  # type: ignore[arg-type]
    hop.seals["liaison"] = TRAIL
    await watch.look()
    assert conditions == {f"audit of {name}": "ok" for name in SERVICES}
    assert metric() == 0
    anew = sealed(Signer("liaison"), [[row(n, "b")] for n in range(1, 6)])
    for seals, said in (
        (TRAIL[:3], "seal 4 was announced and is missing"),
        ([], "seal 1 was announced and is missing"),
        (anew, "seal 1 is not the one that was announced"),
        ([*TRAIL[:3], anew[3]], "seal 4 is not the one that was announced"),
    ):
        hop.seals["liaison"] = seals
        await watch.look()
        assert conditions["audit of liaison"] == said
        assert metric() == 1
    hop.seals["liaison"] = None
    await watch.look()
    assert conditions["audit of liaison"] == "seal 4 is not the one that was announced"
    hop.seals["liaison"] = TRAIL
    await watch.look()
    assert (conditions["audit of liaison"], metric()) == ("ok", 0)


async def test_f6_readiness_tells_it_and_stays_what_it_was(door: Door) -> None:
    conditions = door.app.state.conditions
    before = (await door.http.get("/readyz")).json()
    conditions["audit of reports"] = "seal 4 was announced and is missing"
    after = (await door.http.get("/readyz")).json()
    del conditions["audit of reports"]
    assert after["audit of reports"] == "seal 4 was announced and is missing"
    assert after["status"] == before["status"]


@given(st.integers(1, 30), st.data())
def test_f6_every_difference_among_the_newest_is_found(count: int, data: st.DataObject) -> None:
    seals = {number: f"root {number}" for number in range(1, count + 1)}
    newer = seals | {count + 1: "not announced yet"}
    assert difference(seals, seals) is None
    assert difference(newer, seals) is None
    number = data.draw(st.integers(1, count))
    changed = difference(seals | {number: "another"}, seals)
    assert changed == f"seal {number} is not the one that was announced"
    shown = {n: root for n, root in seals.items() if n >= number}
    assert difference(shown, seals) is None
    cut = {n: root for n, root in seals.items() if n < number}
    assert difference(cut, seals) == f"seal {number} was announced and is missing"


async def test_f6_exported_roots_verify_an_export(database: Database, surroundings: Surroundings, tmp_path: Path) -> None:
    """The commands, from the gateway's database to the exit code."""
    signer = Signer("liaison")
    roots, export, keys = (tmp_path / name for name in ("roots", "export", "keys"))
    trail = sealed(signer, [[row(n)] for n in range(1, 5)])
    async with database.transaction(system_principal("gateway")) as session:
        for each in trail:
            seal = {name: each[name] for name in ("number", "rows", "root", "previous", "signature")}
            session.add(PublishedSeal(service="reports", **seal))
    keys.write_text(json.dumps({"keys": [signer.public | {"service": "reports"}]}))
    told = [each | {"service": "reports"} for each in trail]

    async def run(*words: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | service_environment("gateway", surroundings)
        environment["GOODOFFICES_DATABASE_URL"] = database.url
        command = [sys.executable, "-m", "deploy.cli", *words]
        return await asyncio.to_thread(subprocess.run, command, env=environment, capture_output=True, text=True, check=False)

    assert "8 roots" in (await run("export-roots", str(roots))).stdout
    verify = ("verify-audit", str(export), str(keys), "--announced", str(roots))
    export.write_text("\n".join(written(told)) + "\n")
    assert (await run(*verify)).returncode == 0
    export.write_text("\n".join(written(told[:2])) + "\n")
    cut = await run(*verify)
    assert (cut.returncode, cut.stderr) == (1, "error: seals 3 to 4: were announced and are missing\n")
    roots.write_text(roots.read_text()[:-20])
    unread = await run(*verify)
    assert unread.returncode == 1
    assert unread.stderr.startswith("error: the announced roots cannot be read")
    export.write_text("")
    empty = await run("verify-audit", str(export), str(keys))
    assert (empty.returncode, empty.stderr) == (1, "error: the export is empty: it holds no seal\n")
