"""The register of organizations."""

from tests.services.coordination.conftest import Desk


async def test_the_register_begins_with_those_the_centre_works_with(desk: Desk) -> None:
    found, cursor = [], ""
    while True:
        page = await desk.get(f"/organizations?limit=5{cursor}")
        found += [each["id"] for each in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert found == sorted(set(found))
    known = {"centre", "hq", "unama", "osce", "cis", "sco", "world-bank", "imf"}
    assert known | {f"unct-{country}" for country in ("kaz", "kgz", "tjk", "tkm", "uzb")} <= set(found)
    assert (await desk.get("/organizations/osce"))["members"] == ["KAZ", "KGZ", "TJK", "TKM", "UZB"]
    assert (await desk.get("/organizations/cis"))["members"] == ["KAZ", "KGZ", "TJK", "UZB"]
    assert [(await desk.get(f"/organizations/{each}"))["security_body"] for each in ("osce", "sco")] == [False, True]


async def test_an_organization_is_registered_once(desk: Desk) -> None:
    partner = await desk.partner()
    body = {"id": partner, "name": "Again", "kind": "regional-organization"}
    assert (await desk.post("/organizations", body)).json()["type"].endswith("/already-registered")
    assert (await desk.post("/organizations", body | {"id": "No Slug"})).status_code == 422
    assert (await desk.post("/organizations", body, role="analyst")).status_code == 403


async def test_the_centre_is_not_removed(desk: Desk) -> None:
    assert (await desk.post("/organizations/centre/remove", {"reason": "?"})).json()["type"].endswith("/centre-stays")
    assert (await desk.post("/organizations/nobody/remove", {"reason": "?"})).status_code == 404


async def test_sister_offices_read_the_register_and_partners_do_not(desk: Desk) -> None:
    assert (await desk.get("/organizations/osce", "office", organization="hq", access="unclassified"))["id"] == "osce"
    assert (await desk.as_partner("/organizations/osce", "osce")).status_code == 403
