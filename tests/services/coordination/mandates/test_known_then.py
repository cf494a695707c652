"""R3 through the API: what was true on one day, as it was known on another, and what an end or a correction takes back."""

import asyncio
from datetime import UTC, datetime, timedelta

from tests.services.coordination.conftest import Desk, Json, label, section

LONG_AGO = "2020-01-01T00:00:00+00:00"


def at() -> str:
    """This moment."""
    return datetime.now(UTC).isoformat()


async def told(desk: Desk, partner: str, as_of: str, known_at: str, **filters: str) -> list[Json]:
    """The partner's mandates as the register answers for both moments; one by one it answers the same."""
    moment = {"as_of": as_of, "known_at": known_at}
    headers = desk.as_("coordination-officer")
    listed = await desk.client.get("/v1/mandates", params={"organization": partner, **moment, **filters}, headers=headers)
    assert listed.status_code == 200, listed.text
    items: list[Json] = listed.json()["items"]
    for each in items:
        assert (await desk.client.get(f"/v1/mandates/{each['id']}", params=moment, headers=headers)).json() == each
    return items


async def only_mandate(desk: Desk, partner: str) -> Json:
    (mandate,) = (await desk.get(f"/mandates?organization={partner}"))["items"]
    found: Json = mandate
    return found


async def wait_until(moment: datetime) -> None:
    await asyncio.sleep(max(0.0, (moment - datetime.now(UTC)).total_seconds()))


async def test_r3_an_end_recorded_late_holds_from_its_day_and_was_not_known_before(desk: Desk) -> None:
    unborn = at()
    partner = await desk.partner(valid_from=LONG_AGO)
    mandate = await only_mandate(desk, partner)
    between = at()
    ended = await desk.make(f"/mandates/{mandate['id']}/end", {"reason": "The note of last year.", "effective_at": "2025-06-01T00:00:00Z"})
    assert (ended["state"], ended["ended_from"], ended["ends_at"]) == ("ended", "2025-06-01T00:00:00Z", "2025-06-01T00:00:00Z")
    after = at()

    async def states(as_of: str, known_at: str) -> list[str]:
        return [each["state"] for each in await told(desk, partner, as_of, known_at)]

    assert await states(after, between) == ["in-force"], "as known before the end was recorded"
    assert await states(after, after) == ["ended"]
    assert await states("2025-07-01T00:00:00Z", after) == ["ended"]
    assert await states("2025-05-01T00:00:00Z", after) == ["in-force"]
    assert await states("2019-01-01T00:00:00Z", after) == [], "before it began"
    assert await states(after, unborn) == [], "before anybody knew"
    assert await told(desk, partner, "2025-05-01T00:00:00Z", after, state="ended") == []
    gone = await desk.client.get(f"/v1/mandates/{mandate['id']}", params={"known_at": unborn}, headers=desk.as_("coordination-officer"))
    assert gone.status_code == 404


async def test_r3_an_end_cannot_lie_outside_the_term(desk: Desk) -> None:
    partner = await desk.partner(valid_from=LONG_AGO, valid_until="2040-01-01T00:00:00Z")
    mandate = await only_mandate(desk, partner)
    for day in ("2019-12-31T00:00:00Z", "2040-01-01T00:00:00Z"):
        refused = await desk.post(f"/mandates/{mandate['id']}/end", {"reason": "No.", "effective_at": day})
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/effective_at")
    await desk.make(f"/mandates/{mandate['id']}/end", {"reason": "Yes.", "effective_at": "2021-01-01T00:00:00Z"})
    refused = await desk.post(f"/mandates/{mandate['id']}/end", {"reason": "Again.", "effective_at": "2022-01-01T00:00:00Z"})
    assert refused.json()["type"].endswith("/wrong-state")


