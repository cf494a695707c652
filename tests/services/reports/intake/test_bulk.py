"""Large deliveries: the same rules by the ten thousand, and real data."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.services.reports.conftest import Desk

Json = dict[str, Any]
Row = Callable[..., Json]
COUNTRIES = {
    "Afghanistan": "AFG",
    "Kyrgyzstan": "KGZ",
    "Tajikistan": "TJK",
    "Uzbekistan": "UZB",
    "Kazakhstan": "KAZ",
    "Turkmenistan": "TKM",
}


async def test_r5_ten_thousand_rows_are_counted_to_the_last(tajik_team: Desk, row: Row) -> None:
    rows = [row() for _ in range(9_800)]
    delivery = [*rows, *rows[:100], *({"external_id": f"bad-{n}"} for n in range(100))]
    receipt = await tajik_team.deliver("unct-tjk", delivery)
    assert [receipt[name] for name in ("received", "accepted", "duplicate", "rejected")] == [10_000, 9_800, 100, 100]
    refused = await tajik_team.get(f"/submissions/{receipt['id']}/rejections", limit=200)
    assert [each["row"] for each in refused["items"]] == list(range(9_901, 10_001))
    assert refused["next"] is None


async def test_real_events_of_ucdp(unama: Desk, analyst: Desk, data: Path) -> None:
    events = json.loads((data / "events/ucdp/ged251_events_sample.json").read_text())
    rows = [_from_ucdp(each) for each in events if each["country"] in COUNTRIES]
    receipt = await unama.deliver("unama-field", rows)
    assert receipt["accepted"] == len(rows) > 1_000
    assert receipt["rejected"] == 0
    again = await unama.deliver("unama-field", list(reversed(rows)))
    assert again["duplicate"] == len(rows)
    found = await analyst.get("/incidents/map", country="AFG", resolution=3)
    in_afghanistan = sum(each["country"] == "AFG" for each in rows)
    assert sum(each["properties"]["count"] for each in found["features"]) >= in_afghanistan
    assert all(sum(each["properties"]["themes"].values()) >= each["properties"]["count"] for each in found["features"])


async def test_real_signals_of_hdx_in_csv_like_json(tajik_team: Desk, analyst: Desk, data: Path) -> None:
    with (data / "humanitarian/hdx_signals/signals_to_2022.csv").open(encoding="utf-8") as file:
        rows = [_from_hdx(each) for each in csv.DictReader(file) if each["iso3"] in COUNTRIES.values()]
    receipt = await tajik_team.deliver("unct-tjk", rows)
    assert receipt["accepted"] == len(rows) > 10
    assert (await analyst.observation_of(rows[-1]))["themes"] == rows[-1]["themes"]


def _from_ucdp(event: Json) -> Json:
    kinds = {1: "political", 2: "inter-communal", 3: "terrorism-extremism"}
    return {
        "external_id": f"ucdp-{event['id']}",
        "occurred_at": f"{event['date']}T00:00:00Z",
        "country": COUNTRIES[event["country"]],
        "latitude": event["latitude"],
        "longitude": event["longitude"],
        "themes": [kinds[event["type_of_violence"]]],
        "title": f"Organized violence with {event['best']} deaths",
        "figures": {"deaths": {"best": event["best"]}, "civilian_deaths": {"best": event["civilian_deaths"]}},
    }


def _from_hdx(signal: dict[str, str]) -> Json:
    themes = {"idmc_displacement_conflict": ["displacement"], "idmc_displacement_disaster": ["displacement", "environment"]}
    return {
        "external_id": f"hdx-{signal['iso3']}-{signal['indicator_id']}-{signal['date']}",
        "occurred_at": f"{signal['date']}T00:00:00Z",
        "country": signal["iso3"],
        "themes": themes.get(signal["indicator_id"], ["humanitarian"]),
        "title": signal["plot_title"] or signal["summary_short"] or signal["indicator_name"],
        "text": signal["summary_long"],
    }
