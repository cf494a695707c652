"""R1 and R2 under concurrency: requests that really run at once, and no interleaving that lets one through."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx

from tests.services.liaison.conftest import Json, Officer

PAIRS = 50
WITHDRAWN = {"reason": "Withdrawn."}


async def prepared(officer: Officer) -> tuple[Json, Json]:
    """A concurrence in force, and a meeting it covers."""
    party = await officer.party()
    granted = await officer.concurrence("TJK", [party["id"]])
    return granted, await officer.engagement([party["id"]])


async def race(officer: Officer, verb: str, pairs: list[tuple[Json, Json]]) -> list[httpx.Response]:
    """Every pair's step and withdrawal at once; the withdrawals' answers are checked, the steps' given."""
    requests: list[Any] = []
    for number, (granted, meeting) in enumerate(pairs):
        both = [officer.post(f"/engagements/{meeting['id']}/{verb}"), officer.post(f"/concurrences/{granted['id']}/withdraw", WITHDRAWN)]
        requests += both if number % 2 else both[::-1]
    answers = await asyncio.gather(*requests)
    steps = []
    for number in range(len(pairs)):
        step, withdrawal = answers[2 * number : 2 * number + 2] if number % 2 else answers[2 * number : 2 * number + 2][::-1]
        assert withdrawal.status_code == 200, withdrawal.text
        steps.append(step)
    return steps


async def test_r2_fifty_schedules_against_fifty_withdrawals_at_once_leave_nothing_scheduled(officer: Officer) -> None:
    pairs = [await prepared(officer) for _ in range(PAIRS)]
    for (_, meeting), answer in zip(pairs, await race(officer, "schedule", pairs), strict=True):
        state = (await officer.get(f"/engagements/{meeting['id']}"))["state"]
        assert (answer.status_code, state) in [(200, "suspended"), (409, "proposed")]
    # The same requests without a withdrawal pass: it was the withdrawal that stopped them.
    granted, meeting = await prepared(officer)
    assert granted["standing"] == "in-force"
    await officer.step(f"/engagements/{meeting['id']}/schedule")


async def test_r2_what_is_held_against_a_withdrawal_was_held_before_it_or_not_at_all(officer: Officer) -> None:
    pairs = [await prepared(officer) for _ in range(PAIRS)]
    for _, meeting in pairs:
        await officer.step(f"/engagements/{meeting['id']}/schedule")
    for (granted, meeting), answer in zip(pairs, await race(officer, "hold", pairs), strict=True):
        found = await officer.get(f"/engagements/{meeting['id']}")
        assert (answer.status_code, found["state"]) in [(200, "held"), (409, "suspended")]
        withdrawn = await officer.get(f"/concurrences/{granted['id']}")
        if found["state"] == "held" and found["held_at"] > withdrawn["withdrawn_from"]:
            assert found["held_after_withdrawal"], "whoever was a moment late is flagged"


async def test_two_grants_at_once_grant_once(officer: Officer) -> None:
    party = await officer.party()
    asked = [await officer.request("TJK", [party["id"]]) for _ in range(10)]
    answers = await asyncio.gather(*(officer.post(f"/concurrences/{each['id']}/grant") for each in asked for _ in range(2)))
    for number in range(len(asked)):
        assert sorted(answer.status_code for answer in answers[2 * number : 2 * number + 2]) == [200, 409]


async def test_r1_what_is_edited_while_it_is_scheduled_is_not_scheduled_unjudged(officer: Officer) -> None:
    party, other = [await officer.party() for _ in range(2)]
    await officer.concurrence("TJK", [party["id"]])
    for _ in range(10):
        meeting = await officer.engagement([party["id"]])
        kept = {name: meeting[name] for name in ("kind", "title", "countries", "themes", "starts_at", "ends_at")}
        edit = officer.client.put(
            f"/v1/engagements/{meeting['id']}", json=kept | {"parties": [other["id"]]}, headers=officer.headers | {"if-match": "*"}
        )
        schedule, edited = await asyncio.gather(officer.post(f"/engagements/{meeting['id']}/schedule"), edit)
        assert edited.status_code == 200
        assert schedule.status_code in (200, 409, 412)
        found = await officer.get(f"/engagements/{meeting['id']}")
        assert (found["state"], found["parties"], found["concurrences"]) == ("proposed", [other["id"]], [])


async def test_r1_fifty_schedules_against_fifty_changes_of_a_partys_countries_leave_nothing_unconcurred(officer: Officer) -> None:
    pairs = []
    for _ in range(PAIRS):
        party = await officer.party()
        await officer.concurrence("TJK", [party["id"]])
        pairs.append((party, await officer.engagement([party["id"]])))
    requests: list[Any] = []
    for number, (party, meeting) in enumerate(pairs):
        body = {"kind": party["kind"], "name": party["name"], "countries": ["TJK", "KGZ"]}
        change = officer.client.put(f"/v1/parties/{party['id']}", json=body, headers=officer.headers | {"if-match": "*"})
        both = [officer.post(f"/engagements/{meeting['id']}/schedule"), change]
        requests += both if number % 2 else both[::-1]
    statuses = [answer.status_code for answer in await asyncio.gather(*requests)]
    for number, (_, meeting) in enumerate(pairs):
        both = statuses[2 * number : 2 * number + 2]
        schedule, changed = both if number % 2 else both[::-1]
        found = await officer.get(f"/engagements/{meeting['id']}")
        assert (schedule, changed, found["state"]) in [(200, 200, "suspended"), (409, 200, "proposed")]


async def test_r1_fifty_follow_ups_of_an_encounter_against_fifty_withdrawals_at_once(officer: Officer, head: Officer) -> None:
    pairs = []
    for _ in range(PAIRS):
        party = await officer.party()
        times = {"starts_at": "2026-01-01T09:00:00Z", "ends_at": "2026-01-01T09:10:00Z"}
        about = {"title": "At the airport", "parties": [party["id"]], "countries": ["TJK"], "themes": ["border"]}
        met = await head.make("/engagements", {"kind": "unplanned-encounter"} | about | times)
        granted = await officer.concurrence("TJK", [party["id"]])
        pairs.append((granted, await officer.engagement([party["id"]], follows=met["id"])))
    for (_, meeting), answer in zip(pairs, await race(officer, "schedule", pairs), strict=True):
        state = (await officer.get(f"/engagements/{meeting['id']}"))["state"]
        assert (answer.status_code, state) in [(200, "suspended"), (409, "proposed")]


async def test_r1_one_encounter_recorded_by_many_at_once_is_recorded_once_and_by_the_head(officer: Officer, head: Officer) -> None:
    party, key = await officer.party(), {"idempotency-key": str(uuid4())}
    times = {"starts_at": "2026-01-01T09:00:00Z", "ends_at": "2026-01-01T09:10:00Z"}
    about = {"title": "At the airport", "parties": [party["id"]], "countries": ["TJK"], "themes": ["border"]}
    body = {"kind": "unplanned-encounter"} | about | times
    answers = await asyncio.gather(*((head if n % 2 else officer).post("/engagements", body, **key) for n in range(20)))
    assert {answer.status_code for answer in answers[::2]} <= {403, 409}
    assert {answer.status_code for answer in answers[1::2]} <= {201, 409}
    assert len((await officer.get(f"/engagements?party={party['id']}"))["items"]) == 1
