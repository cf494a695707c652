"""R19: our own office closes by the same command, and importing what it made gives equal content."""

import json
from collections.abc import Callable

from tests.clients import Headers
from tests.services.liaison.handover.conftest import Head
from tests.services.liaison.handover.offices import content_of, exported, review_all
from tests.services.liaison.handover.packages import contact, engagement, party, series, whole


async def test_r19_importing_our_own_export_into_an_empty_office_gives_equal_content(offices: list[Head]) -> None:
    ours, successor = offices
    ministry = party(2, kind="government", name="Министерство", names=[{"language": "en", "name": "Ministry"}])
    promise = {
        "external_id": "M-1",
        "engagement": "E-1",
        "promised_by": "P-1",
        "text": "To send the list.",
        "due_on": "2008-01-01",
        "state": "open",
    }
    parts = [
        series("parties", [ministry, party(1, parent="P-2")]),
        series("contacts", [contact(1), contact(2, merged_into="C-1", channels=[{"kind": "phone", "value": "+992 1"}])]),
        series("engagements", [engagement(1, reference="TJ/04/17", under_concurrences=["K-1"], contacts=["C-1"], place="Dushanbe")]),
        series("commitments", [promise]),
        *whole()[3:5],
    ]
    old = await ours.imported(parts)
    await review_all(ours, old["id"])
    made = await ours.client.post("/v1/parties", json={"kind": "un-entity", "name": "UNAMA", "countries": ["AFG"]}, headers=ours.headers)
    assert made.status_code == 201

    first = await exported(ours)
    answer = await successor.send(first)
    assert answer.status_code == 202, answer.text
    assert sum(each["would_quarantine"] for each in answer.json()["forecast"]) == 0, answer.json()["forecast"]
    taken = await successor.finish(answer.json()["id"])
    await review_all(successor, taken["id"])
    second = await exported(successor)

    before, after = content_of(first), content_of(second)
    assert {kind: len(lines) for kind, lines in before.items()} == {
        "parties": 3, "contacts": 2, "engagements": 1, "commitments": 1, "concurrences": 1, "reports": 1, "attachments": 1,
        "letters": 0, "notes": 0, "readouts": 0,
    }  # fmt: skip
    for kind, lines in before.items():
        assert lines == after[kind], f"{kind} came back changed"
    person = next(each for each in map(json.loads, before["contacts"]) if "merged_into" not in each)
    assert person["positions"][0]["title"] == "Secretary"


async def test_labels_are_respected_by_who_exports(offices: list[Head], as_: Callable[..., Headers]) -> None:
    ours = offices[0]
    for country in ("TJK", "UZB"):
        body = {"kind": "other-party", "name": f"Group of {country}", "countries": [country]}
        assert (await ours.client.post("/v1/parties", json=body, headers=ours.headers)).status_code == 201
    narrow = Head(ours.client, as_("head-of-centre", countries=["TJK"]), ours.folder)
    assert len(content_of(await exported(ours))["parties"]) == 2
    assert [json.loads(each)["name"] for each in content_of(await exported(narrow))["parties"]] == ["Group of TJK"]


async def test_r17_what_was_exported_is_in_the_audit_trail(offices: list[Head], as_: Callable[..., Headers]) -> None:
    ours = offices[0]
    made = await ours.client.post("/v1/parties", json={"kind": "un-entity", "name": "UNAMA", "countries": ["AFG"]}, headers=ours.headers)
    await exported(ours)
    rows = (await ours.client.get("/audit", headers=as_("auditor"))).json()
    assert any(row["operation"] == "exportHandover" and made.json()["id"] in row["ids"] for row in rows)
