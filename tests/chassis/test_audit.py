"""R17: one audit row per request, sealed, and verifiable offline from an export."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
from hypothesis import given
from hypothesis import strategies as st
from joserfc.jwk import OKPKey
from sqlalchemy import select

from chassis.audit import as_exported
from chassis.merkle import merkle_root
from chassis.principal import system_principal
from chassis.sealing import Sealer
from chassis.tables import AuditRow
from chassis.verification import verify_export
from deploy.environment import Surroundings, service_environment
from deploy.keys import Keys
from tests.clients import Headers
from tests.waiting import eventually


async def test_r17_reads_and_refusals_are_audited_by_id(liaison: httpx.AsyncClient, as_: Callable[..., Headers]) -> None:
    reader = as_("political-officer", client_id="audited-reader")
    made = await liaison.post("/v1/parties", json={"kind": "government", "name": "MFA", "countries": ["KAZ"]}, headers=reader)
    await liaison.get(f"/v1/parties/{made.json()['id']}", headers=reader)
    await liaison.get("/v1/parties/01999999-0000-7000-8000-000000000000", headers=reader)
    async with liaison.app.state.database.transaction(system_principal("liaison")) as session:  # type: ignore[attr-defined]
        query = select(AuditRow).where(AuditRow.actor == "audited-reader").order_by(AuditRow.seq)
        rows = list((await session.execute(query)).scalars())
    assert [(row.operation, row.outcome) for row in rows] == [("registerParty", "201"), ("readParty", "200"), ("readParty", "404")]
    assert rows[0].ids == rows[1].ids == [made.json()["id"]]
    assert "MFA" not in json.dumps([as_exported(row) for row in rows])


async def test_r17_an_export_verifies_and_a_changed_row_does_not(
    liaison: httpx.AsyncClient, as_: Callable[..., Headers], keys: Keys, surroundings: Surroundings, tmp_path: Path
) -> None:
    database = liaison.app.state.database  # type: ignore[attr-defined]
    sealer = Sealer(database, "liaison", keys.seal("liaison"))
    for _ in range(2):
        await liaison.get("/v1/parties", headers=as_("analyst"))
        # A transaction that still runs anywhere in the cluster keeps newer rows from being sealed for a moment.
        await eventually(sealer.seal)
    export, public = tmp_path / "trail.jsonl", tmp_path / "public.json"
    public.write_text(json.dumps(OKPKey.import_key(json.loads(keys.seal("liaison").read_text())).as_dict(private=False)))
    environment = os.environ | service_environment("liaison", surroundings)
    run = [sys.executable, "-m", "deploy.cli"]
    await asyncio.to_thread(subprocess.run, [*run, "export-audit", "liaison", export], env=environment, check=True)
    offline = {"PATH": os.environ["PATH"]}
    await asyncio.to_thread(subprocess.run, [*run, "verify-audit", export, public], env=offline, check=True)

    batches = [json.loads(line) for line in export.read_text().splitlines()]
    key, last = public.read_text(), batches[-1]
    forged = last | {"entries": [last["entries"][0] | {"actor": "somebody else"}, *last["entries"][1:]]}
    assert any("was changed" in problem for problem in verify_export(map(json.dumps, [*batches[:-1], forged]), key))
    assert any("are here" in problem for problem in verify_export(map(json.dumps, [*batches[:-1], last | {"entries": []}]), key))
    assert list(verify_export(map(json.dumps, batches[1:]), key)) != []


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40), st.data())
def test_r17_any_change_of_a_leaf_changes_the_root(leaves: list[bytes], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(leaves) - 1))
    other = data.draw(st.binary(min_size=32, max_size=32))
    changed = [*leaves[:place], other, *leaves[place + 1 :]]
    assert (merkle_root(changed) == merkle_root(leaves)) == (other == leaves[place])
