"""The inbox through the API: how trust decides, what needs a person, in which order, and what a reader may not know of."""

from uuid import uuid4

import pytest

from services.reports.triage import queries
from tests.services.reports.conftest import Desk, Make
from tests.services.reports.triage.conftest import Feed, Json, Many, Row, inbox, listed

GRADE = {"reliability": "B", "credibility": 2}


async def of(desk: Desk, incident: Json) -> Json | None:
    """The incident as the inbox shows it, if it does."""
    return next((each for each in await inbox(desk) if each["id"] == incident["id"]), None)


def named(fresh: Row, **more: object) -> Json:
    """An account with a word of its own."""
    return fresh(title=f"EXERCISE w{uuid4().hex}", **more)


async def test_what_a_trusted_feed_brings_is_listed_and_needs_a_grade(analyst: Desk, trusted: Feed, fresh: Row) -> None:
    row = named(fresh)
    await trusted.tell(row)
    incident = await analyst.incident_of(row)
    assert await listed(analyst, incident)
    found = await of(analyst, incident)
    assert found
    assert (found["trust"], found["waiting"], found["claimed_by"]) == ("high", 0, None)
    assert found["urgency"]["parts"].keys() == {"severity", "theme", "place", "single_source", "trust", "age"}
    await analyst.post(f"/incidents/{incident['id']}/grade", GRADE)
    assert await of(analyst, incident) is None


async def test_what_an_untrusted_feed_brings_waits_until_a_person_grades_it(analyst: Desk, untrusted: Feed, fresh: Row) -> None:
    row = named(fresh, occurred_at="2019-05-01T00:00:00Z")
    await untrusted.tell(row)
    incident = await analyst.incident_of(row)
    assert incident["held_back"] == incident["accounts"][0]["observation"]["held_back"] == "waiting"
    assert not await listed(analyst, incident)
    assert await listed(analyst, incident, held_back="waiting")
    found = await of(analyst, incident)
    assert found, "it waits at any age"
    assert (found["trust"], found["waiting"], found["urgency"]["parts"]["trust"]) == ("low", 1, 10)
    graded = await analyst.post(f"/incidents/{incident['id']}/grade", GRADE)
    assert (graded["held_back"], graded["graded"]) == (None, True)
    assert graded["version"] > incident["version"]
    assert await listed(analyst, incident)
    assert await of(analyst, incident) is None


async def test_a_waiting_account_says_nothing_of_an_incident_that_others_tell_of(
    analyst: Desk, trusted: Feed, untrusted: Feed, fresh: Row
) -> None:
    rumour = named(fresh, themes=["border", "terrorism-extremism"])
    await untrusted.tell(rumour)
    place = {name: rumour[name] for name in ("latitude", "longitude", "occurred_at")}
    word = named(fresh, **place)
    await trusted.tell(word)
    incident = await analyst.incident_of(word)
    assert [each["observation"]["held_back"] for each in incident["accounts"]] == ["waiting", None]
    assert (incident["title"], incident["sources"], incident["corroborated"]) == (word["title"], ["unct-tjk"], False)
    assert (incident["themes"], incident["observations"], incident["held_back"]) == (["border"], 1, None)
    assert (await of(analyst, incident) or {})["waiting"] == 1
    await analyst.post(f"/observations/{incident['accounts'][0]['observation']['id']}/grade", GRADE)
    whole = await analyst.incident_of(word)
    assert (whole["title"], whole["corroborated"]) == (rumour["title"], True)


async def test_a_correction_from_an_untrusted_feed_waits_again(analyst: Desk, untrusted: Feed, fresh: Row) -> None:
    row = named(fresh)
    await untrusted.tell(row)
    incident = await analyst.incident_of(row)
    await analyst.post(f"/incidents/{incident['id']}/grade", GRADE)
    await untrusted.tell(row | {"figures": {"deaths": {"best": 40}}})
    assert (await analyst.get(f"/incidents/{incident['id']}"))["held_back"] == "waiting"
    assert await of(analyst, incident)


