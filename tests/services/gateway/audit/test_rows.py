"""R17: rows say by which rule, from where and what left, and auditors find them by filters."""

import hashlib
from datetime import UTC, datetime
from typing import Any

import httpx
from sqlalchemy import select

from chassis.principal import system_principal
from chassis.tables import AuditRow
from tests.services.gateway.people import Door

Json = dict[str, Any]
PARTY = {"kind": "government", "name": "MFA of Somewhere", "countries": ["KAZ"]}


async def found(door: Door, **filters: str) -> list[Json]:
    answer = await door.http.get("/v1/audit", params=filters, headers=await door.bearer("auditor"))
    assert answer.status_code == 200, answer.text
    items: list[Json] = answer.json()["items"]
    return items


def sha(answer: httpx.Response) -> str:
    return hashlib.sha256(answer.content).hexdigest()


async def test_r17_rows_bear_rule_origin_and_hash(behind: Door) -> None:
    officer = await behind.bearer("political-officer")
    forged = officer | {"x-goodoffices-origin": "203.0.113.9"}
    made = await behind.http.post("/v1/parties", json=PARTY, headers=forged)
    key = made.json()["id"]
    read = await behind.http.get(f"/v1/parties/{key}", headers=forged)
    rows = await found(behind, item=key)
    assert [row["operation"] for row in rows] == ["readParty", "registerParty"]
    assert [row["content_hash"] for row in rows] == [sha(read), sha(made)]
    assert {row["rule"] for row in rows} == {"cedar:parties/1"}
    # The test's client is 127.0.0.1; what it says of itself is not believed.
    assert {row["origin"] for row in rows} == {"127.0.0.1"}


async def test_r17_the_gateways_own_rows_do_not_believe_the_caller_either(behind: Door) -> None:
    auditor = await behind.bearer("auditor") | {"x-goodoffices-origin": "203.0.113.9"}
    await behind.http.get("/v1/audit/keys", headers=auditor)
    row = (await found(behind, operation="listAuditKeys"))[0]
    assert (row["origin"], row["rule"]) == ("127.0.0.1", "cedar:audit/2")


async def test_r17_refusals_name_what_refused(behind: Door) -> None:
    client = await behind.client("partner")
    token = await behind.try_token(client)
    partner = {"authorization": f"Bearer {token.json()['access_token']}"}
    refused = await behind.http.get("/v1/audit", headers=partner)
    assert refused.status_code == 403
    row = (await found(behind, actor=client["client_id"], operation="listAudit"))[0]
    assert (row["outcome"], row["rule"], row["content_hash"]) == ("403", "cedar:none", sha(refused))
    officer = await behind.bearer("political-officer")
    missing = "01999999-0000-7000-8000-00000000ffff"
    refused = await behind.http.get(f"/v1/parties/{missing}", headers=officer)
    row = (await found(behind, item=missing))[0]
    assert (row["outcome"], row["rule"], row["content_hash"]) == ("404", "R18", sha(refused))


async def test_r17_a_streamed_file_has_a_second_row_with_its_hash(behind: Door) -> None:
    client = await behind.client("analyst")
    token = (await behind.try_token(client)).json()["access_token"]
    analyst = {"authorization": f"Bearer {token}"}
    file = await behind.http.get("/v1/incidents/export?format=csv", headers=analyst)
    assert file.status_code == 200, file.text
    rows = await found(behind, actor=client["client_id"], operation="exportIncidents")
    assert [row["outcome"] for row in rows] == ["sent", "200"]
    assert [row["content_hash"] for row in rows] == [sha(file), None]


async def test_r17_filters_narrow_and_bind_the_cursor(behind: Door) -> None:
    client = await behind.client("political-officer")
    token = (await behind.try_token(client)).json()["access_token"]
    officer = {"authorization": f"Bearer {token}"}
    for _ in range(3):
        await behind.http.get("/v1/parties", headers=officer)
    middle = datetime.now(UTC).isoformat()
    await behind.http.get("/v1/contacts", headers=officer)
    mine = {"actor": client["client_id"]}
    all_rows = await found(behind, **mine)
    assert {row["actor"] for row in all_rows} == {client["client_id"]}
    assert len(await found(behind, **mine, operation="listParties")) == 3
    assert [row["operation"] for row in await found(behind, **mine, since=middle)] == ["listContacts"]
    assert len(await found(behind, **mine, until=middle)) == len(all_rows) - 1
    assert await found(behind, **mine, operation="nothingAtAll") == []
    auditor = await behind.bearer("auditor")
    page = await behind.http.get("/v1/audit", params=mine | {"limit": 1}, headers=auditor)
    cursor = page.json()["next"]
    walked = await behind.http.get("/v1/audit", params=mine | {"limit": 1, "cursor": cursor}, headers=auditor)
    assert [row["id"] for row in walked.json()["items"]] == [all_rows[1]["id"]]
    asked = {"operation": "listParties", "limit": 1, "cursor": cursor}
    assert (await behind.http.get("/v1/audit", params=asked, headers=auditor)).status_code == 422


async def test_r17_what_no_request_caused_comes_from_the_machine(door: Door) -> None:
    async with door.app.state.database.transaction(system_principal("gateway")) as session:
        query = select(AuditRow.origin).where(AuditRow.operation == "createAdministrator")
        assert set((await session.execute(query)).scalars()) == {"machine"}
