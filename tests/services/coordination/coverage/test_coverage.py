"""Coverage: place by theme by organization (R21)."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from chassis.columns import new_id
from contracts.vocabulary import PLACES, THEMES
from services.coordination.coverage.rules import Doing, state_of
from tests.services.coordination.conftest import Desk


@given(st.integers(0, 3), st.lists(st.sampled_from(["unct-kaz", "unct-tjk", "osce"]), unique=True))
def test_r21_gaps_and_overlaps(objectives: int, organizations: list[str]) -> None:
    state = state_of(objectives, Doing(len(organizations), tuple(organizations)))
    assert (state == "gap") == (objectives > 0 and not organizations)
    assert (state == "overlap") == (len(organizations) > 1)
    assert (state == "none") == (objectives == 0 and not organizations)


async def test_r21_coverage_shows_gap_cover_and_overlap(desk: Desk) -> None:
    async def cell() -> dict[str, Any]:
        (found,) = (await desk.get("/coverage?place=aral-basin&theme=water-energy"))["cells"]
        return found

    async def act(organization: str, **more: Any) -> dict[str, Any]:
        body = {"external_id": str(new_id()), "title": "Gauges", "place": "aral-basin", "themes": ["water-energy"]}
        return await desk.make("/activities", body | {"organization": organization} | more)

    assert (await cell())["state"] == "none"
    objective = await desk.make("/objectives", {"title": "Shared data", "place": "aral-basin", "theme": "water-energy"})
    assert (await cell())["state"] == "gap"
    await act("unct-kaz", status="cancelled")
    assert (await cell())["state"] == "gap"
    await act("unct-kaz")
    await act("unct-kaz")
    assert await cell() == {
        "place": "aral-basin",
        "theme": "water-energy",
        "objectives": 1,
        "activities": 2,
        "organizations": ["unct-kaz"],
        "state": "covered",
    }
    # An activity elsewhere that is set against the objective covers it, too.
    await act("unct-uzb", place="UZB", country="UZB", objective=objective["id"])
    assert ((await cell())["state"], (await cell())["organizations"]) == ("overlap", ["unct-kaz", "unct-uzb"])


async def test_coverage_names_every_place_and_theme_once(desk: Desk) -> None:
    coverage = await desk.get("/coverage", "analyst")
    assert (coverage["places"], coverage["themes"]) == (list(PLACES), list(THEMES))
    assert len({(each["place"], each["theme"]) for each in coverage["cells"]}) == len(PLACES) * len(THEMES)


async def test_a_sub_theme_counts_for_its_theme(desk: Desk) -> None:
    theme = "terrorism-extremism.prevention"
    body = {"external_id": str(new_id()), "title": "Schools", "place": "amu-darya", "themes": [theme], "organization": "unct-tkm"}
    await desk.make("/activities", body)
    states = {each["theme"]: each["state"] for each in (await desk.get("/coverage?place=amu-darya"))["cells"]}
    assert (states[theme], states["terrorism-extremism"], states["terrorism-extremism.rights"]) == ("covered", "covered", "none")


async def test_f4_country_teams_read_the_framework_and_partners_do_not(desk: Desk) -> None:
    open_, closed = [
        await desk.make("/objectives", {"title": "T", "place": "KAZ", "theme": "border"} | more)
        for more in ({}, {"label": {"releasable_to": []}})
    ]
    seen = await desk.get("/objectives?place=KAZ&limit=200", "feed", organization="unct-kaz", access="unclassified", countries=["KAZ"])
    keys = {each["id"] for each in seen["items"]}
    assert open_["id"] in keys
    assert closed["id"] not in keys
    assert (await desk.as_partner("/objectives", "osce")).status_code == 403
