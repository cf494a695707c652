"""R19 through the API: a package is checked, tried dry, placed and reconciled; what cannot be placed is listed."""

import asyncio
import hashlib
from collections.abc import Callable
from uuid import uuid4

import httpx

from tests.clients import Headers
from tests.services.liaison.handover.conftest import Head
from tests.services.liaison.handover.packages import NOTE, engagement, party, series, whole, zipped


async def test_r19_a_package_is_tried_dry_and_nothing_is_placed_before_it_is_started(head: Head) -> None:
    received = await head.received()
    assert (received["state"], received["records"], received["processed"]) == ("ready", 10, 0)
    foreseen = {each["series"]: (each["would_place"], each["would_quarantine"]) for each in received["forecast"]}
    assert foreseen == {"parties-1": (2, 0), "contacts-1": (2, 1), "engagements-1": (1, 1), "concurrences-1": (1, 0), "reports-1": (1, 0)}
    flaws = [flaw for each in received["forecast"] for flaw in each["flaws"]]
    assert [(flaw["line"], flaw["pointer"]) for flaw in flaws] == [(3, "/purpose"), (2, "/parties/0")]
    assert (await head.get(f"/handovers/{received['id']}/records"))["items"] == []


async def test_r19_counts_reconcile_and_nothing_is_dropped(head: Head) -> None:
    handover = await head.imported()
    counts = await head.counts(handover["id"])
    columns = ("in_package", "placed", "matched", "kept", "quarantined", "elsewhere")
    rows = {kind: tuple(each[column] for column in columns) for kind, each in counts.items()}
    parties = rows.pop("parties")
    assert (parties[0], parties[1] + parties[2], *parties[3:]) == (2, 2, 0, 0, 0), "the Government may have come with another test"
    assert rows == {
        "contacts": (3, 2, 0, 0, 1, 0),
        "engagements": (2, 1, 0, 0, 1, 0),
        "concurrences": (1, 0, 0, 1, 0, 0),
        "reports": (1, 0, 0, 1, 0, 0),
        "attachments": (1, 0, 0, 1, 0, 0),
        "records": (400, 0, 0, 0, 0, 400),
        "programmes": (3, 0, 0, 0, 0, 3),
    }
    listed = (await head.get(f"/handovers/{handover['id']}/quarantine"))["items"]
    assert {(each["external_id"], each["pointer"]) for each in listed} == {("C-3", "/purpose"), ("E-2", "/parties/0")}
    assert all(each["reason"] and each["payload"] for each in listed)


async def test_r19_concurrences_of_the_old_office_are_history_and_open_no_gate(head: Head) -> None:
    still_to_come = engagement(1, state="scheduled", starts_at="2035-01-01T09:00:00Z", ends_at="2035-01-01T10:00:00Z")
    parts = [series("parties", [party(1)]), series("engagements", [still_to_come]), whole()[3]]
    handover = await head.imported(parts)
    kept = (await head.get(f"/handovers/{handover['id']}/records?series=concurrences-1"))["items"]
    assert [each["payload"]["state"] for each in kept] == ["granted"]
    meeting = next(each for each in (await head.get("/engagements"))["items"] if each["title"] == "Talks 1" and each["state"] == "proposed")
    refused = await head.client.post(f"/v1/engagements/{meeting['id']}/schedule", headers=head.headers)
    assert refused.json()["type"].endswith("/concurrence-missing")


async def test_r19_the_strictest_label_holds_until_the_series_is_reviewed(
    head: Head, as_: Callable[..., Headers], liaison: httpx.AsyncClient
) -> None:
    name = f"Committee {uuid4()}"
    handover = await head.imported([series("parties", [party(1, name=name, label={"sensitivity": "unclassified", "tlp": "GREEN"})])])
    officer = as_("political-officer", access="confidential")

    async def found(headers: Headers) -> list[dict[str, str]]:
        return (await liaison.get("/v1/parties", params={"q": name}, headers=headers)).json()["items"]

    strict = await found(head.headers)
    assert [(each["label"]["sensitivity"], each["label"]["tlp"]) for each in strict] == [("strictly-confidential", "RED")]
    assert await found(officer) == []

    review = f"/{handover['id']}/series/parties-1/review"
    assert (await liaison.post(f"/v1/handovers{review}", json={"reason": "Looked through."}, headers=officer)).status_code == 403
    answer = await head.post(review, {"label": {"sensitivity": "confidential", "tlp": "AMBER"}, "reason": "Looked through."})
    assert answer.status_code == 200, answer.text
    assert answer.json()[0]["reviewed_by"] == "head-of-centre"
    assert [each["label"]["sensitivity"] for each in await found(officer)] == ["confidential"]

    as_given = await head.post(review, {"reason": "The office had labelled them well."})
    assert as_given.status_code == 200
    assert [(each["label"]["sensitivity"], each["label"]["tlp"]) for each in await found(officer)] == [("unclassified", "GREEN")]


async def test_r19_who_cannot_see_all_of_a_series_does_not_review_it(
    head: Head, as_: Callable[..., Headers], liaison: httpx.AsyncClient
) -> None:
    handover = await head.imported([series("parties", [party(1), party(2, countries=["UZB"])])])
    review = f"/v1/handovers/{handover['id']}/series/parties-1/review"
    narrow = as_("head-of-centre", countries=["TJK"])
    refused = await liaison.post(review, json={"label": {"tlp": "AMBER"}, "reason": "Seen."}, headers=narrow)
    assert (refused.status_code, refused.json()["type"].rsplit("/", 1)[-1]) == (409, "series-not-seen")
    labels = {
        each["tlp"]
        for each in [item["label"] for item in (await head.get("/parties?q=Movement"))["items"]]
        if each["originator"] == head.office
    }
    assert labels == {"RED"}, "nothing of it was relabelled"
    assert (await liaison.post(review, json={"label": {"tlp": "AMBER"}, "reason": "Seen."}, headers=head.headers)).status_code == 200


