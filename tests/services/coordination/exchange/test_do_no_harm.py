"""The do-no-harm check: what names persons, or goes to a security body, waits for an officer who wrote none of it (R4)."""

from typing import Any

from contracts.names import NamedPlaces, NamedSection
from tests.services.coordination.conftest import Desk, label, section

Json = dict[str, Any]
WORDS = "Guards detained Jamshed Karimov near SIT-2030-0001."
WITHHELD = "Guards detained [name withheld] near [reference withheld]."


async def issue(desk: Desk, partner: str, **more: Any) -> Json:
    """The package, for a partner, of a report whose one statement and title name a person."""
    part = section(label(partner), "Karimov is held", WORDS)
    named = NamedSection(id=part.id, title=[(0, 7)], statements=[[(16, 31)]])
    places = NamedPlaces(persons=1, title=[(0, 7)], sections=[named])
    report = await desk.issue(part, **({"places": places, "title": "Karimov detained", "authors": ["analyst"]} | more))
    return await desk.package(report, partner)


async def mark_security_body(desk: Desk, partner: str) -> None:
    body = {"security_body": True, "reason": "It serves police of its members."}
    assert (await desk.make(f"/organizations/{partner}/classify", body))["security_body"] is True


def said(package: Json) -> list[str]:
    """Every text of a package."""
    content = package["content"]
    return [content["title"], *(text for part in content["sections"] for text in (part["title"], *(s["text"] for s in part["statements"])))]


async def test_r4_nothing_goes_unchecked_and_then_it_goes_without_names(desk: Desk) -> None:
    partner = await desk.partner()
    package = await issue(desk, partner)
    assert (package["state"], package["rule"]) == ("proposed", "R4.do-no-harm")
    assert said(package) == ["[name withheld] detained", "[name withheld] is held", WITHHELD]
    refused = await desk.post(f"/packages/{package['id']}/release", role="head-of-centre")
    assert (refused.status_code, refused.json()["type"].rsplit("/", 1)[1]) == (409, "check-needed")
    assert (refused.json()["rule"], refused.json()["persons"]) == ("R4.do-no-harm", 1)
    checked = await desk.make(f"/packages/{package['id']}/check", {"outcome": "withheld"})
    assert (checked["state"], checked["rule"]) == ("proposed", "R13")
    await desk.make(f"/packages/{package['id']}/release", {}, "head-of-centre")
    await desk.until(package["id"], "delivered")
    assert said((await desk.as_partner(f"/packages/{package['id']}", partner)).json()) == [
        "[name withheld] detained", "[name withheld] is held", WITHHELD,
    ]  # fmt: skip


async def test_r4_names_are_shown_to_one_recipient_with_a_reason_and_it_is_on_record(desk: Desk) -> None:
    partner = await desk.partner()
    package = await issue(desk, partner)
    unsaid = await desk.post(f"/packages/{package['id']}/check", {"outcome": "shown"})
    assert unsaid.status_code == 422
    await desk.make(f"/packages/{package['id']}/check", {"outcome": "shown", "reason": "It visits him in custody."})
    await desk.make(f"/packages/{package['id']}/release", {}, "head-of-centre")
    await desk.until(package["id"], "delivered")
    assert said((await desk.as_partner(f"/packages/{package['id']}", partner)).json())[0] == "Karimov detained"
    decision = await desk.get(f"/release-decisions?item=package:{package['id']}&recipient={partner}")
    check = decision["check"]
    assert (check["outcome"], check["checked_by"], check["reason"]) == ("shown", "coordination-officer", "It visits him in custody.")
    assert (check["needed"], check["persons"], check["security_body"]) == (True, 1, False)
    outside = await desk.as_partner(f"/release-decisions?item=package:{package['id']}&recipient={partner}", partner)
    assert outside.json()["check"] is None