async def test_r3_r15_what_went_after_the_end_is_recalled_and_flagged_what_went_before_is_recalled(desk: Desk) -> None:
    partner = await desk.partner()
    mandate = await only_mandate(desk, partner)
    before = await desk.delivered(partner)
    end = at()
    since, recalled_since = await desk.delivered(partner), await desk.delivered(partner)
    waiting = await desk.package(await desk.issue(section(label(partner))), partner)
    await desk.recall(recalled_since["item"]["id"])
    await desk.make(f"/mandates/{mandate['id']}/end", {"reason": "The note came late.", "effective_at": end})

    found = [await desk.get(f"/packages/{each['id']}") for each in (before, since, recalled_since, waiting)]
    assert [each["state"] for each in found] == ["recalled", "recalled", "recalled", "revoked"]
    assert [each["delivered_unmandated"] for each in found] == [False, True, True, False]
    assert [each["delivered_at"] for each in found[:3]] == [each["delivered_at"] for each in (before, since, recalled_since)]
    assert found[2]["rule"] == "R16.recalled", "what was recalled before stays as it was"
    seen = (await desk.as_partner(f"/packages/{since['id']}", partner)).json()
    assert (seen["content"], seen["delivered_unmandated"]) == (None, None)


async def test_r3_what_another_mandate_covered_then_is_not_flagged(desk: Desk) -> None:
    partner = await desk.partner()
    first = await only_mandate(desk, partner)
    await desk.mandate(partner, title="The other")
    end = at()
    package = await desk.delivered(partner)
    await desk.make(f"/mandates/{first['id']}/end", {"reason": "Late.", "effective_at": end})
    kept = await desk.get(f"/packages/{package['id']}")
    assert (kept["state"], kept["delivered_unmandated"]) == ("delivered", False)


async def test_r3_an_end_set_for_a_day_to_come_bites_on_that_day(desk: Desk) -> None:
    partner = await desk.partner()
    mandate = await only_mandate(desk, partner)
    package = await desk.delivered(partner)
    day = datetime.now(UTC) + timedelta(seconds=4)
    announced = await desk.make(f"/mandates/{mandate['id']}/end", {"reason": "As of that day.", "effective_at": day.isoformat()})
    assert announced["state"] == "in-force"
    assert (await desk.get(f"/packages/{package['id']}"))["state"] == "delivered"
    assert [each["state"] for each in await told(desk, partner, (day + timedelta(days=1)).isoformat(), at())] == ["ended"]
    await wait_until(day)
    assert (await only_mandate(desk, partner))["state"] == "ended"
    assert (await desk.until(package["id"], "recalled"))["rule"] == "R13.mandate"
    assert (await desk.post(f"/mandates/{mandate['id']}/end", {"reason": "Again."})).json()["type"].endswith("/wrong-state")


async def test_r3_a_correction_keeps_what_was_known_before(desk: Desk) -> None:
    partner = await desk.partner(valid_from=LONG_AGO)
    mandate = await only_mandate(desk, partner)
    package = await desk.delivered(partner)
    before = at()
    body: Json = {"reason": "The depositary's text.", "title": "Borders and passes", "clause": "Charter, arts. 1 and 2"}
    body |= {"valid_until": "2040-01-01T00:00:00Z", "ceiling": {"sensitivity": "confidential", "tlp": "AMBER"}}
    body |= {"countries": ["KGZ", "TJK"]}
    corrected = await desk.make(f"/mandates/{mandate['id']}/correct", body)
    assert (corrected["title"], corrected["themes"], corrected["corrected_because"]) == (body["title"], ["border"], body["reason"])
    after = at()

    (then,), (now,) = await told(desk, partner, after, before), await told(desk, partner, "2021-01-01T00:00:00Z", after)
    assert (then["title"], then["clause"], then["countries"], then["valid_until"]) == ("Borders", "Charter, art. 1", ["TJK"], None)
    assert all(now[name] == body[name] for name in ("title", "clause", "countries", "ceiling", "valid_until"))
    kept = await desk.get(f"/packages/{package['id']}")
    assert (kept["state"], kept["delivered_unmandated"]) == ("delivered", False), "it covers more than before"
    assert (await desk.get(f"/organizations/{partner}"))["epoch"] == 2


async def test_r3_why_did_they_get_it_names_the_mandate_as_it_was_known_then(desk: Desk) -> None:
    partner = await desk.partner()
    mandate = await only_mandate(desk, partner)
    package = await desk.delivered(partner)
    await desk.make(f"/mandates/{mandate['id']}/correct", {"reason": "Misread.", "title": "Passes", "clause": "Charter, art. 9"})
    why = await desk.get(f"/release-decisions?item=package:{package['id']}&recipient={partner}")
    assert (why["clause"], "“Passes”" in why["reason"]) == ("Charter, art. 9", True)
    assert {each["step"]: each["clause"] for each in why["history"]} == dict.fromkeys(["issued", "released", "delivery"], "Charter, art. 1")
    assert all("“Borders”" in each["reason"] for each in why["history"])


