"""Commitments: made, reminded of, overdue by the calendar, met or given up."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from chassis.database import Database
from chassis.principal import system_principal
from services.liaison.commitments.rules import CommitmentState, standing
from services.liaison.jobs import sweep_once
from tests.services.liaison.conftest import Json, Officer

TODAY = date.today()


async def promise(officer: Officer, days: int, **more: Any) -> Json:
    """A promise of a party to the Centre, due in `days`."""
    party = await officer.party()
    body = {"promised_by": party["id"], "text": "EXERCISE: to send the list.", "due_on": str(date.today() + timedelta(days=days))}
    return await officer.make("/commitments", body | more)


@given(st.integers(-30, 30))
def test_what_is_met_is_never_overdue_and_what_is_open_is_judged_by_its_day(days: int) -> None:
    due_on = TODAY + timedelta(days=days)
    expected = "overdue" if days < 0 else "due" if days <= 7 else "open"
    assert standing(CommitmentState.open, due_on, TODAY) == expected
    assert standing(CommitmentState.met, due_on, TODAY) == "met"


async def test_the_calendar_makes_a_commitment_overdue_and_each_is_announced_once(officer: Officer, database: Database) -> None:
    late, soon, far = [await promise(officer, days) for days in (-1, 3, 30)]
    assert [each["standing"] for each in (late, soon, far)] == ["overdue", "due", "open"]
    for each, standing_ in ((late, "overdue"), (soon, "due"), (far, "open")):
        listed = await officer.get(f"/commitments?standing={standing_}&party={each['promised_by']}")
        assert [found["id"] for found in listed["items"]] == [each["id"]]
    for _ in range(2):
        await sweep_once(database)
    query = text("select type from outbox where type like 'liaison.commitments.%due.v1' and event->>'subject' = :subject")
    async with database.transaction(system_principal("liaison")) as session:
        told = [list((await session.execute(query, {"subject": f"commitment/{each['id']}"})).scalars()) for each in (late, soon, far)]
    assert told == [["liaison.commitments.overdue.v1"], ["liaison.commitments.due.v1"], []]


async def test_a_commitment_is_met_or_given_up_once(officer: Officer) -> None:
    met, dropped = [await promise(officer, -1) for _ in range(2)]
    assert (await officer.step(f"/commitments/{met['id']}/meet", {"remark": "Received."}))["standing"] == "met"
    assert (await officer.post(f"/commitments/{met['id']}/cancel", {"reason": "No."})).status_code == 409
    assert (await officer.post(f"/commitments/{dropped['id']}/cancel")).status_code == 422
    assert (await officer.step(f"/commitments/{dropped['id']}/cancel", {"reason": "Overtaken."}))["reason"] == "Overtaken."


async def test_nobody_promises_to_themselves_and_the_label_is_as_strict_as_the_engagement(officer: Officer) -> None:
    party = await officer.party()
    body = {"text": "To call.", "due_on": "2030-01-01"}
    refused = await officer.post("/commitments", body)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/promised_to")
    meeting = await officer.engagement([party["id"]], label={"sensitivity": "strictly-confidential", "tlp": "RED"})
    made = await officer.make("/commitments", body | {"promised_to": party["id"], "engagement": meeting["id"]})
    assert (made["label"]["sensitivity"], made["label"]["tlp"]) == ("strictly-confidential", "RED")