async def test_r4_who_wrote_part_of_it_does_not_check_it(desk: Desk) -> None:
    partner = await desk.partner()
    package = await issue(desk, partner, authors=["analyst", "coordination-officer"])
    own = await desk.post(f"/packages/{package['id']}/check", {"outcome": "withheld"})
    assert (own.status_code, own.json()["type"].rsplit("/", 1)[1]) == (403, "own-text")
    await desk.make(f"/packages/{package['id']}/check", {"outcome": "withheld"}, "head-of-centre")
    analyst = await desk.post(f"/packages/{package['id']}/check", {"outcome": "withheld"}, "analyst", client_id="another")
    assert analyst.status_code == 403


async def test_r4_a_standing_order_waits_for_the_check_and_goes_after_it(desk: Desk) -> None:
    partner = await desk.partner()
    await desk.order(partner)
    package = await issue(desk, partner)
    assert (package["state"], package["rule"], package["released_by"]) == ("proposed", "R4.do-no-harm", None)
    assert (await desk.make(f"/packages/{package['id']}/check", {"outcome": "withheld"}))["state"] == "queued"
    assert (await desk.until(package["id"], "delivered"))["released_by"] == "head-of-centre"


async def test_r4_an_ended_order_lets_nothing_go_after_the_check(desk: Desk) -> None:
    partner = await desk.partner()
    order = await desk.order(partner)
    package = await issue(desk, partner)
    await desk.make(f"/standing-orders/{order['id']}/end", {})
    assert (await desk.make(f"/packages/{package['id']}/check", {"outcome": "withheld"}))["state"] == "proposed"


async def test_r4_what_names_nobody_needs_no_check_unless_it_goes_to_a_security_body(desk: Desk) -> None:
    plain, police = await desk.partner(), await desk.partner()
    for partner in (plain, police):
        await desk.order(partner)
    await mark_security_body(desk, police)
    report = await desk.issue(section(label(plain, police)))
    await desk.until((await desk.package(report, plain))["id"], "delivered")
    held = await desk.package(report, police)
    assert (held["state"], held["rule"]) == ("proposed", "R4.do-no-harm")
    await desk.make(f"/packages/{held['id']}/check", {"outcome": "withheld"})
    await desk.until(held["id"], "delivered")


async def test_r4_names_go_to_a_security_body_on_the_heads_word_only(desk: Desk) -> None:
    partner = await desk.partner()
    await mark_security_body(desk, partner)
    package = await issue(desk, partner)
    body = {"outcome": "shown", "reason": "A ransom is to be paid tonight."}
    refused = await desk.post(f"/packages/{package['id']}/check", body)
    assert (refused.status_code, refused.json()["type"].rsplit("/", 1)[1]) == (403, "head-needed")
    await desk.make(f"/packages/{package['id']}/check", body, "head-of-centre")


async def test_r4_what_was_never_looked_at_cannot_be_withheld(desk: Desk) -> None:
    partner = await desk.partner()
    package = await issue(desk, partner, places=None)
    assert package["rule"] == "R4.do-no-harm"
    nobody = await desk.post(f"/packages/{package['id']}/check", {"outcome": "withheld"})
    assert (nobody.status_code, nobody.json()["type"].rsplit("/", 1)[1]) == (409, "names-unknown")
    await desk.make(f"/packages/{package['id']}/check", {"outcome": "shown", "reason": "It names nobody: I read it."})


async def test_r4_a_body_marked_while_a_package_waits_is_checked_first(desk: Desk) -> None:
    partner = await desk.partner()
    report = await desk.issue(section(label(partner)))
    package = await desk.package(report, partner)
    await mark_security_body(desk, partner)
    refused = await desk.post(f"/packages/{package['id']}/release", role="head-of-centre")
    assert refused.json()["type"].endswith("/check-needed")


async def test_r18_a_package_of_others_is_not_there_to_be_checked(desk: Desk) -> None:
    partner = await desk.partner()
    package = await issue(desk, partner)
    narrow = {"countries": ["KAZ"], "client_id": "narrow"}
    assert (await desk.post(f"/packages/{package['id']}/check", {"outcome": "withheld"}, **narrow)).status_code == 404
