"""What feeds of known sources deliver by pushing: leads that support nothing, and files with nothing for us."""

import gzip
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.services.reports.conftest import Desk, Make

Json = dict[str, Any]
MASSMOB = "id,country,ccode,year,region,protest,protestnumber,start_date,end_date,location\n"


async def fed(desk: Make, adapter: str, trust: str = "low") -> tuple[str, Desk]:
    """A new feed with that adapter, and its voice."""
    feed = f"pushed-{uuid4().hex[:12]}"
    known = {"name": "Exercise", "trust": trust, "expected_interval_minutes": 60, "country": "TJK"}
    await desk("administrator").post("/feeds", known | {"id": feed, "organization": "unct-tjk", "adapter": adapter}, 201)
    return feed, desk("feed", client_id="unct-tjk", organization="unct-tjk")


async def test_r8_a_lead_supports_nothing_until_a_person_grades_it(desk: Make, analyst: Desk, data: Path) -> None:
    feed, voice = await fed(desk, "gdelt-events")
    export = (data / "events/gdelt/20180101000000.export.CSV.gz").read_bytes()
    answer = await voice.send(feed, gzip.decompress(export), "text/tab-separated-values")
    assert answer.status_code == 202, answer.text
    receipt = answer.json()
    assert (receipt["received"], receipt["accepted"], receipt["set_aside"]) == (2414, 5, receipt["rejected"])
    leads = (await analyst.get("/observations", feed=feed))["items"]
    assert {(each["reliability"], each["credibility"]) for each in leads} == {("F", 6)}
    statement = {"kind": "assessed", "text": "It was in the news.", "evidence": [{"type": "observation", "id": leads[0]["id"]}]}
    body = {"kind": "flash", "title": "Leads", "countries": ["AFG"], "themes": ["political"]}
    report = await analyst.post("/reports", body | {"sections": [{"title": "News", "statements": [statement]}]}, 201)
    assert report["sections"][0]["statements"][0]["flags"] == ["unsupported"]
    await analyst.post(f"/observations/{leads[0]['id']}/grade", {"reliability": "C", "credibility": 3})
    report = await analyst.get(f"/reports/{report['id']}")
    assert report["sections"][0]["statements"][0]["flags"] == []


async def test_r7_a_file_with_nothing_for_us_is_a_sign_of_life_and_one_with_nothing_right_is_not(desk: Make, analyst: Desk) -> None:
    feed, voice = await fed(desk, "mass-mobilization")
    flawed = await voice.send(feed, (MASSMOB + "1,Kazakhstan,705,1993,Asia,1,1,,,national\n").encode(), "text/csv")
    assert (flawed.json()["rejected"], flawed.json()["set_aside"]) == (1, 0), flawed.text
    assert (await analyst.get(f"/feeds/{feed}"))["last_delivery_at"] is None
    quiet = await voice.send(feed, (MASSMOB + "2,Kazakhstan,705,1993,Asia,0,0,,,\n").encode(), "text/csv")
    assert (quiet.json()["rejected"], quiet.json()["set_aside"]) == (1, 1), quiet.text
    assert (await analyst.get(f"/feeds/{feed}"))["last_delivery_at"] is not None
