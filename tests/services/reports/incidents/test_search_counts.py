"""Facets, timeline and map: counted over what fits and what their reader may read, and nothing else."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reports.incidents.queries import counting
from services.reports.incidents.rules import grid_of, squares_between
from tests.services.reports.conftest import Desk, Make

Json = dict[str, Any]
Row = Callable[..., Json]
OPEN, SECRET = {"sensitivity": "unclassified", "tlp": "GREEN"}, {"sensitivity": "strictly-confidential", "tlp": "RED"}


@pytest.fixture
async def mark(analyst: Desk, tajik_team: Desk, unama: Desk, row: Row) -> str:
    """A word that four incidents hold: two open ones in Tajikistan, one graded; a secret one; one of UNAMA's in Afghanistan."""
    word = "".join(random.choice("bdgklmnprst") + random.choice("aou") for _ in range(6))
    at = {"latitude": 38.55, "longitude": 68.78}
    rows = [
        row(title=f"One {word}", label=OPEN, occurred_at="2001-03-05T10:00:00Z", **at),
        row(title=f"Two {word}", label=OPEN, occurred_at="2001-03-11T23:59:59Z", themes=["environment"], **at),
        row(title=f"Secret {word}", label=SECRET, occurred_at="2001-04-01T00:00:00Z", themes=["drug-trafficking"], **at),
    ]
    await tajik_team.deliver("unct-tjk", rows)
    there = {"country": "AFG", "latitude": 34.53, "longitude": 69.17}
    await unama.deliver("unama-field", [row(title=f"Kabul {word}", label=OPEN, occurred_at="2001-04-02T00:00:00Z", **there)])
    first = (await analyst.get("/incidents", q=f"One {word}"))["items"][0]
    await analyst.post(f"/incidents/{first['id']}/grade", {"reliability": "B", "credibility": 2})
    return word


def counts(answer: Json, facet: str) -> dict[str, int]:
    """Value and count."""
    return {each["value"]: each["count"] for each in answer["facets"].get(facet, [])}


async def test_facets_count_what_each_filter_would_list(analyst: Desk, mark: str) -> None:
    answer = await analyst.get("/incidents/facets", q=mark)
    assert (answer["total"], answer["complete"]) == (4, True)
    assert counts(answer, "country") == {"TJK": 3, "AFG": 1}
    assert counts(answer, "theme") == {"border": 2, "environment": 1, "drug-trafficking": 1}
    assert counts(answer, "source") == {"unct-tjk": 3, "unama": 1}
    assert counts(answer, "reliability") == {"B": 1}
    assert counts(answer, "credibility") == {"2": 1}
    assert counts(answer, "graded") == {"true": 1, "false": 3}
    for facet, values in answer["facets"].items():
        for each in values:
            listed = await analyst.get("/incidents", q=mark, **{facet: each["value"]})
            assert len(listed["items"]) == each["count"], (facet, each)
    narrowed = await analyst.get("/incidents/facets", q=mark, theme="border")
    assert (narrowed["total"], counts(narrowed, "country")) == (2, {"TJK": 1, "AFG": 1})


async def test_a_timeline_counts_by_day_week_and_month(analyst: Desk, mark: str) -> None:
    async def steps(bucket: str, **more: str) -> dict[str, int]:
        answer = await analyst.get("/incidents/timeline", q=mark, bucket=bucket, **more)
        assert answer["complete"]
        return {each["begins"][:10]: each["count"] for each in answer["steps"]}

    assert await steps("day") == {"2001-03-05": 1, "2001-03-11": 1, "2001-04-01": 1, "2001-04-02": 1}
    assert await steps("week") == {"2001-03-05": 2, "2001-03-26": 1, "2001-04-02": 1}
    assert await steps("month") == {"2001-03-01": 2, "2001-04-01": 2}
    assert await steps("month", country="AFG") == {"2001-04-01": 1}


async def test_the_map_takes_words_and_a_box(analyst: Desk, mark: str) -> None:
    whole = await analyst.get("/incidents/map", q=mark)
    assert (sum(each["properties"]["count"] for each in whole["features"]), whole["complete"]) == (4, True)
    for box in ("68,33,70,35", "52,25,70,35"):
        there = await analyst.get("/incidents/map", q=mark, bbox=box, resolution=3)
        assert [(each["properties"]["count"], each["properties"]["themes"]) for each in there["features"]] == [(1, {"border": 1})], box


@given(st.floats(-89, 89), st.floats(-179, 179), st.floats(0, 5), st.floats(0, 5), st.floats(0, 1), st.floats(0, 1))
def test_the_squares_of_a_box_hold_every_point_in_it(south: float, west: float, high: float, wide: float, up: float, right: float) -> None:
    squares = squares_between((south, west), (south + high, west + wide))
    assert squares
    assert grid_of(south + high * up, west + wide * right) in squares


async def test_nothing_that_a_reader_may_not_know_of_is_counted(desk: Make, mark: str) -> None:
    narrow = desk("analyst", client_id="narrow", access="unclassified", countries=["TJK"])
    answer = await narrow.get("/incidents/facets", q=mark)
    assert (answer["total"], counts(answer, "country"), counts(answer, "source")) == (2, {"TJK": 2}, {"unct-tjk": 2})
    assert counts(answer, "theme") == {"border": 1, "environment": 1}
    assert {each["begins"][:7] for each in (await narrow.get("/incidents/timeline", q=mark))["steps"]} == {"2001-03"}
    cells = (await narrow.get("/incidents/map", q=mark))["features"]
    assert sum(each["properties"]["count"] for each in cells) == 2
    assert all("drug-trafficking" not in each["properties"]["themes"] for each in cells)


async def test_what_is_not_counted_whole_says_so(analyst: Desk, mark: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "COUNTED", 3)
    for path in ("facets", "timeline", "map"):
        assert not (await analyst.get(f"/incidents/{path}", q=mark))["complete"]
        assert (await analyst.get(f"/incidents/{path}", q=mark, theme="border"))["complete"]
        assert (await analyst.get(f"/incidents/{path}", q="nothingatallfits"))["complete"]