async def test_most_urgent_first_page_by_page_and_nothing_moves_during_a_walk(analyst: Desk, trusted: Feed, fresh: Row) -> None:
    at = fresh()["occurred_at"]
    rows = [named(fresh, occurred_at=at, figures={"deaths": {"best": deaths}}) for deaths in (0, 7, 2, 40, 1)]
    await trusted.tell(*rows)
    wanted = [rows[n]["title"] for n in (3, 1, 2, 4, 0)]
    first = await analyst.get("/triage", limit=2)
    await trusted.tell(named(fresh, figures={"deaths": {"best": 3000}}))
    walked, page = list(first["items"]), first
    while page["next"]:
        page = await analyst.get("/triage", limit=2, cursor=page["next"])
        walked += page["items"]
    assert [each["incident"]["title"] for each in walked if each["incident"]["title"] in wanted] == wanted
    assert len({each["id"] for each in walked}) == len(walked)
    ranks = [each["urgency"]["score"] for each in walked]
    assert ranks == sorted(ranks, reverse=True)
    assert first["complete"]


async def test_the_inbox_says_when_more_needs_a_person_than_it_puts_in_order(
    analyst: Desk, trusted: Feed, many: Many, monkeypatch: pytest.MonkeyPatch
) -> None:
    await trusted.tell(*many(3))
    for name, most in (("CANDIDATES", 2), ("LOOKED_AT", 1)):
        with monkeypatch.context() as patch:
            patch.setattr(queries.inbox, name, most)
            assert not (await analyst.get("/triage"))["complete"]
    assert (await analyst.get("/triage"))["complete"]


async def test_the_inbox_is_narrowed_by_country_and_theme(analyst: Desk, trusted: Feed, fresh: Row) -> None:
    row = named(fresh, themes=["water-energy"])
    await trusted.tell(row)
    incident = await analyst.incident_of(row)
    country = incident["countries"][0]
    assert any(each["id"] == incident["id"] for each in await inbox(analyst, country=country, theme="water-energy"))
    assert not any(each["id"] == incident["id"] for each in await inbox(analyst, theme="displacement"))
    elsewhere = "AFG" if country != "AFG" else "KAZ"
    assert not any(each["id"] == incident["id"] for each in await inbox(analyst, country=elsewhere))


async def test_r18_who_may_not_read_it_finds_nothing_anywhere(analyst: Desk, desk: Make, trusted: Feed, fresh: Row) -> None:
    row = named(fresh, label={"sensitivity": "strictly-confidential", "tlp": "RED"})
    await trusted.tell(row)
    incident = await analyst.incident_of(row)
    await analyst.post(f"/incidents/{incident['id']}/claim")
    narrow = desk("analyst", client_id="narrow", access="unclassified")
    assert await of(narrow, incident) is None
    for step in ("claim", "release"):
        await narrow.post(f"/incidents/{incident['id']}/{step}", status=404)
    for step in ("discard", "restore"):
        await narrow.post(f"/incidents/{incident['id']}/{step}", {"reason": "Exercise."}, 404)
    await narrow.get(f"/triage/{incident['id']}", 404)
    translation = {"language": "en", "title": "Shots"}
    observation = incident["accounts"][0]["observation"]["id"]
    await narrow.post(f"/observations/{observation}/translations", translation, 404)
    [outcome] = (await narrow.post("/triage/claim", {"incidents": [incident["id"]]}))["items"]
    missing = (await narrow.post("/triage/claim", {"incidents": [str(uuid4())]}))["items"][0]
    assert outcome["problem"] == missing["problem"], "a denied one looks like a missing one"


async def test_a_source_is_not_told_how_it_is_judged(untrusted: Feed, analyst: Desk, fresh: Row) -> None:
    row = named(fresh)
    await untrusted.tell(row)
    own = await untrusted.voice.observation_of(row)
    assert (own["held_back"], own["incident"]) == (None, None)
    incident = await analyst.incident_of(row)
    await analyst.post(f"/incidents/{incident['id']}/discard", {"reason": "Nonsense."})
    assert (await untrusted.voice.observation_of(row))["held_back"] is None, "still there, and nothing told"
    await untrusted.voice.get("/triage", 403)
