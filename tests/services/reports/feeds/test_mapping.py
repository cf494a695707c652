"""Columns of a sender's own, and what a file would be read as before it is sent."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from chassis.principal import system_principal
from services.reports.feeds.adapters.mapping import ColumnMapping
from services.reports.feeds.tables import Feed
from tests.services.reports.conftest import Desk, Make
from tests.services.reports.feeds.reading import CSV, JSON, NDJSON, XLSX, accepted, read, refused
from tests.services.reports.feeds.test_hostile import sheet

Json = dict[str, Any]
MAPPING = {
    "fields": {
        "external_id": {"column": "No."},
        "occurred_at": {"column": "Дата", "date_format": "%d.%m.%Y %H:%M", "time_zone": "Asia/Dushanbe"},
        "title": {"column": "Event"},
        "country": {"constant": "TJK"},
        "themes": {"column": "Kind", "values": {"граница": "border", "вода": "water-energy"}, "separator": ","},
        "figures.deaths.best": {"column": "Dead"},
    },
    "ignored": ["Remarks"],
    "delimiter": ";",
}
HEADER = ["No.", "Дата", "Event", "Kind", "Dead", "Remarks"]
ROW = ["7", "01.03.2026 10:00", "Драка", "граница, вода", "2", "x"]
NATIVE = {
    "external_id": "7", "occurred_at": "2026-03-01T05:00:00Z", "title": "Драка", "country": "TJK", "themes": ["border", "water-energy"],
    "figures": {"deaths": {"best": 2}},
}  # fmt: skip


def mapping(**more: Any) -> ColumnMapping:
    """The mapping with some of it changed."""
    return ColumnMapping.model_validate(MAPPING | more)


def csv(*rows: list[str], delimiter: str = ";") -> bytes:
    """Rows behind the header."""
    return "\n".join(delimiter.join(row) for row in [HEADER, *rows]).encode()


def test_one_mapping_reads_every_format() -> None:
    record = dict(zip(HEADER, ROW, strict=True))
    deep = json.dumps({"data": {"items": [record]}}).encode()
    assert accepted(read("native", CSV, csv(ROW), mapping=mapping())) == [NATIVE]
    assert accepted(read("native", XLSX, sheet(HEADER, ROW), mapping=mapping())) == [NATIVE]
    assert accepted(read("native", NDJSON, json.dumps(record).encode(), mapping=mapping())) == [NATIVE]
    assert accepted(read("native", JSON, deep, mapping=mapping(records="data.items"))) == [NATIVE]


def test_a_path_reaches_into_records() -> None:
    fields = MAPPING["fields"] | {"title": {"column": "what.name"}}  # type: ignore[operator]
    record = dict(zip(HEADER, ROW, strict=True)) | {"what": {"name": "Драка"}}
    [row] = read("native", JSON, json.dumps([record]).encode(), mapping=mapping(fields=fields, ignored=["Remarks", "Event"]))
    assert row.native == NATIVE
    assert row.fields is not None
    assert row.fields["/title"] == "what.name"


def test_r5_a_cell_that_cannot_be_read_is_named_by_its_own_column() -> None:
    bad = [[*ROW[:1], "2026-03-01", *ROW[2:]], [*ROW[:4], "two", "x"]]
    rows = read("native", CSV, csv(*bad, ROW), mapping=mapping())
    assert refused(rows) == ["Дата: cannot be read as occurred_at", "Dead: cannot be read as figures.deaths.best"]
    assert [row.line for row in rows] == [2, 3, 4]
    assert rows[1].fields == {"": "Dead"}


def test_a_column_nobody_spoke_of_is_not_dropped_silently() -> None:
    rows = read("native", CSV, csv(ROW), mapping=mapping(ignored=[]))
    assert refused(rows) == ["Remarks: is a column that is neither mapped nor ignored"]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"fields": {"external_id": {"column": "a"}}}, ()),
        ({"fields": MAPPING["fields"] | {"colour": {"column": "a"}}}, ("fields", "colour", "[key]")),  # type: ignore[operator]
        ({"fields": MAPPING["fields"] | {"area": {"column": "a", "constant": "b"}}}, ("fields", "area")),  # type: ignore[operator]
        ({"fields": MAPPING["fields"] | {"area": {"column": "a", "time_zone": "Mars/Olympus"}}}, ("fields", "area", "time_zone")),  # type: ignore[operator]
        ({"delimiter": "x"}, ("delimiter",)),
        ({"unknown": 1}, ("unknown",)),
    ],
)  # fmt: skip
def test_a_mapping_is_checked_when_it_is_set(change: Json, pointer: tuple[str, ...]) -> None:
    with pytest.raises(ValidationError) as refusal:
        mapping(**change)
    assert refusal.value.errors()[0]["loc"] == pointer


async def test_a_preview_shows_what_would_be_read_and_stores_nothing(
    tajik_team: Desk, analyst: Desk, desk: Make, row: Callable[..., Json]
) -> None:
    rows = [row(), row(latitude=91.0), {"external_id": "x"}, *(row() for _ in range(30))]
    answer = await tajik_team.call("POST", "/feeds/unct-tjk/preview", json=rows)
    assert answer.status_code == 200, answer.text
    shown = answer.json()
    assert (len(shown["rows"]), shown["more"]) == (20, True)
    assert shown["rows"][0]["native"] == rows[0]
    assert shown["rows"][0]["reason"] is None
    assert [each["pointer"] for each in shown["rows"][1:3]] == ["/latitude", "/occurred_at"]
    listed = await analyst.get("/observations", external_id=rows[0]["external_id"])
    assert listed["items"] == []
    refused_media = await tajik_team.call("POST", "/feeds/unct-tjk/preview", content=b"x", headers={"content-type": "image/png"})
    assert refused_media.status_code == 415
    assert (await analyst.call("POST", "/feeds/unct-tjk/preview", json=rows)).status_code == 403
    assert (await tajik_team.call("POST", "/feeds/unct-kaz/preview", json=rows)).status_code == 404


async def test_a_preview_answers_whatever_the_file_holds(tajik_team: Desk) -> None:
    odd = b'{"a":NaN}\n{"a":"\\ud800","b":1e400}\n' + b'{"a":' * 50 + b"1" + b"}" * 50 + b"\n{broken\n"
    answer = await tajik_team.call("POST", "/feeds/unct-tjk/preview", content=odd, headers={"content-type": NDJSON})
    assert answer.status_code == 200, answer.text
    assert all(each["reason"] for each in answer.json()["rows"])


async def test_a_feed_with_a_mapping_takes_its_own_file(tajik_team: Desk, analyst: Desk, reports: Any, row: Callable[..., Json]) -> None:
    async def set_mapping(value: Json | None) -> None:
        async with reports.app.state.database.transaction(system_principal("reports")) as session:
            (await session.get(Feed, "unct-tjk")).mapping = value

    told = row()
    await set_mapping(MAPPING)
    try:
        answer = await tajik_team.send("unct-tjk", csv([told["external_id"], *ROW[1:]]), CSV)
        assert answer.json()["accepted"] == 1, answer.text
        preview = await tajik_team.call(
            "POST", "/feeds/unct-tjk/preview", content=csv(["8", "never", *ROW[2:]]), headers={"content-type": CSV}
        )
        assert preview.json()["rows"] == [
            {"row": 1, "line": 2, "native": None, "reason": "Дата: cannot be read as occurred_at", "pointer": "", "field": "Дата"}
        ]
    finally:
        await set_mapping(None)
    assert (await analyst.observation_of(told))["title"] == "Драка"


async def test_r5_what_a_country_team_may_send_besides_native_rows(tajik_team: Desk, analyst: Desk, row: Callable[..., Json]) -> None:
    told = row()
    place = {"type": "Point", "coordinates": [told.pop("longitude"), told.pop("latitude")]}
    feature = {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": place, "properties": told}]}
    answer = await tajik_team.send("unct-tjk", json.dumps(feature).encode(), "application/geo+json")
    assert answer.json()["accepted"] == 1, answer.text
    assert (await analyst.observation_of(told))["longitude"] == place["coordinates"][0]
    wrong = await tajik_team.send("unct-tjk", b"x", "application/zip")
    assert wrong.status_code == 415
    assert "text/csv" in wrong.headers["accept-post"]
