"""R13 and R14 through the API: who gets what, on whose word."""

import json

from tests.services.coordination.conftest import Desk, label, section


async def test_r13_each_organization_gets_what_its_mandate_covers(desk: Desk) -> None:
    everybody = ("osce", "cis", "sco", "world-bank")
    border = section(label(*everybody), "The border")
    politics = section(label(*everybody, themes=["political"]), "Politics", "As SIT-2030-0001 said.")
    report = await desk.issue(border, politics)
    decisions = {each: await desk.get(f"/release-decisions?item=report:{report}&recipient={each}") for each in everybody}

    osce = decisions["osce"]
    assert (osce["decision"], osce["rule"], osce["needs_head"], osce["reaches"]) == (
        "allow",
        "R13",
        True,
        ["KAZ", "KGZ", "TJK", "TKM", "UZB"],
    )
    assert "Charter for European Security" in osce["clause"]
    cis = decisions["cis"]
    assert (cis["decision"], cis["rule"]) == ("stripped", "R13.mandate")
    assert [(each["title"], each["decision"], each["rule"]) for each in cis["sections"]] == [
        ("The border", "allow", "R13"),
        ("Politics", "refuse", "R13.mandate"),
    ]
    assert (decisions["sco"]["decision"], decisions["sco"]["rule"]) == ("refuse", "R13.mandate")
    assert decisions["world-bank"]["decision"] == "refuse"
    states = {each: (await desk.package(report, each))["state"] for each in everybody}
    assert states == {"osce": "proposed", "cis": "proposed", "sco": "refused", "world-bank": "refused"}


async def test_r13_refusals_name_ceiling_tlp_and_consent(desk: Desk) -> None:
    partner = await desk.partner()
    cases = {
        "R13.ceiling": label(partner, sensitivity="confidential"),
        "R13.tlp": label(partner, tlp="RED"),
        "R13.consent": label(),
        "R13.mandate": label(partner, countries=["KAZ", "TJK"]),
        "R13": label(partner),
    }
    for rule, of in cases.items():
        report = await desk.issue(section(of))
        found = await desk.get(f"/release-decisions?item=report:{report}&recipient={partner}")
        assert found["rule"] == rule, found
        assert (await desk.package(report, partner))["state"] == ("proposed" if rule == "R13" else "refused")


async def test_r13_nothing_goes_without_a_person_and_a_member_state_needs_the_head(desk: Desk) -> None:
    partner = await desk.partner(members=("TJK",))
    package = await desk.package(await desk.issue(section(label(partner))), partner)
    assert (package["state"], package["needs_head"]) == ("proposed", True)
    assert package["content"]["sections"][0]["title"] == "The border"

    refused = await desk.post(f"/packages/{package['id']}/release")
    assert refused.status_code == 403
    assert refused.json()["type"].endswith("/head-needed")
    assert refused.json()["reaches"] == ["TJK"]
    assert (await desk.as_partner(f"/packages/{package['id']}", partner)).status_code == 404

    released = await desk.post(f"/packages/{package['id']}/release", role="head-of-centre")
    assert released.status_code == 200, released.text
    delivered = await desk.until(package["id"], "delivered")
    assert (delivered["released_by"], delivered["number"]) == ("head-of-centre", 1)


async def test_r13_an_officer_releases_what_concerns_no_member_state(desk: Desk) -> None:
    partner = await desk.partner(members=("KAZ",))
    package = await desk.package(await desk.issue(section(label(partner))), partner)
    assert (await desk.post(f"/packages/{package['id']}/release", role="analyst")).status_code == 403
    assert (await desk.post(f"/packages/{package['id']}/release")).status_code == 200
    assert (await desk.until(package["id"], "delivered"))["released_by"] == "coordination-officer"
    assert (await desk.post(f"/packages/{package['id']}/release")).json()["type"].endswith("/wrong-state")


