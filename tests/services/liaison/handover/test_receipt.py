"""R19: both offices sign the receipt, and anybody verifies it offline."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from joserfc.jwk import OKPKey

from deploy.keys import Keys
from tests.services.liaison.handover.conftest import Head

Json = dict[str, Any]


def goodoffices(*words: str) -> subprocess.CompletedProcess[str]:
    """The command, as people run it."""
    return subprocess.run([sys.executable, "-m", "deploy.cli", "handover", *words], capture_output=True, text=True, timeout=60, check=False)


def made_key(folder: Path, name: str) -> tuple[Path, Json]:
    """A key in a file, and its public half."""
    key = OKPKey.generate_key("Ed25519", private=True)
    path = folder / f"{name}.json"
    path.write_text(json.dumps(key.as_dict(private=True)))
    return path, dict(key.as_dict(private=False))


async def test_r19_both_offices_sign_and_tampering_is_found_offline(head: Head, keys: Keys, tmp_path: Path) -> None:
    theirs, public = made_key(tmp_path, "giver")
    received = await head.received(signing_key=public)
    there = f"/{received['id']}"
    assert (await head.post(f"{there}/sign", {"name": "Head"})).json()["type"].endswith("/not-imported-yet")
    await head.finish(received["id"])
    draft = await head.get(f"/handovers{there}/receipt")
    assert draft["signatures"] == []
    signed = await head.post(f"{there}/sign", {"name": "The Head", "custodian": "The Department of Political Affairs"})
    assert signed.json()["giver"]["custodian"] == "The Department of Political Affairs"
    assert (await head.post(f"{there}/sign", {"name": "The Head"})).status_code == 409

    receipt = tmp_path / "receipt.json"
    receipt.write_text(json.dumps(await head.get(f"/handovers{there}/receipt")))
    countersignature = json.loads(goodoffices("sign-receipt", str(receipt), str(theirs), "--name", "The custodian").stdout)
    forged = countersignature | {"name": "Somebody else"}
    assert (await head.post(f"{there}/countersign", forged)).json()["type"].endswith("/signature-refused")
    other, _ = made_key(tmp_path, "other")
    foreign = json.loads(goodoffices("sign-receipt", str(receipt), str(other), "--name", "The custodian").stdout)
    assert (await head.post(f"{there}/countersign", foreign)).json()["errors"][0]["pointer"] == "/key"
    whole = await head.post(f"{there}/countersign", countersignature)
    assert whole.status_code == 200, whole.text
    found = await head.get(f"/handovers{there}")
    assert (found["signed"], found["countersigned"]) == (True, True)

    ours = OKPKey.import_key(json.loads(keys.seal("liaison").read_text())).as_dict(private=False)
    trusted = tmp_path / "keys.json"
    trusted.write_text(json.dumps({"keys": [ours, public]}))
    receipt.write_text(whole.text)
    assert goodoffices("verify-receipt", str(receipt), "--keys", str(trusted)).returncode == 0
    for change in ({"digest": "0" * 64}, {"kinds": []}, {"signatures": whole.json()["signatures"][:1]}):
        receipt.write_text(json.dumps(whole.json() | change))
        refused = goodoffices("verify-receipt", str(receipt), "--keys", str(trusted))
        assert refused.returncode == 1
        assert refused.stderr.startswith("error: ")
    trusted.write_text(json.dumps({"keys": [ours]}))
    receipt.write_text(whole.text)
    assert "not among those you trust" in goodoffices("verify-receipt", str(receipt), "--keys", str(trusted)).stderr
