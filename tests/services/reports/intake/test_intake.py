"""Deliveries: nothing sent is lost (R5)."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.services.reports.conftest import Desk, Make

Json = dict[str, Any]
Row = Callable[..., Json]
FEED = "unct-tjk"


async def test_r5_refused_rows_are_named_and_their_neighbours_kept(tajik_team: Desk, analyst: Desk, row: Row) -> None:
    good, bad = row(), row(latitude=91.0)
    receipt = await tajik_team.deliver(FEED, [good, bad, {"external_id": "x"}, {}, row()])
    assert [receipt[name] for name in ("received", "accepted", "duplicate", "rejected")] == [5, 2, 0, 3]
    refused = await tajik_team.get(f"/submissions/{receipt['id']}/rejections")
    assert [(each["row"], each["pointer"]) for each in refused["items"]] == [(2, "/latitude"), (3, "/occurred_at"), (4, "/external_id")]
    assert all(each["reason"] for each in refused["items"])
    assert json.loads(refused["items"][0]["raw"])["external_id"] == bad["external_id"]
    kept = await analyst.observation_of(good)
    assert kept["title"] == good["title"]
    assert kept["figures"] == good["figures"]
    assert kept["source"] == FEED


async def test_r5_identical_bytes_get_the_first_receipt_again(tajik_team: Desk, row: Row) -> None:
    body = json.dumps([row()]).encode()
    first, again = await tajik_team.send(FEED, body), await tajik_team.send(FEED, body)
    assert first.status_code == again.status_code == 202
    assert first.json() == again.json()
    assert first.headers["location"] == f"/v1/submissions/{first.json()['id']}"


async def test_r5_same_key_and_content_is_a_duplicate_other_content_a_version_beside_it(tajik_team: Desk, analyst: Desk, row: Row) -> None:
    told = row()
    await tajik_team.deliver(FEED, [told])
    old = await analyst.observation_of(told)
    same = await tajik_team.deliver(FEED, [told, row()])
    assert (same["accepted"], same["duplicate"]) == (1, 1)
    corrected = told | {"figures": {"deaths": {"best": 3}}}
    await tajik_team.deliver(FEED, [corrected])
    new = await analyst.observation_of(told)
    assert new["supersedes"] == old["id"]
    assert new["incident"] == old["incident"]
    kept = await analyst.get(f"/observations/{old['id']}")
    assert kept["figures"] == told["figures"]
    assert kept["superseded_by"] == new["id"]
    whole = await analyst.get(f"/incidents/{new['incident']}")
    assert [account["figures"] for account in whole["accounts"]] == [corrected["figures"]]


async def test_r5_versions_within_one_delivery_are_a_chain(tajik_team: Desk, analyst: Desk, row: Row) -> None:
    told = row()
    receipt = await tajik_team.deliver(FEED, [told, told, told | {"title": "corrected"}, told | {"title": "corrected again"}])
    assert (receipt["accepted"], receipt["duplicate"]) == (3, 1)
    newest = await analyst.observation_of(told | {})
    listed = await analyst.get("/observations", incident=newest["incident"])
    titles = {each["title"]: each for each in listed["items"]}
    assert titles["corrected again"]["supersedes"] == titles["corrected"]["id"]
    assert titles["corrected"]["supersedes"] == titles[told["title"]]["id"]
    assert (await analyst.get(f"/incidents/{newest['incident']}"))["observations"] == 1


async def test_ndjson_with_a_broken_line(tajik_team: Desk, row: Row) -> None:
    lines = [json.dumps(row()).encode(), b"{broken", b"", json.dumps(row()).encode()]
    answer = await tajik_team.send(FEED, b"\n".join(lines), "application/x-ndjson; charset=utf-8")
    assert answer.status_code == 202
    assert (answer.json()["accepted"], answer.json()["rejected"]) == (2, 1)
    refused = await tajik_team.get(f"/submissions/{answer.json()['id']}/rejections")
    assert refused["items"][0]["row"] == 2
    assert refused["items"][0]["raw"] == "{broken"


async def test_csv_with_figures_and_themes(tajik_team: Desk, analyst: Desk, row: Row) -> None:
    told = row(title="Обстрел у заставы, «Чорух»")
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["external_id", "occurred_at", "title", "country", "latitude", "longitude", "themes", "deaths_best", "deaths_low", "deaths_high"]
    )
    place = [told["country"], told["latitude"], told["longitude"]]
    writer.writerow([told["external_id"], told["occurred_at"], told["title"], *place, "border;political", 4, 2, ""])
    writer.writerow(["short"])
    answer = await tajik_team.send(FEED, b"\xef\xbb\xbf" + out.getvalue().encode(), "text/csv")
    assert (answer.json()["accepted"], answer.json()["rejected"]) == (1, 1)
    kept = await analyst.observation_of(told)
    assert kept["figures"] == {"deaths": {"best": 4, "low": 2}}
    assert kept["themes"] == ["border", "political"]
    assert kept["title"] == told["title"]


async def test_the_same_content_in_another_format_is_a_duplicate(tajik_team: Desk, row: Row) -> None:
    told = row()
    await tajik_team.deliver(FEED, [told])
    again = await tajik_team.send(FEED, json.dumps(told).encode(), "application/x-ndjson")
    assert again.json()["duplicate"] == 1


async def test_r5_a_row_of_csv_in_another_encoding_is_refused_by_itself(tajik_team: Desk, row: Row) -> None:
    head = b"external_id,occurred_at,title,country\n"
    rows = [
        ",".join((row()["external_id"], "2026-03-01T10:00:00Z", title, "TJK")).encode(code)
        for title, code in (("\u0451", "utf-8"), ("\xe9", "latin-1"))
    ]
    answer = await tajik_team.send(FEED, head + b"\n".join(rows), "text/csv")
    assert (answer.json()["accepted"], answer.json()["rejected"]) == (1, 1)


HOSTILE_ROWS: list[dict[str, Any]] = [
    {"title": "a\x00b"},
    {"external_id": "\x00"},
    {"title": "\ud800"},
    {"\ud800": 1},
    {"occurred_at": "0000-01-01T00:00:00Z"},
    {"occurred_at": "9999-12-31T23:59:59-14:00"},
    {"occurred_at": "9999-12-31T23:59:59Z"},
    {"occurred_at": "2026-01-01T00:00:00"},
    {"occurred_at": 1767225600},
    {"latitude": float("nan")},
    {"longitude": float("inf")},
    {"longitude": 180.1},
    {"latitude": None},
    {"latitude": True},
    {"country": "RUS"},
    {"themes": ["gossip"]},
    {"themes": "border"},
    {"unknown": 1},
    {"text": "x" * 20_001},
    {"figures": {"deaths": {"best": -1}}},
    {"figures": {"deaths": {"best": 1.5}}},
    {"figures": {"deaths": {"best": 10**30}}},
    {"figures": {"Deaths;": {"best": 1}}},
    {"label": {"tlp": ["RED", "GREEN"]}},
    {"label": {"originator": "unama"}},
    {"label": {"sensitivity": "secret"}},
    {"language": "../etc"},
]


@pytest.mark.parametrize("flaw", HOSTILE_ROWS, ids=str)
async def test_r5_a_hostile_row_is_refused_by_itself(tajik_team: Desk, row: Row, flaw: Json) -> None:
    body = json.dumps([row(), row() | flaw]).encode()
    answer = await tajik_team.send(FEED, body)
    assert answer.status_code == 202, answer.text
    assert (answer.json()["accepted"], answer.json()["rejected"]) == (1, 1)
    refused = await tajik_team.get(f"/submissions/{answer.json()['id']}/rejections")
    assert refused["items"][0]["row"] == 2
    assert refused["items"][0]["reason"]


HOSTILE_BODIES = {
    "broken": (b'[{"external_id": "a"', "application/json"),
    "object": (b"{}", "application/json"),
    "utf-16": ('[{"external_id": "a"}]'.encode("utf-16"), "application/json"),
    "utf-16 lines": ('{"external_id": "a"}'.encode("utf-16"), "application/x-ndjson"),
    "latin-1": ('[{"title": "é"}]'.encode("latin-1"), "application/json"),
    "latin-1 csv": ("external_id,é\na,b\n".encode("latin-1"), "text/csv"),
    "utf-16 csv": ("external_id,title\na,b\n".encode("utf-16"), "text/csv"),
    "long number": (b"[" + b"9" * 10_000_000 + b"]", "application/json"),
    "deep": (b"[" * 100_000 + b"]" * 100_000, "application/json"),
    "200 columns": (",".join(f"c{n}" for n in range(200)).encode() + b"\n", "text/csv"),
    "unknown column": (b"external_id,nonsense\na,b\n", "text/csv"),
    "empty": (b"", "application/json"),
    "no header": (b'"unclosed', "text/csv"),
}


@pytest.mark.parametrize("case", HOSTILE_BODIES)
async def test_a_hostile_body_is_a_problem_and_never_an_error_of_ours(tajik_team: Desk, case: str) -> None:
    body, media = HOSTILE_BODIES[case]
    answer = await tajik_team.send(FEED, body, media)
    assert answer.status_code in (400, 422), answer.text
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "line", [b"9" * 10_000_000, b"[" * 10_000, b'{"a":' * 500 + b"1" + b"}" * 500, b"\xff\xfe\x00", b"\x00", b'"\\ud800"']
)
async def test_a_hostile_line_is_one_refused_row(tajik_team: Desk, row: Row, line: bytes) -> None:
    answer = await tajik_team.send(FEED, json.dumps(row()).encode() + b"\n" + line, "application/x-ndjson")
    assert answer.status_code == 202, answer.text
    assert (answer.json()["accepted"], answer.json()["rejected"]) == (1, 1)


async def test_another_media_type_is_told_what_is_taken(tajik_team: Desk) -> None:
    answer = await tajik_team.send(FEED, b"%PDF", "application/pdf")
    assert answer.status_code == 415
    for taken in ("application/json", "application/x-ndjson", "text/csv"):
        assert taken in answer.json()["detail"]
        assert taken in answer.headers["accept-post"]


async def test_only_the_feeds_own_organization_delivers(desk: Make, tajik_team: Desk, row: Row) -> None:
    await tajik_team.deliver(FEED, [row()])
    await desk("feed", client_id="unct-kaz", organization="unct-kaz").deliver(FEED, [row()], 404)
    await desk("analyst").deliver(FEED, [row()], 403)
    await desk("feed").deliver(FEED, [row()], 403)
    await tajik_team.deliver("no-such-feed", [row()], 404)


async def test_receipts_are_seen_by_the_feed_itself_and_the_centre_only(desk: Make, tajik_team: Desk, analyst: Desk, row: Row) -> None:
    receipt = await tajik_team.deliver(FEED, [row(), {}])
    for reader in (tajik_team, analyst):
        assert (await reader.get(f"/submissions/{receipt['id']}")) == receipt
        assert receipt["id"] in [each["id"] for each in (await reader.get("/submissions", feed=FEED))["items"]]
    stranger = desk("feed", client_id="unct-uzb", organization="unct-uzb")
    await stranger.get(f"/submissions/{receipt['id']}", 404)
    await stranger.get(f"/submissions/{receipt['id']}/rejections", 404)
    assert (await stranger.get("/submissions", feed=FEED))["items"] == []


async def test_labels_default_by_feed_and_empty_stays_empty(tajik_team: Desk, unama: Desk, analyst: Desk, row: Row) -> None:
    plain, closed, strict = row(), row(label={"releasable_to": []}), row(country="AFG")
    await tajik_team.deliver(FEED, [plain, closed])
    await unama.deliver("unama-field", [strict])
    label = (await analyst.observation_of(plain))["label"]
    assert label == {
        "sensitivity": "unclassified", "tlp": "GREEN", "originator": FEED, "themes": ["border"], "countries": ["TJK"],
        "releasable_to": ["cis", "hq", "imf", "osce", "sco", "unama", "world-bank"],
    }  # fmt: skip
    assert (await analyst.observation_of(closed))["label"]["releasable_to"] == []
    label = (await analyst.observation_of(strict))["label"]
    assert (label["sensitivity"], label["tlp"], label["releasable_to"]) == ("confidential", "AMBER", ["hq"])


async def test_a_keyed_delivery_is_replayed(tajik_team: Desk, row: Row) -> None:
    body = [row()]
    first = await tajik_team.post(f"/feeds/{FEED}/submissions", body, 202, **{"idempotency-key": row()["external_id"]})
    assert first["accepted"] == 1
