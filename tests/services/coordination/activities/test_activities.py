"""Activities (R21)."""

from typing import Any

from chassis.columns import new_id
from tests.services.coordination.conftest import Desk

FEED = {"role": "feed", "organization": "unct-tjk", "client_id": "unct-tjk", "access": "unclassified", "countries": ["TJK"]}


def activity(**more: Any) -> dict[str, Any]:
    return {"external_id": str(new_id()), "title": "Joint patrols", "country": "TJK", "themes": ["border"]} | more


async def test_a_country_team_records_its_own_activities(desk: Desk) -> None:
    made = await desk.make("/activities", activity(), **FEED)
    assert (made["organization"], made["place"], made["label"]["originator"]) == ("unct-tjk", "TJK", "unct-tjk")
    assert made["id"] in {each["id"] for each in (await desk.get("/activities?organization=unct-tjk", **FEED))["items"]}
    assert (await desk.post("/activities", activity(organization="unct-kaz"), **FEED)).json()["errors"][0]["pointer"] == "/organization"
    other = FEED | {"organization": "unct-kaz", "client_id": "unct-kaz"}
    assert (await desk.ask("GET", f"/activities/{made['id']}", **other)).status_code == 404


async def test_the_same_external_id_again_changes_the_same_record(desk: Desk) -> None:
    body = activity()
    first = await desk.post("/activities", body, **FEED)
    same = await desk.post("/activities", body, **FEED)
    changed = await desk.post("/activities", body | {"title": "Joint posts"}, **FEED)
    assert [each.status_code for each in (first, same, changed)] == [201, 200, 200]
    assert {each.json()["id"] for each in (first, same, changed)} == {first.json()["id"]}
    assert [each.json()["version"] for each in (first, same, changed)] == [1, 1, 2]
    other = await desk.make("/activities", body | {"organization": "unct-kaz"})
    assert other["id"] != first.json()["id"]


async def test_r21_an_activity_stands_against_an_objective_or_is_listed_unaligned(desk: Desk) -> None:
    objective = await desk.make("/objectives", {"title": "Quiet borders", "place": "TJK", "theme": "border"})
    before = (await desk.get("/coverage"))["unaligned"]
    body = activity()
    made = await desk.make("/activities", body, **FEED)
    assert (await desk.get("/coverage"))["unaligned"] == before + 1
    unaligned = "/activities?organization=unct-tjk&aligned=false"
    assert made["id"] in {each["id"] for each in (await desk.get(unaligned))["items"]}

    assert (await desk.post(f"/activities/{made['id']}/align", {"objective": objective["id"]}, **FEED)).status_code == 403
    aligned = await desk.make(f"/activities/{made['id']}/align", {"objective": objective["id"]})
    assert aligned["objective"] == objective["id"]
    assert (await desk.get("/coverage"))["unaligned"] == before
    assert made["id"] not in {each["id"] for each in (await desk.get(unaligned))["items"]}
    # What the Centre set stays when the country team sends the activity again.
    assert (await desk.make("/activities", body, **FEED))["objective"] == objective["id"]
    missing = await desk.post(f"/activities/{made['id']}/align", {"objective": str(new_id())})
    assert (missing.status_code, missing.json()["errors"][0]["pointer"]) == (422, "/objective")


async def test_an_activity_names_where_and_an_organization_that_is_registered(desk: Desk) -> None:
    assert (await desk.post("/activities", activity(country=None), **FEED)).status_code == 422
    assert (await desk.post("/activities", activity(organization="nobody"))).status_code == 422
    wide = await desk.make("/activities", activity(country=None, place="fergana-valley"), **FEED)
    assert (wide["country"], wide["place"]) == (None, "fergana-valley")
