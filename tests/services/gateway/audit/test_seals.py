"""R17: an auditor takes the sealed trail away and verifies it; nobody else reads it."""

import json

from joserfc.jwk import OKPKey

from chassis.sealing import Sealer
from chassis.verification import verify_export
from deploy.keys import Keys
from tests.services.gateway.people import Door
from tests.waiting import eventually


async def test_r17_sealed_batches_verify_and_are_read_by_auditors_only(door: Door, keys: Keys) -> None:
    key = keys.seal("gateway")
    auditor, head = await door.bearer("auditor"), await door.bearer("head-of-centre")
    for _ in range(2):
        await door.http.get("/v1/whoami", headers=auditor)
        # A transaction that still runs anywhere in the cluster keeps newer rows from being sealed for a moment.
        await eventually(Sealer(door.app.state.database, "gateway", key).seal)
    lines: list[str] = []
    address: str | None = "/v1/audit/seals?service=gateway&limit=1"
    while address:
        page = (await door.http.get(address, headers=auditor)).json()
        lines += [json.dumps(batch) for batch in page["items"]]
        address = page["next"] and f"/v1/audit/seals?service=gateway&limit=1&cursor={page['next']}"
    assert len(lines) >= 2
    assert list(verify_export(lines, json.dumps(OKPKey.import_key(json.loads(key.read_text())).as_dict(private=False)))) == []
    assert (await door.http.get("/v1/audit/seals?service=gateway", headers=head)).status_code == 403
