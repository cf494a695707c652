"""Recent incidents in the brief: heard of from reports, as they were when they were graded."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx

from chassis.columns import new_id, now
from chassis.inbox import Inbox
from chassis.outbox import envelope
from contracts.events.reports import IncidentDescribed, IncidentDiscarded
from contracts.labels import Label
from contracts.vocabulary import Sensitivity
from tests.clients import Headers
from tests.services.liaison.conftest import Json, Officer

AT = now().replace(microsecond=0)


def described(**more: Any) -> IncidentDescribed:
    """A graded incident on the border of Tajikistan, yesterday, as reports announces it."""
    label = {"originator": "centre", "sensitivity": "unclassified", "themes": ["border"], "countries": ["TJK"]}
    said = {
        "id": new_id(),
        "label": Label.model_validate(label | more.pop("label", {})),
        "reference": f"INC-2026-{new_id().hex[-8:]}",
        "title": "Shots at the canal",
        "occurred_at": AT - timedelta(days=1),
        "places": ["TJK"],
        "themes": ["border"],
        "reliability": "B",
        "credibility": 2,
        "graded_at": AT,
    }
    return IncidentDescribed.model_validate(said | more)


async def hear(officer: Officer, *incidents: IncidentDescribed | IncidentDiscarded) -> None:
    """Hand events of reports to liaison, as its inbox does."""
    inboxes: list[Inbox] = officer.client._transport.app.state.inboxes  # type: ignore[attr-defined]
    inbox = next(each for each in inboxes if each.source == "reports")
    for each in incidents:
        await inbox.handle(envelope(each, "test"))


async def shown(officer: Officer, meeting: Json) -> dict[str, Json]:
    """The incidents of the brief, by id, in order."""
    brief = await officer.get(f"/engagements/{meeting['id']}/brief")
    return {each["id"]: each for each in brief["incidents"]}


async def test_recent_incidents_of_the_meetings_countries_and_themes_are_told(officer: Officer) -> None:
    meeting = await officer.engagement([(await officer.party())["id"]])
    near, earlier = described(), described(occurred_at=AT - timedelta(days=80))
    others = [
        described(occurred_at=AT - timedelta(days=91)),
        described(places=["KAZ"]),
        described(themes=["water"]),
        described(occurred_at=AT + timedelta(days=1)),
    ]
    await hear(officer, earlier, near, *others)
    found = await shown(officer, meeting)
    assert [key for key in found if key in {str(near.id), str(earlier.id)}] == [str(near.id), str(earlier.id)], "newest first"
    assert not found.keys() & {str(each.id) for each in others}
    told = found[str(near.id)]
    assert (told["title"], told["reliability"], told["credibility"], told["countries"]) == ("Shots at the canal", "B", 2, ["TJK"])


async def test_a_later_grade_takes_the_place_of_an_earlier_one_and_never_the_other_way(officer: Officer) -> None:
    meeting = await officer.engagement([(await officer.party())["id"]])
    first = described()
    later = first.model_copy(update={"credibility": 5, "graded_at": AT + timedelta(minutes=1)})
    await hear(officer, later, first)
    assert (await shown(officer, meeting))[str(first.id)]["credibility"] == 5


async def test_a_discarded_incident_is_told_no_more_until_it_is_restored(officer: Officer) -> None:
    meeting = await officer.engagement([(await officer.party())["id"]])
    told = described(label={"sensitivity": "confidential"})
    less = told.label.model_copy(update={"sensitivity": Sensitivity.unclassified})
    await hear(officer, told, IncidentDiscarded(id=told.id, label=less))
    assert str(told.id) in await shown(officer, meeting), "who saw less than the grader discarded less"
    await hear(officer, IncidentDiscarded(id=told.id, label=told.label), IncidentDiscarded(id=new_id(), label=told.label))
    assert str(told.id) not in await shown(officer, meeting)
    await hear(officer, told)
    assert str(told.id) in await shown(officer, meeting)


async def test_r18_an_incident_above_the_readers_access_is_in_the_heads_brief_only(
    officer: Officer, head: Officer, liaison: httpx.AsyncClient, as_: Callable[..., Headers]
) -> None:
    junior = Officer(liaison, as_("political-officer", access="confidential"))
    meeting = await officer.engagement([(await officer.party())["id"]])
    strict, plain = described(label={"sensitivity": "strictly-confidential"}), described()
    await hear(officer, strict, plain)
    seen, seen_by_head = await shown(junior, meeting), await shown(head, meeting)
    assert {str(strict.id), str(plain.id)} <= seen_by_head.keys()
    assert str(strict.id) not in seen
    assert str(plain.id) in seen
