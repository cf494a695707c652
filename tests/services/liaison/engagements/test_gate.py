"""R1 and R2 through the API: nothing takes place without concurrence, and withdrawal bites at once."""

import asyncio

from tests.services.liaison.conftest import Json, Officer


async def test_r1_scheduling_needs_the_concurrence_of_every_state_concerned(officer: Officer) -> None:
    party = await officer.party(countries=("TJK", "KGZ"))
    meeting = await officer.engagement([party["id"]], countries=("TJK",))
    schedule = f"/engagements/{meeting['id']}/schedule"

    refused = await officer.post(schedule)
    assert refused.status_code == 409
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["type"].endswith("/concurrence-missing")
    assert {gap["country"] for gap in refused.json()["missing"]} == {"TJK", "KGZ"}

    await officer.concurrence("TJK", [party["id"]])
    half = await officer.post(schedule)
    assert [(gap["country"], gap["party"], gap["themes"]) for gap in half.json()["missing"]] == [("KGZ", party["id"], ["border"])]

    await officer.concurrence("KGZ", [party["id"]])
    scheduled = await officer.post(schedule)
    assert scheduled.status_code == 200, scheduled.text
    assert scheduled.json()["state"] == "scheduled"
    assert len(scheduled.json()["concurrences"]) == 2


async def test_r1_a_government_is_met_without_concurrence(officer: Officer) -> None:
    ministry = await officer.party(kind="government")
    meeting = await officer.engagement([ministry["id"]])
    assert (await officer.post(f"/engagements/{meeting['id']}/schedule")).status_code == 200


async def test_r1_a_standing_concurrence_for_a_kind_covers_its_parties(officer: Officer) -> None:
    party = await officer.party(countries=("UZB",))
    meeting = await officer.engagement([party["id"]], countries=("UZB",))
    assert (await officer.post(f"/engagements/{meeting['id']}/schedule")).status_code == 409
    await officer.concurrence("UZB", [], party_kinds=["other-party"])
    assert (await officer.post(f"/engagements/{meeting['id']}/schedule")).status_code == 200


async def test_r2_withdrawal_suspends_what_leaned_on_it_and_a_new_grant_resumes_nothing(officer: Officer) -> None:
    party = await officer.party()
    granted = await officer.concurrence("TJK", [party["id"]])
    meeting = await officer.engagement([party["id"]])
    assert (await officer.post(f"/engagements/{meeting['id']}/schedule")).status_code == 200

    withdrawn = await officer.post(f"/concurrences/{granted['id']}/withdraw", {"reason": "The note of 3 May."})
    assert withdrawn.status_code == 200, withdrawn.text
    suspended = await officer.get(f"/engagements/{meeting['id']}")
    assert suspended["state"] == "suspended"
    assert granted["reference"] in suspended["reason"]

    await officer.concurrence("TJK", [party["id"]])
    assert (await officer.get(f"/engagements/{meeting['id']}"))["state"] == "suspended"
    assert (await officer.post(f"/engagements/{meeting['id']}/hold")).status_code == 409
    assert (await officer.post(f"/engagements/{meeting['id']}/schedule")).json()["state"] == "scheduled"


async def test_r2_schedule_against_withdraw_at_the_same_moment_lets_nothing_through(officer: Officer) -> None:
    party = await officer.party()
    granted = [await officer.concurrence("TJK", [party["id"]]) for _ in range(1)]
    for round_ in range(10):
        meeting = await officer.engagement([party["id"]])
        schedule = officer.post(f"/engagements/{meeting['id']}/schedule")
        withdraw = officer.post(f"/concurrences/{granted[-1]['id']}/withdraw", {"reason": "Withdrawn."})
        answers = await asyncio.gather(*([schedule, withdraw] if round_ % 2 else [withdraw, schedule]))
        assert sorted(answer.status_code for answer in answers) in ([200, 200], [200, 409])
        assert (await officer.get(f"/engagements/{meeting['id']}"))["state"] in ("suspended", "proposed")
        granted.append(await officer.concurrence("TJK", [party["id"]]))


async def change_countries(officer: Officer, party: Json, *countries: str) -> None:
    """The register learns that the party acts in other countries."""
    kept = {name: party[name] for name in ("kind", "name", "names", "parent", "members")}
    headers = officer.headers | {"if-match": "*"}
    answer = await officer.client.put(f"/v1/parties/{party['id']}", json=kept | {"countries": list(countries)}, headers=headers)
    assert answer.status_code == 200, answer.text