async def test_r18_a_hand_over_outside_ones_countries_looks_like_none(
    head: Head, as_: Callable[..., Headers], liaison: httpx.AsyncClient
) -> None:
    handover = await head.imported([series("parties", [party(1)])])
    there = f"/v1/handovers/{handover['id']}"
    elsewhere = as_("political-officer", countries=["UZB"])
    for path in (there, f"{there}/series", f"{there}/quarantine", f"{there}/records", f"{there}/reconciliation", f"{there}/receipt"):
        assert (await liaison.get(path, headers=elsewhere)).status_code == 404
    assert (await liaison.get("/v1/handovers", headers=elsewhere)).json()["items"] == []
    assert (await liaison.get(there, headers=as_("political-officer"))).status_code == 200


async def test_r19_what_was_mended_goes_to_its_place_and_the_rest_can_be_tried_again(head: Head) -> None:
    handover = await head.imported([series("parties", [party(1, kind="friends")]), series("engagements", [engagement(1)])])
    before = await head.counts(handover["id"])
    assert (before["parties"]["quarantined"], before["engagements"]["quarantined"]) == (1, 1)
    listed = (await head.get(f"/handovers/{handover['id']}/quarantine?series=parties-1"))["items"]
    mend = f"/{handover['id']}/quarantine/{listed[0]['id']}/mend"
    refused = await head.post(mend, {"record": party(1, kind="foes")})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/record/kind"

    mended = await head.post(mend, {"record": party(1)})
    assert mended.json() == {"placed": 1, "quarantined": 1}
    tried = await head.post(f"/{handover['id']}/quarantine/retry")
    assert tried.json() == {"placed": 1, "quarantined": 0}
    after = await head.counts(handover["id"])
    assert (after["parties"]["placed"], after["engagements"]["placed"]) == (1, 1)
    assert (await head.post(mend, {"record": party(1)})).status_code == 404


async def test_r19_the_same_package_is_taken_in_once_even_when_sent_twice_at_once(head: Head) -> None:
    content = zipped(head.package())
    first, second = await asyncio.gather(head.send(content), head.send(content))
    assert {first.status_code, second.status_code} <= {202, 409}
    again = await head.send(content)
    assert again.json()["id"] in {answer.json().get("id") for answer in (first, second)}


async def test_r19_a_record_that_came_with_an_earlier_package_is_not_placed_twice(head: Head) -> None:
    await head.imported([series("parties", [party(1)])])
    second = await head.imported([series("parties", [party(1, name="Renamed"), party(2)])])
    counts = await head.counts(second["id"])
    assert (counts["parties"]["placed"], counts["parties"]["quarantined"]) == (1, 1)


async def test_r19_an_institution_of_our_register_is_not_entered_twice(head: Head) -> None:
    name = f"Ministry {uuid4()}"
    made = await head.client.post("/v1/parties", json={"kind": "government", "name": name, "countries": ["TJK"]}, headers=head.headers)
    handover = await head.imported([series("parties", [party(1, kind="government", name=name)]), series("engagements", [engagement(1)])])
    assert (await head.counts(handover["id"]))["parties"]["matched"] == 1
    assert (
        await head.post(f"/{handover['id']}/series/parties-1/review", {"label": {"tlp": "CLEAR"}, "reason": "Seen."})
    ).status_code == 200
    ours = await head.get(f"/parties/{made.json()['id']}")
    assert ours["label"]["tlp"] == "AMBER", "what was ours keeps its label"
    met = [each for each in (await head.get("/engagements"))["items"] if each["parties"] == [ours["id"]]]
    assert len(met) == 1


async def test_records_can_be_traced_to_the_package_they_came_with(
    head: Head, as_: Callable[..., Headers], liaison: httpx.AsyncClient
) -> None:
    name = f"Front {uuid4()}"
    handover = await head.imported([series("parties", [party(1, name=name)])])
    placed = (await head.get(f"/parties?q={name}"))["items"][0]
    origin = await head.get(f"/handovers/origins?record={placed['id']}")
    assert (origin["handover_id"], origin["external_id"]) == (handover["id"], "P-1")
    hidden = await liaison.get(f"/v1/handovers/origins?record={placed['id']}", headers=as_("political-officer", access="confidential"))
    missing = await liaison.get(f"/v1/handovers/origins?record={uuid4()}", headers=head.headers)
    assert hidden.status_code == missing.status_code == 404
    assert hidden.json()["detail"] == missing.json()["detail"]


async def test_kept_records_are_searched_and_attachments_are_given_back(head: Head) -> None:
    handover = await head.imported()
    found = await head.get(f"/handovers/{handover['id']}/records?q=bridge")
    assert [each["external_id"] for each in found["items"]] == ["R-1"]
    assert (await head.get(f"/handovers/{handover['id']}/records?q=100%25"))["items"] == []
    there = f"/v1/handovers/{handover['id']}/attachments"
    answer = await head.client.get(f"{there}/{hashlib.sha256(NOTE).hexdigest()}/content", headers=head.headers)
    assert (answer.content, answer.headers["x-content-type-options"]) == (NOTE, "nosniff")
    assert (await head.client.get(f"{there}/{'0' * 64}/content", headers=head.headers)).status_code == 404
