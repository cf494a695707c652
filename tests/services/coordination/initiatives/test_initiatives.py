"""Initiatives of others, and the Centre's steps (R20)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.coordination.initiatives.rules import Pace, is_asked_about, next_step_on
from tests.services.coordination.conftest import Desk

NOW = datetime(2030, 6, 1, tzinfo=UTC)
days = st.integers(-100, 100)
paces = st.builds(
    lambda at, due, done: Pace(
        NOW + timedelta(days=-abs(at)),
        None if due is None else (NOW + timedelta(days=due)).date(),
        None if done is None else (NOW - timedelta(days=abs(done))).date(),
    ),
    days,
    days | st.none(),
    days | st.none(),
)


@given(st.lists(paces, max_size=5))
def test_r20_the_next_step_is_the_earliest_that_is_not_done(steps: list[Pace]) -> None:
    open_ = [step.due_on for step in steps if step.done_on is None and step.due_on]
    assert next_step_on(steps) == (min(open_) if open_ else None)


@given(st.integers(0, 200), st.lists(paces, max_size=5), st.integers(1, 100))
def test_r20_an_initiative_without_a_step_for_a_term_is_asked_about(age: int, steps: list[Pace], term: int) -> None:
    recorded = NOW - timedelta(days=age)
    asked = is_asked_about(recorded, steps, term, NOW)
    recent = [recorded, *(step.recorded_at for step in steps)]
    if any(moment >= NOW - timedelta(days=term) for moment in recent):
        assert not asked
    if not steps:
        assert asked == (age > term)


async def initiative(desk: Desk, **more: Any) -> dict[str, Any]:
    body = {"title": "Valley talks", "owner": "osce", "countries": ["KGZ", "TJK"], "themes": ["border"], "state": "announced"}
    return await desk.make("/initiatives", body | more)


async def test_r20_encouragement_is_visible(desk: Desk) -> None:
    made = await initiative(desk)
    assert (made["next_step_on"], made["asked_about"], made["steps"]) == (None, False, [])
    path = f"/initiatives/{made['id']}"
    await desk.make(f"{path}/steps", {"text": "Call the Chair.", "due_on": "2030-03-01"})
    stepped = await desk.make(f"{path}/steps", {"text": "Offer a venue.", "due_on": "2030-02-01", "state": "second round"})
    assert (stepped["next_step_on"], stepped["state"], stepped["version"]) == ("2030-02-01", "second round", 3)
    assert [step["by"] for step in stepped["steps"]] == ["coordination-officer"] * 2

    venue = next(step["id"] for step in stepped["steps"] if step["text"] == "Offer a venue.")
    finished = await desk.make(f"{path}/steps/{venue}/finish", {})
    assert finished["next_step_on"] == "2030-03-01"
    assert [step["done_on"] for step in finished["steps"] if step["id"] == venue] == [date.today().isoformat()]
    other = await initiative(desk)
    assert (await desk.post(f"/initiatives/{other['id']}/steps/{venue}/finish", {})).status_code == 404
    assert (await desk.get(path, "analyst"))["steps"] == finished["steps"]


async def test_initiatives_are_listed_by_owner_and_tracked_by_officers(desk: Desk) -> None:
    partner = await desk.partner()
    made = await initiative(desk, owner=partner)
    assert [each["id"] for each in (await desk.get(f"/initiatives?owner={partner}&country=KGZ&theme=border"))["items"]] == [made["id"]]
    body = {"title": "T", "owner": "nobody", "countries": ["KGZ"], "themes": ["border"], "state": "new"}
    assert (await desk.post("/initiatives", body)).json()["errors"][0]["pointer"] == "/owner"
    assert (await desk.post("/initiatives", body, role="analyst")).status_code == 403