async def test_r15_a_correction_that_narrows_takes_back_and_flags_and_one_that_widens_again_unflags(desk: Desk) -> None:
    partner = await desk.partner(themes=["border", "political"])
    mandate = await only_mandate(desk, partner)
    political = section(label(partner, themes=["political"]))
    apart, leaning = await desk.delivered(partner), await desk.delivered(partner, political)
    waiting = await desk.package(await desk.issue(political), partner)
    await desk.make(f"/mandates/{mandate['id']}/correct", {"reason": "Art. 4 only.", "themes": ["border"]})
    found = [await desk.get(f"/packages/{each['id']}") for each in (apart, leaning, waiting)]
    assert [each["state"] for each in found] == ["delivered", "recalled", "revoked"]
    assert [each["delivered_unmandated"] for each in found] == [False, True, False]
    why = await desk.get(f"/release-decisions?item=package:{leaning['id']}&recipient={partner}")
    assert why["history"][0]["step"] == "mandate corrected"

    await desk.make(f"/mandates/{mandate['id']}/correct", {"reason": "Both after all.", "themes": ["border", "political"]})
    again = await desk.get(f"/packages/{leaning['id']}")
    assert (again["state"], again["delivered_unmandated"]) == ("recalled", False)


async def test_r3_a_term_that_ran_out_is_corrected_and_holds_again(desk: Desk) -> None:
    until = datetime.now(UTC) + timedelta(seconds=2)
    partner = await desk.partner(valid_until=until.isoformat())
    mandate = await only_mandate(desk, partner)
    await wait_until(until)
    assert (await only_mandate(desk, partner))["state"] == "ended"
    longer = await desk.make(f"/mandates/{mandate['id']}/correct", {"reason": "It was prolonged.", "valid_until": None})
    assert (longer["state"], longer["ends_at"], longer["ended_at"]) == ("in-force", None, None)
    assert (await desk.delivered(partner))["state"] == "delivered"


async def test_r3_a_correction_says_what_and_why_and_makes_sense(desk: Desk) -> None:
    mandate = await only_mandate(desk, await desk.partner(valid_from=LONG_AGO, valid_until="2040-01-01T00:00:00Z"))
    path = f"/mandates/{mandate['id']}/correct"
    refusals: list[Json] = [{"reason": "Nothing."}, {"title": "No reason."}, {"reason": "Null.", "title": None}]
    refusals += [{"reason": "Backwards.", "valid_from": "2041-01-01T00:00:00Z"}, {"reason": "None.", "themes": []}]
    assert [(await desk.post(path, body)).status_code for body in refusals] == [422] * len(refusals)
    assert (await desk.post(path, {"reason": "R", "title": "T"}, role="analyst")).status_code == 403
    assert (await desk.post(path, {"reason": "R", "title": "T"})).status_code == 200


async def test_r15_a_narrowing_correction_and_delivery_at_the_same_moment_leave_no_content_without_a_recall(desk: Desk) -> None:
    for round_ in range(10):
        partner = await desk.partner(countries=["KAZ", "TJK"])
        mandate = await only_mandate(desk, partner)
        package = await desk.package(await desk.issue(section(label(partner))), partner)
        narrowing = {"reason": "One country only.", "countries": ["KAZ"]}
        release = asyncio.create_task(desk.post(f"/packages/{package['id']}/release"))
        await asyncio.sleep(0.004 * round_)
        corrected = await desk.post(f"/mandates/{mandate['id']}/correct", narrowing)
        assert corrected.status_code == 200, corrected.text
        await release
        await asyncio.sleep(0.3)
        found = await desk.get(f"/packages/{package['id']}")
        said = [each["what"] for each in await desk.said(package["id"])]
        assert found["state"] in ("revoked", "recalled"), found
        assert ("released" in said) == (found["state"] == "recalled") == found["delivered_unmandated"]
        seen = await desk.as_partner(f"/packages/{package['id']}", partner)
        assert seen.status_code == 404 or seen.json()["content"] is None
