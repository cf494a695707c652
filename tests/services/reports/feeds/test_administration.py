"""Feeds are made and changed by the administrator, and settings that do not go together are refused."""

from typing import Any
from uuid import uuid4

import pytest

from services.reports.feeds.adapters import ADAPTERS
from tests.services.reports.conftest import Desk, Make
from tests.services.reports.feeds.test_mapping import MAPPING

Json = dict[str, Any]


def body(**more: Any) -> Json:
    """A new feed."""
    known = {"name": "Exercise", "trust": "medium", "expected_interval_minutes": 60, "country": "TJK"}
    return known | {"id": f"made-{uuid4().hex[:12]}", "organization": "unct-tjk"} | more


def change(**more: Any) -> Json:
    """The same without what stays."""
    return {name: value for name, value in body(**more).items() if name not in ("id", "organization")}


@pytest.fixture
def administrator(desk: Make) -> Desk:
    """Who sets feeds up."""
    return desk("administrator")


async def test_a_feed_is_made_read_and_changed(administrator: Desk, analyst: Desk) -> None:
    made = await administrator.post("/feeds", body(mapping=MAPPING, default_label={"tlp": "GREEN", "releasable_to": ["osce"]}), 201)
    assert made == await analyst.get(f"/feeds/{made['id']}")
    assert (made["adapter"], made["state"], made["leads_only"], made["version"]) == ("native", "waiting", False, 1)
    assert made["mapping"]["fields"]["external_id"]["column"] == "No."
    assert made["default_label"]["releasable_to"] == ["osce"]
    assert made["default_label"]["sensitivity"] == "confidential"
    changed = await administrator.put(f"/feeds/{made['id']}", change(adapter="hxl", trust="low"), made["version"])
    assert (changed["adapter"], changed["trust"], changed["mapping"], changed["version"]) == ("hxl", "low", None, 2)
    await administrator.put(f"/feeds/{made['id']}", change(), made["version"], 412)
    assert (await administrator.call("PUT", f"/feeds/{made['id']}", json=change())).status_code == 428


async def test_only_the_administrator_makes_and_changes_feeds(administrator: Desk, desk: Make) -> None:
    made = await administrator.post("/feeds", body(), 201)
    for role in ("analyst", "head-of-centre", "feed", "auditor", "partner"):
        await desk(role).post("/feeds", body(), 403)
        await desk(role).put(f"/feeds/{made['id']}", change(), 1, 403)


async def test_an_id_is_given_once_also_when_its_feed_cannot_be_seen(administrator: Desk, desk: Make) -> None:
    made = await administrator.post("/feeds", body(country="AFG", organization="unama"), 201)
    elsewhere = desk("administrator", countries=["KAZ"])
    await elsewhere.get(f"/feeds/{made['id']}", 404)
    refused = await elsewhere.post("/feeds", body(id=made["id"], country="KAZ"), 409)
    assert refused["type"].endswith("/feed-exists")
    refused = await elsewhere.post("/feeds", body(), 422)
    assert refused["errors"][0]["pointer"] == "/country"


UNFIT = [
    ({"adapter": "hxl", "mapping": MAPPING}, "/mapping"),
    ({"url": "http://127.0.0.1:9/x"}, "/pull_every_minutes"),
    ({"pull_every_minutes": 60}, "/pull_every_minutes"),
    ({"credentials": "acled"}, "/credentials"),
    ({"url": "http://name:word@127.0.0.1:9/x", "pull_every_minutes": 60}, "/url"),
    ({"url": "https://10.0.0.1/x", "pull_every_minutes": 60}, "/url"),
    ({"url": "https://no-such-host.invalid/x", "pull_every_minutes": 60}, "/url"),
    ({"adapter": "telepathy"}, "/adapter"),
    ({"country": "RUS"}, "/country"),
    ({"expected_interval_minutes": 1}, "/expected_interval_minutes"),
    ({"id": "Not A Slug"}, "/id"),
    ({"mapping": {"fields": {"colour": {"column": "a"}}}}, "/mapping/fields"),
    ({"default_label": {"tlp": "PINK"}}, "/default_label/tlp"),
    ({"state": "ok"}, "/state"),
]


@pytest.mark.parametrize(("more", "pointer"), UNFIT, ids=[f"{n}-{each[1]}" for n, each in enumerate(UNFIT)])
async def test_what_does_not_go_together_is_refused_at_its_place(administrator: Desk, more: Json, pointer: str) -> None:
    refused = await administrator.post("/feeds", body(**more), 422)
    assert refused["errors"][0]["pointer"].startswith(pointer)
    await administrator.post("/feeds", body(), 201)


async def test_an_administrator_labels_up_to_their_own_access(desk: Make) -> None:
    refused = await desk("administrator", access="confidential").post(
        "/feeds", body(default_label={"sensitivity": "strictly-confidential"}), 422
    )
    assert refused["errors"][0]["pointer"] == "/label/sensitivity"


async def test_r8_what_brings_leads_only_says_so_whatever_is_asked_for(administrator: Desk) -> None:
    for name, adapter in ADAPTERS.items():
        made = await administrator.post("/feeds", body(adapter=name), 201)
        assert made["leads_only"] is adapter.leads_only
    assert (await administrator.post("/feeds", body(leads_only=True), 201))["leads_only"] is True


async def test_an_address_that_changes_is_fetched_from_the_beginning(administrator: Desk) -> None:
    made = await administrator.post("/feeds", body(url="http://127.0.0.1:9/x", pull_every_minutes=60), 201)
    assert made["health"]["next_pull_at"] is not None
    changed = await administrator.put(f"/feeds/{made['id']}", change(), made["version"])
    assert (changed["url"], changed["health"]["next_pull_at"], changed["health"]["failures"]) == (None, None, 0)


async def test_making_a_feed_again_under_its_key_gives_the_first_answer(administrator: Desk) -> None:
    wanted = body()
    first = await administrator.post("/feeds", wanted, 201, **{"idempotency-key": wanted["id"]})
    assert await administrator.post("/feeds", wanted, 201, **{"idempotency-key": wanted["id"]}) == first


async def test_a_delivery_in_between_is_no_change_that_an_edit_could_overwrite(administrator: Desk, desk: Make) -> None:
    made = await administrator.post("/feeds", body(), 201)
    await desk("feed", organization="unct-tjk").deliver(made["id"], [])
    changed = await administrator.put(f"/feeds/{made['id']}", change(name="Changed"), made["version"])
    assert (changed["name"], changed["state"]) == ("Changed", "ok")
