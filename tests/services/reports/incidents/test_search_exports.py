"""Exports: what the list shows, marked by the strictest in it, harmless to spreadsheets, audited whole."""

import csv
import io
import json
import random
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from chassis.principal import system_principal
from chassis.tables import AuditRow
from contracts.labels import Label
from services.reports.incidents.queries import exporting
from services.reports.incidents.rendering.csv import COLUMNS, HASHTAGS, cell
from tests.services.reports.conftest import Desk, Make

Json = dict[str, Any]
Row = Callable[..., Json]
OPEN, SECRET = {"sensitivity": "unclassified", "tlp": "GREEN"}, {"sensitivity": "strictly-confidential", "tlp": "RED"}


@pytest.fixture
async def mark(tajik_team: Desk, row: Row) -> str:
    """A word that two incidents hold: an open one and a strictly confidential one."""
    word = "".join(random.choice("bdgklmnprst") + random.choice("aou") for _ in range(6))
    rows = [row(title=f"Open {word}", label=OPEN), row(title=f"Secret {word}", label=SECRET)]
    assert (await tajik_team.deliver("unct-tjk", rows))["accepted"] == 2
    return word


async def export(desk: Desk, form: str, **params: Any) -> httpx.Response:
    """The file."""
    answer = await desk.call("GET", "/incidents/export", params=params | {"format": form})
    assert answer.status_code == 200, answer.text
    return answer


async def test_geojson_bears_the_marking_of_the_strictest_in_it(desk: Make, analyst: Desk, mark: str) -> None:
    answer = await export(analyst, "geojson", q=mark)
    assert answer.headers["content-type"] == "application/geo+json"
    assert 'filename="incidents.geojson"' in answer.headers["content-disposition"]
    whole = answer.json()
    assert (whole["type"], whole["marking"], len(whole["features"])) == ("FeatureCollection", "STRICTLY CONFIDENTIAL - TLP:RED", 2)
    assert "legal status" in whole["notice"]
    assert Label.model_validate(whole["label"]).sensitivity == "strictly-confidential"
    listed = {each["id"]: each for each in (await analyst.get("/incidents", q=mark))["items"]}
    for feature in whole["features"]:
        seen = listed.pop(feature["id"])
        assert feature["geometry"] == {"type": "Point", "coordinates": [seen["longitude"], seen["latitude"]]}
        assert feature["properties"]["title"] == seen["title"]
        assert feature["properties"]["sensitivity"] == seen["label"]["sensitivity"]
    assert listed == {}
    narrow = (await export(desk("analyst", client_id="narrow", access="unclassified"), "geojson", q=mark)).json()
    assert narrow["marking"] == "UNCLASSIFIED - TLP:GREEN"
    assert [each["properties"]["title"] for each in narrow["features"]] == [f"Open {mark}"]
    assert "Secret" not in json.dumps(narrow)


@pytest.mark.parametrize("form", ["csv", "hxl"])
async def test_csv_and_hxl_begin_with_marking_and_notice(form: str, analyst: Desk, mark: str) -> None:
    answer = await export(analyst, form, q=mark, locale="ru")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert lines[0] == ["СТРОГО КОНФИДЕНЦИАЛЬНО - TLP:RED"]
    assert "правового статуса" in lines[1][0]
    assert lines[2] == list(COLUMNS)
    rows = lines[3:]
    if form == "hxl":
        assert rows.pop(0) == [HASHTAGS[name] for name in COLUMNS]
    titles = {row[COLUMNS.index("title")]: row for row in rows}
    assert set(titles) == {f"Open {mark}", f"Secret {mark}"}
    assert titles[f"Secret {mark}"][COLUMNS.index("tlp")] == "RED"


@pytest.mark.parametrize("said", ["=1+1", "+7 992", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1"])
async def test_a_cell_that_begins_like_a_formula_is_harmless(said: str, analyst: Desk, tajik_team: Desk, row: Row, mark: str) -> None:
    # A tab or a line's end begins a cell of its own for whoever reads it as a separator.
    safe = f"'{said}".replace("\t=", "\t'=").replace("\r=", "\r'=")
    assert cell(said) == safe
    await tajik_team.deliver("unct-tjk", [row(title=f"{said} formula{mark}")])
    lines = list(csv.reader(io.StringIO((await export(analyst, "csv", q=f"formula{mark}")).content.decode("utf-8-sig"), newline="")))
    assert lines[3][COLUMNS.index("title")] == f"{safe} formula{mark}"


def test_numbers_stay_numbers() -> None:
    assert [cell(each) for each in (-2.5, 3, None, True, ["a", "b"], "plain")] == ["-2.5", "3", "", "true", "a b", "plain"]


async def test_r17_every_incident_of_an_export_is_in_the_audit_trail(
    reports: httpx.AsyncClient, desk: Make, tajik_team: Desk, row: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "BATCH", 2)
    word = "".join(random.choice("bdgklmnprst") + random.choice("aou") for _ in range(6))
    await tajik_team.deliver("unct-tjk", [row(title=f"{word} {number}") for number in range(5)])
    reader = desk("analyst", client_id=f"exporter-{word}")
    named = {each["id"] for each in (await export(reader, "geojson", q=word)).json()["features"]}
    assert len(named) == 5
    async with reports.app.state.database.transaction(system_principal("reports")) as session:  # type: ignore[attr-defined]
        query = select(AuditRow).where(AuditRow.actor == f"exporter-{word}")
        rows = (await session.execute(query)).scalars().all()
    assert {each.operation for each in rows} == {"exportIncidents"}
    assert {key for each in rows for key in each.ids} == named


async def test_more_than_a_file_may_hold_is_refused_in_clear_words(analyst: Desk, mark: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "EXPORTED", 1)
    answer = await analyst.call("GET", "/incidents/export", params={"q": mark, "format": "csv"})
    assert answer.status_code == 422
    assert answer.json()["type"].endswith("/too-many-to-export")
    assert "More than 1 incidents fit. Narrow the filters" in answer.json()["detail"]
    monkeypatch.setattr(exporting, "EXPORTED", 2)
    await export(analyst, "csv", q=mark)


async def test_nothing_fits_and_who_may_not(desk: Make, analyst: Desk, tajik_team: Desk) -> None:
    assert (await export(analyst, "geojson", q="nothingatallfits")).json()["features"] == []
    assert (await export(analyst, "csv", q="nothingatallfits")).text.startswith("\ufeffNO INCIDENT FITS")
    assert (await tajik_team.call("GET", "/incidents/export", params={"format": "csv"})).status_code == 403
    assert (await desk("partner", organization="osce").call("GET", "/incidents/export", params={"format": "csv"})).status_code == 403