async def test_r13_a_recipient_gets_the_allowed_sections_and_nothing_that_names_the_rest(desk: Desk) -> None:
    partner, other = await desk.partner(), await desk.partner()
    border = section(label(partner, other), "The border", "As SIT-2030-0001 and INC-2030-0007 said.")
    politics = section(label(partner, other, themes=["political"]), "Politics", "The minister resigned.")
    package = await desk.delivered(partner, border, politics, title="Borders and the minister")

    answer = await desk.as_partner(f"/packages/{package['id']}", partner)
    assert answer.status_code == 200, answer.text
    seen = answer.json()
    assert [(each["title"], each["statements"][0]["text"]) for each in seen["content"]["sections"]] == [
        ("The border", "As [reference withheld] and [reference withheld] said.")
    ]
    assert seen["item"] == {"type": "report", "id": None, "reference": None, "title": "Situation report"}
    assert [seen[name] for name in ("decision", "rule", "clause", "reason", "released_by", "needs_head")] == [None] * 6
    assert (seen["number"], seen["label"]["themes"], seen["label"]["releasable_to"]) == (1, ["border"], [partner])
    whole = json.dumps(seen)
    for inside in (package["item"]["id"], package["item"]["reference"], "minister", other, str(border.id), "political"):
        assert inside not in whole
    released = [said for said in await desk.said(package["id"]) if said["what"] == "released"]
    assert [said["readers"] for said in released] == [[partner]]
    assert not any(inside in json.dumps(released) for inside in (package["item"]["id"], "SIT-2030", "minister", other))


async def test_r18_others_do_not_learn_of_a_package(desk: Desk) -> None:
    partner, other = await desk.partner(), await desk.partner()
    package = await desk.delivered(partner)
    item = package["item"]["id"]
    assert (await desk.as_partner(f"/packages/{package['id']}", other)).status_code == 404
    assert (await desk.as_partner("/packages", other)).json()["items"] == []
    assert (await desk.as_partner(f"/release-decisions?item=package:{package['id']}&recipient={other}", other)).status_code == 404
    for asker, recipient in ((other, other), (partner, other), (other, partner)):
        answer = await desk.as_partner(f"/release-decisions?item=report:{item}&recipient={recipient}", asker)
        assert answer.status_code == 404, answer.text
    own = (await desk.as_partner("/packages", partner)).json()["items"]
    assert [(each["id"], each["number"], each["item"]["title"], each["content"]) for each in own] == [(package["id"], 1, None, None)]
    decision = (await desk.as_partner(f"/release-decisions?item=package:{package['id']}&recipient={partner}", partner)).json()
    assert (decision["decision"], decision["clause"], decision["history"]) == ("allow", "Charter, art. 1", [])


async def test_r13_why_did_they_get_it_is_answered_later(desk: Desk) -> None:
    partner = await desk.partner()
    package = await desk.delivered(partner)
    ended = (await desk.get(f"/mandates?organization={partner}"))["items"][0]
    await desk.make(f"/mandates/{ended['id']}/end", {"reason": "The charter was changed."})
    found = await desk.get(f"/release-decisions?item=report:{package['item']['id']}&recipient={partner}")
    assert (found["decision"], found["rule"]) == ("refuse", "R13.mandate")
    history = [(each["step"], each["decision"], each["clause"], each["decided_by"]) for each in found["history"]]
    assert history == [
        ("mandate ended", "refuse", None, "coordination-officer"),
        ("delivery", "allow", "Charter, art. 1", "system:coordination"),
        ("released", "allow", "Charter, art. 1", "head-of-centre"),
        ("issued", "allow", "Charter, art. 1", "system:coordination"),
    ]


async def test_r13_a_mandate_declared_after_the_release_adds_nothing_to_it(desk: Desk) -> None:
    partner = await desk.partner()
    politics = section(label(partner, themes=["political"]), "Politics")
    package = await desk.package(await desk.issue(section(label(partner)), politics), partner)
    assert len(package["content"]["sections"]) == 1
    await desk.mandate(partner, themes=["political", "border"])
    # Released anew it is seen anew: the officer now sees both sections, and both go.
    assert (await desk.post(f"/packages/{package['id']}/release")).status_code == 200
    assert len((await desk.until(package["id"], "delivered"))["content"]["sections"]) == 2


