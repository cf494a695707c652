"""R17: one row is proven without another, and a log is proven to continue what it was."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chassis.proofs import verify_proof
from chassis.sealing import Sealer
from chassis.verification import PublicKeys
from deploy.keys import Keys
from tests.services.gateway.people import Door
from tests.waiting import eventually

Json = dict[str, Any]


async def get(door: Door, path: str) -> Json:
    answer = await door.http.get(path, headers=await door.bearer("auditor"))
    assert answer.status_code == 200, answer.text
    told: Json = answer.json()
    return told


async def keys_of(door: Door) -> str:
    return json.dumps(await get(door, "/v1/audit/keys"))


async def seal_something(door: Door, keys: Keys, service: str, app: Any) -> None:
    """A row of the service under a seal."""
    headers = await door.bearer("political-officer")
    sealer = Sealer(app.state.database, service, keys.seal(service))

    async def seal() -> int:
        # Anew each time: the app's own sealer may have been there first.
        await door.http.get("/v1/parties" if service == "liaison" else "/v1/whoami", headers=headers)
        return await sealer.seal()

    await eventually(seal)


@pytest.fixture(params=["liaison", "gateway"])
async def sealed(request: pytest.FixtureRequest, behind: Door, liaison: Any, keys: Keys) -> str:
    """A service with rows under several seals."""
    app = liaison.app if request.param == "liaison" else behind.app
    for _ in range(3):
        await seal_something(behind, keys, request.param, app)
    return str(request.param)


async def proof_of(door: Door, service: str) -> Json:
    """The proof of a row in the middle of the newest batch's predecessor."""
    last = (await get(door, f"/v1/audit/consistency?service={service}&first=1&second=1"))["second"]
    assert last["number"] == 1
    batches = (await get(door, f"/v1/audit/seals?service={service}&limit=10"))["items"]
    entry = batches[-1]["entries"][-1]
    return await get(door, f"/v1/audit/{service}:{entry['seq']}/proof")


CHANGES: list[Callable[[Json], Any]] = [
    lambda proof: proof["row"].update(actor="somebody else"),
    lambda proof: proof["row"].update(content_hash="0" * 64),
    lambda proof: proof["row"].update(note="added"),
    lambda proof: proof.update(index=proof["index"] + 1),
    lambda proof: proof["log_path"].append("0" * 64),
    lambda proof: proof["seal"].update(root="0" * 64),
    lambda proof: proof["head"].update(log_root="0" * 64),
    lambda proof: proof["head"].update(number=proof["head"]["number"] + 1),
    lambda proof: proof.update(service="reports"),
    lambda proof: proof.update(head=proof["seal"] | {"format": 2}),
]


async def test_r17_a_row_is_proven_and_nothing_else_is(behind: Door, sealed: str) -> None:
    proof, keys = await proof_of(behind, sealed), PublicKeys(await keys_of(behind))
    assert list(verify_proof(proof, keys)) == []
    # No other row is in it.
    assert set(proof) == {"kind", "id", "service", "row", "index", "path", "seal", "head", "log_path"}
    for change in CHANGES:
        forged = json.loads(json.dumps(proof))
        change(forged)
        assert list(verify_proof(forged, keys)) != [], forged


async def test_r17_a_log_is_proven_to_continue_itself(behind: Door, sealed: str) -> None:
    head = (await proof_of(behind, sealed))["head"]["number"]
    keys = PublicKeys(await keys_of(behind))
    for first in range(1, head + 1):
        asked = f"/v1/audit/consistency?service={sealed}&first={first}&second={head}"
        proof = await get(behind, asked)
        assert list(verify_proof(proof, keys)) == []
        proof["path"] = [*proof["path"], "0" * 64]
        assert list(verify_proof(proof, keys)) != []


async def test_r17_what_cannot_be_proven_is_refused(behind: Door, sealed: str) -> None:
    auditor, head = await behind.bearer("auditor"), await behind.bearer("head-of-centre")
    proof = await proof_of(behind, sealed)
    row = f"{sealed}:{proof['row']['seq']}"
    for path, status in {
        f"/v1/audit/{sealed}:999999999/proof": 404,
        f"/v1/audit/{sealed}:0/proof": 422,
        "/v1/audit/nobody:1/proof": 422,
        f"/v1/audit/consistency?service={sealed}&first=1&second=999999": 404,
        f"/v1/audit/consistency?service={sealed}&first=2&second=1": 422,
    }.items():
        answer = await behind.http.get(path, headers=auditor)
        assert answer.status_code == status, (path, answer.text)
    for path in (f"/v1/audit/{row}/proof", "/v1/audit/roots", f"/v1/audit?item={row}"):
        assert (await behind.http.get(path, headers=head)).status_code == 403
    assert (await behind.http.get("/v1/audit/keys", headers=head)).status_code == 200
    assert (await behind.http.get("/v1/audit/keys")).status_code == 401


async def test_r17_a_row_of_this_moment_has_no_proof_yet(behind: Door) -> None:
    """A transaction that runs holds back the sealing of what comes after it."""
    auditor = await behind.bearer("auditor")
    async with behind.app.state.database.engine.begin() as connection:
        await connection.exec_driver_sql("select pg_current_xact_id()")
        await behind.http.get("/v1/whoami", headers=auditor)
        newest = await get(behind, "/v1/audit?operation=readWhoami&limit=1")
        row = newest["items"][0]["id"]
        answer = await behind.http.get(f"/v1/audit/{row}/proof", headers=auditor)
    assert answer.status_code == 409
    assert answer.json()["type"].endswith("/not-sealed-yet")
    assert answer.headers["retry-after"] == "10"


async def test_r17_the_command_verifies_proofs(behind: Door, sealed: str, tmp_path: Path) -> None:
    proof, keys = tmp_path / "proof.json", tmp_path / "keys.json"
    told = await proof_of(behind, sealed)
    keys.write_text(await keys_of(behind))

    def verify(text: str) -> subprocess.CompletedProcess[str]:
        proof.write_text(text)
        command = [sys.executable, "-m", "deploy.cli", "verify-proof", str(proof), str(keys)]
        offline = {"PATH": os.environ["PATH"]}
        return subprocess.run(command, env=offline, capture_output=True, text=True, check=False)

    assert (await asyncio.to_thread(verify, json.dumps(told))).returncode == 0
    told["row"]["outcome"] = "404"
    changed = await asyncio.to_thread(verify, json.dumps(told))
    assert changed.returncode == 1
    assert "the row does not stand under seal" in changed.stderr
    for text in ("", "[]", "{}", '{"kind": "inclusion"}'):
        nothing = await asyncio.to_thread(verify, text)
        assert nothing.returncode == 1
        assert "this is no proof" in nothing.stderr