async def test_r1_a_party_found_to_act_in_one_more_state_suspends_what_that_state_was_not_asked_about(officer: Officer) -> None:
    party, ministry = await officer.party(), await officer.party(kind="government")
    await officer.concurrence("TJK", [party["id"]])
    talks, alone, told = [await officer.engagement(list(who)) for who in ([party["id"]], [ministry["id"]], [party["id"], ministry["id"]])]
    for each in (talks, alone, told):
        await officer.step(f"/engagements/{each['id']}/schedule")

    await change_countries(officer, ministry, "TJK", "UZB")
    await change_countries(officer, party, "TJK", "KGZ")
    found = [await officer.get(f"/engagements/{each['id']}") for each in (talks, alone, told)]
    assert [(each["state"], each["reason"]) for each in found] == [
        ("suspended", "KGZ: concerned since the countries of a party changed."),
        ("scheduled", None),
        ("suspended", "UZB: concerned since the countries of a party changed."),
    ]
    refused = await officer.post(f"/engagements/{talks['id']}/schedule")
    assert [gap["country"] for gap in refused.json()["missing"]] == ["KGZ"]
    await officer.concurrence("KGZ", [party["id"]])
    await officer.step(f"/engagements/{talks['id']}/schedule")


async def test_r1_a_party_of_fewer_states_leaves_what_was_scheduled(officer: Officer) -> None:
    party = await officer.party(countries=("TJK", "KGZ"))
    for country in ("TJK", "KGZ"):
        await officer.concurrence(country, [party["id"]])
    meeting = await officer.engagement([party["id"]])
    await officer.step(f"/engagements/{meeting['id']}/schedule")
    await change_countries(officer, party, "TJK")
    assert (await officer.get(f"/engagements/{meeting['id']}"))["state"] == "scheduled"


async def test_r1_a_government_from_outside_the_region_is_entered_met_and_written_to_without_concurrence(officer: Officer) -> None:
    russia = await officer.party(kind="government", countries=("RUS",))
    joint = await officer.party(kind="government", countries=("CHN", "KAZ"))
    assert (russia["countries"], russia["label"]["countries"], joint["label"]["countries"]) == (["RUS"], [], ["KAZ"])
    assert russia["id"] in [each["id"] for each in (await officer.get("/parties?country=RUS"))["items"]]
    meeting = await officer.engagement([russia["id"], joint["id"]])
    assert (await officer.step(f"/engagements/{meeting['id']}/schedule"))["concurrences"] == []
    promise = await officer.make("/commitments", {"promised_by": russia["id"], "text": "To send the list.", "due_on": "2031-01-01"})
    dates = {"dated_on": "2026-01-02", "handled_on": "2026-01-02"}
    letter = await officer.make("/correspondence", {"direction": "in", "party": joint["id"], "subject": "Talks", **dates})
    assert (promise["label"]["countries"], letter["label"]["countries"]) == ([], ["KAZ"])
    for wrong in ("XXX", "rus"):
        refused = await officer.post("/parties", {"kind": "government", "name": "Nowhere", "countries": [wrong]})
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/countries/0")


async def test_r1_of_a_party_that_also_acts_outside_the_region_only_the_regions_states_are_asked(officer: Officer) -> None:
    party = await officer.party(countries=("TJK", "RUS"))
    meeting = await officer.engagement([party["id"]])
    refused = await officer.post(f"/engagements/{meeting['id']}/schedule")
    assert [gap["country"] for gap in refused.json()["missing"]] == ["TJK"]
    await officer.concurrence("TJK", [party["id"]])
    await officer.step(f"/engagements/{meeting['id']}/schedule")


async def test_r1_governments_that_act_jointly_need_nobodys_word_and_make_their_states_concerned(officer: Officer) -> None:
    members = [await officer.party(kind="government", countries=(country,)) for country in ("KAZ", "UZB")]
    body = {"kind": "government", "name": "Joint commission", "countries": ["KAZ", "UZB"], "members": [each["id"] for each in members]}
    joint, party = await officer.make("/parties", body), await officer.party(countries=("UZB",))
    # On this theme no other test has a whole class of parties covered by Kazakhstan.
    themes = ("humanitarian",)
    await officer.concurrence("UZB", [party["id"]], themes)
    alone = await officer.engagement([joint["id"]], countries=("UZB",), themes=themes)
    assert (await officer.step(f"/engagements/{alone['id']}/schedule"))["concurrences"] == []
    together = await officer.engagement([joint["id"], party["id"]], countries=("UZB",), themes=themes)
    refused = await officer.post(f"/engagements/{together['id']}/schedule")
    assert [(gap["country"], gap["party"]) for gap in refused.json()["missing"]] == [("KAZ", party["id"])]
    await officer.concurrence("KAZ", [party["id"]], themes)
    await officer.step(f"/engagements/{together['id']}/schedule")


async def test_an_engagement_is_cancelled_for_a_reason_only(officer: Officer) -> None:
    meeting = await officer.engagement([(await officer.party())["id"]])
    for body in (None, {}, {"reason": ""}, {"reason": "   "}):
        assert (await officer.post(f"/engagements/{meeting['id']}/cancel", body)).status_code == 422, body
    assert (await officer.get(f"/engagements/{meeting['id']}"))["state"] == "proposed"
    cancelled = await officer.step(f"/engagements/{meeting['id']}/cancel", {"reason": "The airport is closed."})
    assert (cancelled["state"], cancelled["reason"]) == ("cancelled", "The airport is closed.")
