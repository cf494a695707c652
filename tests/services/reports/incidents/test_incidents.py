"""Incidents through the API: accounts side by side (R6), grades, the map, and what a reader may not know of."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from chassis.principal import system_principal
from services.reports.incidents.actions.forming import NEAR
from services.reports.incidents.adapters.thresholds import thresholds
from services.reports.incidents.rules import Account, Verdict, match
from services.reports.intake.tables import CREATE_FRESH, CREATE_STAGED
from tests.services.reports.conftest import Desk, Make

Json = dict[str, Any]
Row = Callable[..., Json]


@pytest.fixture
async def told(tajik_team: Desk, unama: Desk, row: Row) -> tuple[Json, Json]:
    """One clash at the border, told by the country team in Tajikistan and, 11 km and 20 h off, by UNAMA."""
    tajik = row(latitude=37.2, longitude=69.4, figures={"deaths": {"best": 3, "low": 2, "high": 4}})
    later = datetime.fromisoformat(tajik["occurred_at"]) + timedelta(hours=20)
    place = {"country": "AFG", "latitude": 37.1, "longitude": 69.4, "occurred_at": later.isoformat()}
    afghan = row(**place, themes=["border", "drug-trafficking"], figures={"deaths": {"best": 5}})
    await tajik_team.deliver("unct-tjk", [tajik])
    await unama.deliver("unama-field", [afghan])
    return tajik, afghan


async def test_accounts_near_a_new_one_are_looked_up_under_row_level_security(reports: httpx.AsyncClient) -> None:
    """What the planner keeps outside a half of `near` is compared with every account of other sources, for each new row."""
    async with reports.app.state.database.transaction(system_principal("reports")) as session:  # type: ignore[attr-defined]
        for statement in (CREATE_STAGED, CREATE_FRESH, "set local enable_seqscan = off"):
            await session.execute(text(statement))
        asked = {"source": "unct-tjk", "within": thresholds().within}
        plan = list((await session.execute(text(f"explain {NEAR.text}"), asked)).scalars())
    compared = [line for line in plan if "grid = ANY" in line]
    assert len(compared) == 2
    assert not any("Join Filter" in line for line in compared)


async def test_r6_figures_of_two_sources_stand_side_by_side(analyst: Desk, told: tuple[Json, Json]) -> None:
    tajik, afghan = told
    whole = await analyst.incident_of(tajik)
    assert (await analyst.observation_of(afghan))["incident"] == whole["id"]
    assert [(each["source"], each["figures"]) for each in whole["accounts"]] == [
        ("unct-tjk", tajik["figures"]),
        ("unama", afghan["figures"]),
    ]
    assert "figures" not in whole
    assert whole["countries"] == ["AFG", "TJK"]
    assert whole["sources"] == ["unama", "unct-tjk"]
    assert whole["themes"] == ["border", "drug-trafficking"]
    assert whole["reference"].startswith("INC-")
    assert whole["label"]["sensitivity"] == "confidential"
    assert whole["label"]["releasable_to"] == ["hq"]


async def test_a_stricter_account_leaves_no_trace_for_who_may_not_read_it(desk: Make, analyst: Desk, told: tuple[Json, Json]) -> None:
    tajik, afghan = told
    whole = await analyst.incident_of(tajik)
    hidden = await analyst.observation_of(afghan)
    await analyst.post(f"/incidents/{whole['id']}/grade", {"reliability": "B", "credibility": 2})
    narrow = desk("analyst", client_id="narrow", access="unclassified")
    seen = await narrow.get(f"/incidents/{whole['id']}")
    assert [each["source"] for each in seen["accounts"]] == ["unct-tjk"]
    assert (seen["observations"], seen["sources"], seen["countries"], seen["themes"]) == (1, ["unct-tjk"], ["TJK"], ["border"])
    assert (seen["graded"], seen["reliability"], seen["version"]) == (False, None, 1)
    assert seen["updated_at"] == seen["created_at"]
    assert seen["label"]["sensitivity"] == "unclassified"
    assert seen["label"]["countries"] == ["TJK"]
    # Its own coordinates may well lie near that border; the account that is hidden adds nothing.
    assert "AFG" not in str(seen).replace("AFG-TJK", "").replace("AFG-UZB", "")
    await narrow.get(f"/observations/{hidden['id']}", 404)
    assert whole["id"] in [each["id"] for each in (await narrow.get("/incidents", country="TJK", limit=200))["items"]]
    assert whole["id"] not in [each["id"] for each in (await narrow.get("/incidents", country="AFG", limit=200))["items"]]
    assert whole["id"] not in [each["id"] for each in (await narrow.get("/incidents", theme="drug-trafficking", limit=200))["items"]]


async def test_an_incident_of_strict_accounts_only_is_not_there_for_others(desk: Make, analyst: Desk, unama: Desk, row: Row) -> None:
    strict = row(country="AFG")
    await unama.deliver("unama-field", [strict])
    incident = await analyst.incident_of(strict)
    narrow = desk("analyst", client_id="narrow", access="unclassified")
    await narrow.get(f"/incidents/{incident['id']}", 404)
    await narrow.post(f"/incidents/{incident['id']}/grade", {"reliability": "A", "credibility": 1}, 404)


async def test_a_source_sees_what_it_said_and_not_what_the_centre_makes_of_it(
    desk: Make, analyst: Desk, tajik_team: Desk, told: tuple[Json, Json]
) -> None:
    observation = await analyst.observation_of(told[0])
    await analyst.post(f"/observations/{observation['id']}/grade", {"reliability": "E", "credibility": 5})
    own = await tajik_team.get(f"/observations/{observation['id']}")
    assert (own["title"], own["reliability"], own["credibility"], own["incident"]) == (told[0]["title"], None, None, None)
    assert (await tajik_team.get("/observations", incident=observation["incident"]))["items"] == []
    await tajik_team.get(f"/incidents/{observation['incident']}", 403)
    await desk("feed", client_id="unct-kaz", organization="unct-kaz").get(f"/observations/{observation['id']}", 404)


async def test_a_grade_is_two_judgements_and_earlier_ones_are_kept(analyst: Desk, told: tuple[Json, Json]) -> None:
    incident = await analyst.incident_of(told[0])
    graded = await analyst.post(f"/incidents/{incident['id']}/grade", {"reliability": "F", "credibility": 6, "reason": "New source."})
    assert (graded["reliability"], graded["credibility"], graded["graded"]) == ("F", 6, True)
    stale = await analyst.call(
        "POST",
        f"/incidents/{incident['id']}/grade",
        json={"reliability": "A", "credibility": 1},
        headers={"if-match": f'"{incident["version"]}"'},
    )
    assert stale.status_code == 412
    again = await analyst.post(f"/incidents/{incident['id']}/grade", {"reliability": "B", "credibility": 2})
    assert (again["reliability"], again["credibility"], again["version"]) == ("B", 2, graded["version"] + 1)
    for reliability, credibility in (("B", None), ("G", 2), ("B", 7), ("B2", 2)):
        wrong = {"reliability": reliability, "credibility": credibility}
        await analyst.post(f"/incidents/{incident['id']}/grade", wrong, 422)


async def test_a_corrected_observation_is_not_graded_any_more(analyst: Desk, tajik_team: Desk, row: Row) -> None:
    told = row()
    await tajik_team.deliver("unct-tjk", [told])
    old = await analyst.observation_of(told)
    await tajik_team.deliver("unct-tjk", [told | {"title": "Corrected"}])
    refused = await analyst.post(f"/observations/{old['id']}/grade", {"reliability": "B", "credibility": 2}, 409)
    assert refused["type"].endswith("/superseded")


async def test_a_source_that_becomes_stricter_is_obeyed_for_what_it_said_before(desk: Make, analyst: Desk, unama: Desk, row: Row) -> None:
    told = row(country="AFG", label={"sensitivity": "unclassified", "tlp": "GREEN"})
    await unama.deliver("unama-field", [told])
    old = await analyst.observation_of(told)
    narrow = desk("analyst", client_id="narrow", access="unclassified")
    await narrow.get(f"/observations/{old['id']}")
    await unama.deliver("unama-field", [told | {"label": {"sensitivity": "confidential", "tlp": "AMBER"}}])
    await narrow.get(f"/observations/{old['id']}", 404)
    kept = await analyst.get(f"/observations/{old['id']}")
    assert (kept["label"]["sensitivity"], kept["label"]["tlp"]) == ("confidential", "AMBER")


@pytest.mark.parametrize(
    "apart",
    [
        {"latitude": 38.0},
        {"occurred_at": 49},
        {"themes": ["environment"]},
        {"themes": [], "title": "Exercise"},
        {"latitude": None, "longitude": None},
    ],
)
async def test_accounts_too_far_apart_open_incidents_of_their_own(
    analyst: Desk, tajik_team: Desk, unama: Desk, row: Row, apart: Json
) -> None:
    tajik = row(latitude=37.2, longitude=69.4)
    near = {"country": "AFG", "latitude": 37.2, "longitude": 69.4, "occurred_at": tajik["occurred_at"]}
    if hours := apart.get("occurred_at"):
        apart = {"occurred_at": (datetime.fromisoformat(tajik["occurred_at"]) + timedelta(hours=hours)).isoformat()}
    afghan = row(**(near | apart))
    await tajik_team.deliver("unct-tjk", [tajik])
    await unama.deliver("unama-field", [afghan])
    assert (await analyst.observation_of(afghan))["incident"] != (await analyst.observation_of(tajik))["incident"]


async def test_one_source_has_one_account_of_an_incident(analyst: Desk, unama: Desk, told: tuple[Json, Json], row: Row) -> None:
    second = row(**{name: told[1][name] for name in ("country", "latitude", "longitude", "occurred_at", "themes")})
    await unama.deliver("unama-field", [second])
    assert (await analyst.observation_of(second))["incident"] != (await analyst.observation_of(told[1]))["incident"]


async def test_the_set_based_rule_is_the_pure_rule(analyst: Desk, tajik_team: Desk, unama: Desk, row: Row) -> None:
    """Pairs near every threshold, each far from the others: joined exactly when the pure rule says so."""
    chance, pairs = random.Random(7), []
    for number in range(150):
        at = datetime(1930, 1, 1, tzinfo=UTC) + timedelta(days=30 * number)
        a: Json = {"latitude": chance.uniform(35, 55), "longitude": chance.uniform(46, 87), "occurred_at": at.isoformat()}
        b = {
            "latitude": a["latitude"] + chance.uniform(-0.25, 0.25),
            "longitude": a["longitude"] + chance.uniform(-0.3, 0.3),
            "occurred_at": (at + timedelta(hours=chance.uniform(-55, 55))).isoformat(),
            "themes": chance.choice([["border"], ["border", "political"], ["political"]]),
        }
        pairs.append((row(**a), row(**b)))
    await tajik_team.deliver("unct-tjk", [a for a, _ in pairs])
    await unama.deliver("unama-field", [b for _, b in pairs])
    incident = await _incidents_by_external_id(analyst)
    expected = [_joins(a, b) for a, b in pairs]
    assert [incident[a["external_id"]] == incident[b["external_id"]] for a, b in pairs] == expected
    assert 10 < sum(expected) < 140


def _joins(a: Json, b: Json) -> bool:
    found = match(_account("unama", b), _account("unct-tjk", a), thresholds())
    return found is not None and found.verdict is Verdict.joins


def _account(source: str, row: Json) -> Account:
    at = datetime.fromisoformat(row["occurred_at"])
    return Account(source, at, row["latitude"], row["longitude"], frozenset(row["themes"]), row["title"], row["figures"])


async def _incidents_by_external_id(analyst: Desk) -> Json:
    found: Json = {}
    page = await analyst.get("/observations", until="1943-01-01T00:00:00Z", limit=200)
    while True:
        found |= {each["external_id"]: each["incident"] for each in page["items"]}
        if page["next"] is None:
            return found
        page = await analyst.get("/observations", until="1943-01-01T00:00:00Z", limit=200, cursor=page["next"])


async def test_references_leave_no_gap(analyst: Desk, tajik_team: Desk, row: Row) -> None:
    rows = [row() for _ in range(20)]
    await tajik_team.deliver("unct-tjk", rows)
    page = await analyst.get("/incidents", limit=20)
    numbers = sorted(int(each["reference"].rsplit("-", 1)[1]) for each in page["items"])
    assert all(b - a == 1 for a, b in pairwise(numbers))


async def test_the_map_counts_incidents_and_not_accounts(analyst: Desk, told: tuple[Json, Json]) -> None:
    at = datetime.fromisoformat(told[0]["occurred_at"])
    window: Json = {"since": (at - timedelta(hours=1)).isoformat(), "until": (at + timedelta(hours=21)).isoformat()}
    for resolution in (0, 4, 7):
        found = await analyst.get("/incidents/map", resolution=resolution, theme="border", **window)
        assert found["type"] == "FeatureCollection"
        here = [each for each in found["features"] if _near(each["geometry"]["coordinates"], resolution)]
        assert sum(each["properties"]["count"] for each in here) >= 1
    assert len([1 for each in here if each["properties"]["count"] == 1]) >= 1
    await analyst.get("/incidents/map", 422, resolution=8)


def _near(coordinates: list[float], resolution: int) -> bool:
    return abs(coordinates[0] - 69.4) + abs(coordinates[1] - 37.2) < (30 if resolution == 0 else 2)


async def test_filters_of_the_list(analyst: Desk, tajik_team: Desk, row: Row) -> None:
    mine = row(title="Спор о воде у Исфары", themes=["water-energy"], latitude=40.1, longitude=70.6)
    await tajik_team.deliver("unct-tjk", [mine])
    key = (await analyst.observation_of(mine))["incident"]

    async def listed(**filters: Any) -> bool:
        return key in [each["id"] for each in (await analyst.get("/incidents", limit=200, **filters))["items"]]

    at = mine["occurred_at"]
    for fits in ({"country": "TJK"}, {"theme": "water-energy"}, {"since": at}, {"until": at}, {"bbox": "70,40,71,41"}):
        assert await listed(**fits), fits
    assert await listed(q="о воде у исф")
    for misses in ({"country": "KAZ"}, {"theme": "border"}, {"bbox": "60,30,61,31"}, {"q": "granary"}, {"graded": True}):
        assert not await listed(**misses), misses
    await analyst.get("/incidents", 422, bbox="1,2,3")


async def test_a_walk_repeats_and_skips_nothing(analyst: Desk, tajik_team: Desk, row: Row) -> None:
    await tajik_team.deliver("unct-tjk", [row() for _ in range(7)])
    first = await analyst.get("/incidents", limit=3)
    await tajik_team.deliver("unct-tjk", [row()])
    second = await analyst.get("/incidents", limit=3, cursor=first["next"])
    keys = [each["id"] for each in first["items"] + second["items"]]
    assert keys == sorted(set(keys), reverse=True)
    await analyst.get("/incidents", 422, limit=3, cursor=first["next"], country="TJK")


async def test_incidents_cannot_be_read_without_a_principal_or_past_the_accounts(reports: httpx.AsyncClient) -> None:
    database = reports.app.state.database  # type: ignore[attr-defined]
    nobody = system_principal("reports").model_copy(update={"organization": "osce"})
    async with database.transaction(nobody) as session:
        connection = await session.connection()
        for table in ("incidents", "observations", "incident_grades", "submissions"):
            assert (await connection.exec_driver_sql(f"select count(*) from {table}")).scalar() == 0
