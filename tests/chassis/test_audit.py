"""R17: one audit row per request, sealed, and verifiable offline from an export."""

import json
from collections.abc import Callable
from typing import Any

import httpx
from hypothesis import given
from hypothesis import strategies as st
from joserfc.jwk import OKPKey
from sqlalchemy import select

from chassis.audit import Sealer, as_exported, merkle_root
from chassis.principal import system_principal
from chassis.tables import AuditRow, Seal
from chassis.verification import verify_export
from deploy.keys import Keys
from tests.clients import Headers


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
    liaison: httpx.AsyncClient, as_: Callable[..., Headers], keys: Keys
) -> None:
    await liaison.get("/v1/parties", headers=as_("analyst"))
    database = liaison.app.state.database  # type: ignore[attr-defined]
    sealer = Sealer(database, "liaison", keys.seal("liaison"))
    while await sealer.seal():
        continue
    async with database.transaction(system_principal("liaison")) as session:
        rows = [as_exported(row) for row in (await session.execute(select(AuditRow))).scalars()]
        seals = [_seal_line(seal) for seal in (await session.execute(select(Seal).order_by(Seal.number))).scalars()]
    public = json.dumps(OKPKey.import_key(json.loads(keys.seal("liaison").read_text())).as_dict(private=False))

    assert verify_export(_lines(rows), "\n".join(seals), public) == []
    forged = [rows[0] | {"actor": "somebody else"}, *rows[1:]]
    assert any("was changed" in problem for problem in verify_export(_lines(forged), "\n".join(seals), public))
    assert verify_export(_lines(rows[1:]), "\n".join(seals), public) != []


def _lines(rows: list[dict[str, Any]]) -> str:
    return "\n".join(json.dumps(row) for row in rows)


def _seal_line(seal: Seal) -> str:
    return json.dumps({column.key: getattr(seal, column.key) for column in Seal.__table__.columns if column.key != "sealed_at"})


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40), st.data())
def test_r17_any_change_of_a_leaf_changes_the_root(leaves: list[bytes], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(leaves) - 1))
    other = data.draw(st.binary(min_size=32, max_size=32))
    changed = [*leaves[:place], other, *leaves[place + 1 :]]
    assert (merkle_root(changed) == merkle_root(leaves)) == (other == leaves[place])