async def test_r13_a_person_may_keep_back_what_could_go(desk: Desk) -> None:
    partner = await desk.partner()
    package = await desk.package(await desk.issue(section(label(partner))), partner)
    refused = await desk.post(f"/packages/{package['id']}/refuse", {"reason": "Not before the talks."})
    assert (refused.json()["state"], refused.json()["rule"]) == ("refused", "R13.person")
    assert (await desk.as_partner(f"/packages/{package['id']}", partner)).status_code == 404


async def test_r13_a_refused_package_goes_only_when_the_rule_allows_it(desk: Desk) -> None:
    partner = await desk.partner()
    package = await desk.package(await desk.issue(section(label(partner, themes=["political"]))), partner)
    refused = await desk.post(f"/packages/{package['id']}/release", role="head-of-centre")
    assert (refused.status_code, refused.json()["rule"]) == (409, "R13.mandate")
    await desk.mandate(partner, themes=["political"])
    assert (await desk.post(f"/packages/{package['id']}/release", role="head-of-centre")).status_code == 200


async def test_r13_a_standing_order_of_the_head_delivers_by_itself(desk: Desk) -> None:
    partner = await desk.partner(members=("TJK",))
    order = await desk.order(partner)
    assert (order["given_by"], order["given_by_head"]) == ("head-of-centre", True)
    delivered = await desk.until((await desk.package(await desk.issue(section(label(partner))), partner))["id"], "delivered")
    assert (delivered["standing_order"], delivered["released_by"]) == (order["id"], "head-of-centre")
    other_series = await desk.package(await desk.issue(section(label(partner)), kind="flash"), partner)
    assert other_series["state"] == "proposed"


async def test_r13_a_standing_order_of_an_officer_does_not_stand_in_for_the_head(desk: Desk) -> None:
    concerned, distant = await desk.partner(members=("TJK",)), await desk.partner(members=("KAZ",))
    for partner in (concerned, distant):
        await desk.order(partner, role="coordination-officer")
    report = await desk.issue(section(label(concerned, distant)))
    assert (await desk.package(report, concerned))["state"] == "proposed"
    await desk.until((await desk.package(report, distant))["id"], "delivered")


async def test_a_standing_order_is_given_once_and_ends(desk: Desk) -> None:
    partner = await desk.partner()
    order = await desk.order(partner)
    again = await desk.post("/standing-orders", {"organization": partner, "series": "situation-report"})
    assert (again.status_code, again.json()["type"].rsplit("/", 1)[1]) == (409, "already-ordered")
    assert (await desk.make(f"/standing-orders/{order['id']}/end", {}))["state"] == "ended"
    assert (await desk.package(await desk.issue(section(label(partner))), partner))["state"] == "proposed"
    assert [each["state"] for each in (await desk.get(f"/standing-orders?organization={partner}"))["items"]] == ["ended"]


async def test_the_centre_and_sister_offices_are_sent_no_packages(desk: Desk) -> None:
    report = await desk.issue(section(label("hq", "unama")))
    found = {each["recipient"] for each in (await desk.get(f"/packages?item=report:{report}&limit=200"))["items"]}
    assert not found & {"centre", "hq", "unama"}


async def test_need_to_know_holds_for_packages_too(desk: Desk) -> None:
    partner = await desk.partner(ceiling={"sensitivity": "confidential", "tlp": "AMBER"})
    secret = section(label(sensitivity="strictly-confidential"), "Names")
    package = await desk.delivered(partner, section(label(partner)), secret, title="Names and borders")
    plain = await desk.get(f"/packages/{package['id']}", "analyst", access="unclassified")
    assert (plain["item"]["reference"], plain["item"]["title"]) == (None, "Situation report")
    report = package["item"]["id"]
    asked = await desk.ask("GET", f"/release-decisions?item=report:{report}&recipient={partner}", "analyst", access="unclassified")
    assert asked.status_code == 404
