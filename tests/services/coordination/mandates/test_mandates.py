"""Mandates."""

from tests.services.coordination.conftest import Desk

BODY = {"title": "T", "clause": "C", "themes": ["border"], "countries": ["TJK"], "ceiling": {"sensitivity": "unclassified", "tlp": "GREEN"}}


async def test_the_register_begins_with_the_mandates_of_those_the_centre_works_with(desk: Desk) -> None:
    (osce,) = (await desk.get("/mandates?organization=osce&state=in-force"))["items"]
    assert osce["clause"].startswith("Charter for European Security (Istanbul 1999)")
    assert osce["ceiling"] == {"sensitivity": "confidential", "tlp": "AMBER"}
    assert "AFG" not in osce["countries"]
    (hq,) = (await desk.get("/mandates?organization=hq"))["items"]
    assert hq["ceiling"] == {"sensitivity": "strictly-confidential", "tlp": "AMBER+STRICT"}


async def test_a_mandate_is_in_force_within_its_term(desk: Desk) -> None:
    partner = await desk.partner()
    for state, term in {
        "pending": {"valid_from": "2099-01-01T00:00:00Z"},
        "ended": {"valid_from": "2007-01-01T00:00:00Z", "valid_until": "2008-01-01T00:00:00Z"},
    }.items():
        made = await desk.mandate(partner, **term)
        assert made["state"] == state
        assert made["id"] in {each["id"] for each in (await desk.get(f"/mandates?organization={partner}&state={state}"))["items"]}
    assert len((await desk.get(f"/mandates?organization={partner}&state=in-force"))["items"]) == 1


async def test_a_mandate_ends_once(desk: Desk) -> None:
    mandate = await desk.mandate(await desk.partner())
    assert (await desk.make(f"/mandates/{mandate['id']}/end", {"reason": "Over."}))["reason"] == "Over."
    assert (await desk.post(f"/mandates/{mandate['id']}/end", {"reason": "Over."})).json()["type"].endswith("/wrong-state")


async def test_a_mandate_needs_an_active_organization_and_a_term(desk: Desk) -> None:
    refused = await desk.post("/mandates", BODY | {"organization": "nobody"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/organization")
    backwards = {"valid_from": "2030-01-01T00:00:00Z", "valid_until": "2029-01-01T00:00:00Z"}
    assert (await desk.post("/mandates", BODY | {"organization": "osce"} | backwards)).status_code == 422
    assert (await desk.post("/mandates", BODY | {"organization": "osce"}, role="analyst")).status_code == 403
