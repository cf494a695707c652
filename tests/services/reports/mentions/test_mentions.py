"""Articles that mention events of GDELT: real rows of both files, pushed and fetched. They support nothing (R8)."""

import csv
import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from services.reports.feeds.adapters import ADAPTERS
from services.reports.feeds.adapters.gdelt_mentions import FIELDS
from tests.services.reports.conftest import Desk, Make
from tests.services.reports.feeds.conftest import Watch
from tests.services.reports.feeds.conftest import origin as origin
from tests.services.reports.feeds.conftest import watch as watch
from tests.services.reports.feeds.origin import Origin, Page
from tests.services.reports.feeds.reading import content, read, refused
from tests.services.reports.feeds.test_deliveries import fed
from tests.services.reports.feeds.test_hostile import packed

Json = dict[str, Any]
TSV = "text/tab-separated-values"


@pytest.fixture
def sample(data: Path) -> list[list[str]]:
    """1,635 real mentions, as cells."""
    with (data / "events/gdelt/mentionssamp.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


@pytest.fixture
def export(data: Path) -> bytes:
    """A real export: 2,414 events, five of them in Afghanistan."""
    return content(data / "events/gdelt/20180101000000.export.CSV.gz")


def _file(rows: list[list[str]]) -> bytes:
    return "".join("\t".join(row) + "\n" for row in rows).encode()


def _about(event: str, rows: list[list[str]]) -> list[list[str]]:
    return [[event, *row[1:]] for row in rows]


async def _leads(analyst: Desk, feed: str) -> list[str]:
    """The numbers of the events that were kept."""
    return [each["external_id"].removeprefix("gdelt-") for each in (await analyst.get("/observations", feed=feed))["items"]]


async def _mentions(analyst: Desk, feed: str, event: str) -> Json:
    [found] = [each for each in (await analyst.get("/observations", feed=feed))["items"] if each["external_id"] == f"gdelt-{event}"]
    return await analyst.get(f"/observations/{found['id']}/mentions")


def test_r5_every_row_of_a_real_file_is_read(sample: list[list[str]], data: Path) -> None:
    rows = read("gdelt-mentions", TSV, _file(sample))
    assert (len(rows), [row.flaw for row in rows if not row.mention]) == (1_635, [])
    first = rows[0].mention
    assert first is not None
    assert (first.external_id, first.source, first.confidence) == ("gdelt-555924816", "china.org.cn", 100)
    assert first.mentioned_at.isoformat() == "2017-07-01T23:45:00+00:00"
    described = json.loads((data / "events/gdelt/mentions.json").read_text())["schema"]["fields"]
    assert tuple(each["name"] for each in described) == FIELDS


def test_a_broken_mention_is_refused_with_its_field(sample: list[list[str]]) -> None:
    def changed(place: int, value: str) -> list[str]:
        return refused(read("gdelt-mentions", TSV, _file([[*sample[0][:place], value, *sample[0][place + 1 :]]])))

    assert changed(11, "101") == ["Confidence: is not a percentage"]
    assert changed(11, "") == ["Confidence: is not a percentage"]
    assert changed(5, "x" * 2_001) == ["MentionIdentifier: is not plain text of at most 2000 characters"]
    assert changed(5, "x\x00") == ["MentionIdentifier: is not plain text of at most 2000 characters"]
    assert changed(2, "20991231000000") == ["MentionTimeDate: lies in the future"]
    assert changed(0, "") == ["GLOBALEVENTID: is needed"]
    assert refused(read("gdelt-mentions", TSV, b"a\tb\n")) == ["has 2 fields, an event has 61, a mention 16"]
    assert ADAPTERS["gdelt-mentions"].leads_only


async def test_r8_mentions_are_counted_by_source_and_change_no_grade(
    desk: Make, analyst: Desk, export: bytes, sample: list[list[str]]
) -> None:
    feed, voice = await fed(desk, "gdelt-mentions")
    assert (await voice.send(feed, export, TSV)).json()["accepted"] == 5
    event, other, *_ = await _leads(analyst, feed)
    assert (await _mentions(analyst, feed, event)) == {
        "articles": 0, "sources": 0, "confidence": None, "first_at": None, "last_at": None, "by_source": [],
    }  # fmt: skip
    distinct = list({row[5]: row for row in sample}.values())
    rows = [*_about(event, distinct[:60]), *_about(other, distinct[:1]), *sample]
    receipt = (await voice.send(feed, _file(rows), TSV)).json()
    assert (receipt["received"], receipt["accepted"], receipt["set_aside"]) == (1_696, 61, 1_635)

    told = await _mentions(analyst, feed, event)
    by_source = {name: sum(row[4] == name for row in distinct[:60]) for name in {row[4] for row in distinct[:60]}}
    assert (told["articles"], told["sources"]) == (60, len(by_source))
    assert {each["source"]: each["articles"] for each in told["by_source"]} == by_source
    assert told["confidence"] == max(int(row[11]) for row in distinct[:60])
    assert (await _mentions(analyst, feed, other))["articles"] == 1
    leads = (await analyst.get("/observations", feed=feed))["items"]
    wholes = [await analyst.get(f"/incidents/{each['incident']}") for each in leads]
    assert sorted(whole["accounts"][0]["mentions"] for whole in wholes) == [0, 0, 0, 1, 60], "who has any is told without being asked"
    assert {(each["reliability"], each["credibility"]) for each in leads} == {("F", 6)}
    assert {(await analyst.get(f"/incidents/{each['incident']}"))["observations"] for each in leads} == {1}


async def test_r5_an_article_is_counted_once_and_what_is_mentioned_elsewhere_set_aside(
    desk: Make, analyst: Desk, export: bytes, sample: list[list[str]]
) -> None:
    (feed, voice), (elsewhere, _) = await fed(desk, "gdelt-mentions"), await fed(desk, "gdelt-mentions")
    await voice.send(feed, export, TSV)
    event, *_ = await _leads(analyst, feed)
    one = _about(event, sample[:1])
    assert (await voice.send(feed, _file(one), TSV)).json()["accepted"] == 1
    again = (await voice.send(feed, _file(one + one), TSV)).json()
    assert (again["accepted"], again["duplicate"], again["rejected"]) == (0, 2, 0)
    aside = (await voice.send(elsewhere, _file(one), TSV)).json()
    assert (aside["accepted"], aside["set_aside"]) == (0, 1)
    [rejection] = (await voice.get(f"/submissions/{aside['id']}/rejections"))["items"]
    assert (rejection["row"], rejection["line"]) == (1, 1)
    assert rejection["reason"] == "Set aside: a mention of an event that this feed has not brought"


async def test_r18_mentions_of_an_observation_that_may_not_be_read_are_not_there(
    desk: Make, analyst: Desk, export: bytes, unama: Desk
) -> None:
    feed, voice = await fed(desk, "gdelt-mentions")
    await voice.send(feed, export, TSV)
    [key, *_] = [each["id"] for each in (await analyst.get("/observations", feed=feed))["items"]]
    assert (await voice.get(f"/observations/{key}/mentions"))["articles"] == 0
    hidden = await unama.call("GET", f"/observations/{key}/mentions")
    missing = await unama.call("GET", f"/observations/{uuid4()}/mentions")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.json()["detail"] == missing.json()["detail"]


async def test_exports_and_mentions_of_a_list_of_updates_are_fetched(
    origin: Origin, watch: Watch, analyst: Desk, export: bytes, sample: list[list[str]]
) -> None:
    names = ("1.export.CSV.zip", "1.mentions.CSV.zip", "1.gkg.csv.zip")
    listed = "".join(f"1 a {origin.url}/{name}\n" for name in names)
    origin.pages["/lastupdate.txt"] = Page(listed.encode(), headers={"Content-Type": "text/plain"})
    afghan = [line.split("\t")[0] for line in export.decode().splitlines() if line.split("\t")[53] == "AF"]
    for name, body in zip(names, (export, _file(_about(afghan[0], sample[:3]))), strict=False):
        origin.pages[f"/{name}"] = Page(packed({"x.CSV": body}), headers={"Content-Type": "application/zip"})
    feed = await watch(f"{origin.url}/lastupdate.txt", adapter="gdelt-mentions")
    assert (await feed.pull())["health"]["last_error"] is None
    assert origin.paths() == ["/lastupdate.txt", "/1.export.CSV.zip", "/1.mentions.CSV.zip"]
    assert [each["accepted"] for each in await feed.receipts()] == [5, len({row[5] for row in sample[:3]})]
    assert (await _mentions(analyst, feed.feed, afghan[0]))["articles"] == len({row[5] for row in sample[:3]})
