"""R4: people are protected. Unanswered review restricts; erasure leaves a pseudonym and nothing else."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest

from chassis.principal import system_principal
from chassis.visibility import parameters
from deploy.postgres.bootstrap import DatabaseUrls
from services.liaison.contacts.actions import announce_reviews, restrict_unreviewed
from tests.services.liaison.contacts.conftest import Desk, new_name

WHERE_PERSONS_LIE = (
    "contacts", "positions", "mergers", "screenings", "outbox", "audit", "idempotency_keys",
    "handovers", "handover_origins", "handover_quarantine",
)  # fmt: skip
SOON = str((datetime.now(UTC) + timedelta(days=3)).date())


async def let_review_lapse(liaison: httpx.AsyncClient, databases: dict[str, DatabaseUrls], contact: str) -> None:
    """What a year does: the review date passes, and the job comes round."""
    database: Any = liaison.app.state.database  # type: ignore[attr-defined]
    # In a thread: a lock that the service's jobs hold in this very loop could otherwise never be given back.
    await asyncio.to_thread(run_unseen, databases, "update contacts set review_on = current_date - 1 where id = %s", [contact])
    async with database.transaction(system_principal("liaison")) as session:
        await restrict_unreviewed(session)


async def test_r4_an_unanswered_review_restricts_at_every_door(
    desk: Desk, head: Desk, liaison: httpx.AsyncClient, databases: dict[str, DatabaseUrls]
) -> None:
    person = await desk.enter(positions=[{"organization": "Ministry", "title": "Deputy", "valid_from": "2024-01-01"}])
    key = person["id"]
    reading = [f"/contacts/{key}", f"/contacts/{key}/positions", f"/contacts/{key}/export"]
    for path in reading:
        await desk.get(path)
    await let_review_lapse(liaison, databases, key)

    for path in reading:
        assert (await desk.client.get(f"/v1{path}", headers=desk.headers)).status_code == 404, path
    for verb, body in (("review", {}), ("merge", {"into": key}), ("unmerge", None)):
        assert (await desk.post(f"/contacts/{key}/{verb}", body)).status_code == 404, verb
    assert await desk.find(q=person["name"]) == []
    for file in ("file.csv", "file.vcf"):
        answer = await desk.client.get(f"/v1/contacts/{file}", params={"q": person["name"]}, headers=desk.headers)
        assert person["name"].split()[0] not in answer.text
    assert (await desk.post("/contacts", {"name": person["name"], "purpose": "Talks"})).status_code == 201

    assert (await head.get(f"/contacts/{key}"))["state"] == "restricted"
    assert key in await head.find(state="restricted")
    assert (await head.post(f"/contacts/{key}/review", {"purpose": "Still needed"})).status_code == 200
    assert (await desk.get(f"/contacts/{key}"))["purpose"] == "Still needed"


async def test_r4_reviews_that_fall_due_are_listed_and_answered(desk: Desk) -> None:
    person = await desk.enter(review_on=SOON)
    assert person["id"] in await desk.find(review_due=SOON)
    answered = await desk.post(f"/contacts/{person['id']}/review", {})
    assert answered.json()["review_on"] > SOON
    assert answered.json()["reviewed_at"]
    assert person["id"] not in await desk.find(review_due=SOON)
    past = await desk.post(f"/contacts/{person['id']}/review", {"review_on": "2020-01-01"})
    assert past.json()["type"].endswith("/wrong-review-date")


async def test_r4_the_export_of_a_person_is_complete(desk: Desk) -> None:
    person = await desk.enter(
        notes="Prefers Dari.", positions=[{"organization": "Ministry", "title": "Deputy", "valid_from": "2024-01-01"}]
    )
    other = await desk.enter()
    party = await desk.party("government")
    meetings = [await desk.engagement([party["id"]], contacts=[each["id"]]) for each in (person, other)]
    await desk.engagement([party["id"]])
    await desk.post(f"/contacts/{other['id']}/merge", {"into": person["id"]})
    await desk.post(f"/contacts/{person['id']}/positions/{person['positions'][0]['id']}/void")
    held = await desk.get(f"/contacts/{person['id']}/export")
    assert {each["name"] for each in held["records"]} == {person["name"], other["name"]}
    assert [each["void"] for each in held["positions"]] == [False, True]
    assert [each["merged"] for each in held["mergers"]] == [other["id"]]
    assert {each["id"] for each in held["engagements"]} == {each["id"] for each in meetings}
    assert held["records"][0]["notes"] == "Prefers Dari." or held["records"][1]["notes"] == "Prefers Dari."


async def test_r4_erasure_leaves_a_pseudonym_and_nothing_else(desk: Desk, head: Desk, databases: dict[str, DatabaseUrls]) -> None:
    secret, key = new_name(), str(uuid4())
    body = {"name": secret, "purpose": f"Talks with {secret}", "notes": f"{secret} is ill."}
    body |= {"positions": [{"organization": f"Office of {secret}", "title": "Head", "valid_from": "2024-01-01"}]}
    person = (await desk.post("/contacts", body, **{"idempotency-key": key})).json()
    merged = await desk.enter(name=f"{secret} Junior", confirmed_distinct_from=[person["id"]])
    await desk.post(f"/contacts/{merged['id']}/merge", {"into": person["id"]})

    assert (await desk.post(f"/contacts/{person['id']}/erase", {"reason": "Asked for."})).status_code == 403
    erased = await head.post(f"/contacts/{person['id']}/erase", {"reason": "Asked for."})
    assert erased.status_code == 200, erased.text
    assert erased.json()["name"] == f"Person {person['id'][-6:].upper()}"

    replayed = await desk.post("/contacts", body, **{"idempotency-key": key})
    assert replayed.status_code == 410
    assert await desk.find(q=secret) == []
    for contact in (person["id"], merged["id"]):
        held = await head.get(f"/contacts/{contact}/export")
        assert secret not in json.dumps(held)
        assert held["positions"] == []
    for table in WHERE_PERSONS_LIE:
        assert secret.split()[0] not in repr(await asyncio.to_thread(run_unseen, databases, f"select * from {table}", [])), table
    assert (await head.post(f"/contacts/{person['id']}/erase", {"reason": "Again."})).status_code == 409


async def test_r4_erasure_lists_who_was_given_copies(desk: Desk, head: Desk) -> None:
    person, other = await desk.enter(), await desk.enter()
    party = await desk.party("government")
    meeting = await desk.engagement([party["id"]], contacts=[person["id"]])
    given_out = {
        f"/contacts/file.csv?q={person['name']}": "downloadContactsCsv",
        f"/contacts/file.vcf?q={person['name']}": "downloadContactsVcard",
        f"/contacts/{person['id']}/export": "exportContact",
        f"/engagements/{meeting['id']}/brief/docx": "readBriefDocx",
    }
    for path in given_out:
        assert (await desk.client.get(f"/v1{path}", headers=desk.headers)).status_code == 200, path
    package = {"office": "centre", "name": "The Centre", "countries": ["TJK"], "period_begin": "2007-12-10", "period_end": "2030-12-31"}
    assert (await head.post("/handovers/export", package)).status_code == 200
    await desk.get(f"/contacts/{person['id']}")

    assert (await desk.client.get(f"/v1/contacts/{person['id']}/issued-copies", headers=desk.headers)).status_code == 403
    listed = (await head.get(f"/contacts/{person['id']}/issued-copies"))["items"]
    assert [each["operation"] for each in listed] == [*given_out.values(), "exportHandover"]
    assert {each["actor"] for each in listed} == {"political-officer", "head-of-centre"}
    erased = await head.step(f"/contacts/{person['id']}/erase", {"reason": "Asked for."})
    assert erased["issued_copies"] == listed
    assert (await head.get(f"/contacts/{person['id']}/issued-copies"))["items"] == listed
    nobody = await head.step(f"/contacts/{other['id']}/erase", {"reason": "Asked for."})
    assert [each["operation"] for each in nobody["issued_copies"]] == ["exportHandover"]


async def test_r4_a_stored_package_does_not_outlive_the_persons_in_it(desk: Desk, head: Desk) -> None:
    person, key = await desk.enter(), {"idempotency-key": str(uuid4())}
    package = {"office": "centre", "name": "The Centre", "countries": ["TJK"], "period_begin": "2007-12-10", "period_end": "2030-12-31"}
    assert (await head.post("/handovers/export", package, **key)).status_code == 200
    await head.step(f"/contacts/{person['id']}/erase", {"reason": "Asked for."})
    assert (await head.post("/handovers/export", package, **key)).status_code == 410


async def test_r4_a_review_that_falls_due_is_announced_once(
    desk: Desk, liaison: httpx.AsyncClient, databases: dict[str, DatabaseUrls]
) -> None:
    soon, later = await desk.enter(review_on=SOON), await desk.enter()
    database: Any = liaison.app.state.database  # type: ignore[attr-defined]

    async def announced() -> list[tuple[str, str]]:
        """Two rounds of the job, and what was announced of the two by now: the contact, and its review date."""
        for _ in range(2):
            async with database.transaction(system_principal("liaison")) as session:
                await announce_reviews(session)
        query = (
            "select event->'data'->>'id', event->'data'->>'review_on' from outbox"
            " where type = 'liaison.contacts.review-due.v1' and event->'data'->>'id' in (%s, %s) order by seq"
        )
        return await asyncio.to_thread(run_unseen, databases, query, [soon["id"], later["id"]])

    assert await announced() == [(soon["id"], SOON)]
    assert (await desk.get(f"/contacts/{soon['id']}"))["version"] == soon["version"], "a reminder is no change"
    await desk.post(f"/contacts/{soon['id']}/review", {})
    assert await announced() == [(soon["id"], SOON)], "answered: the next one is a year away"
    again = str((datetime.now(UTC) + timedelta(days=20)).date())
    await desk.post(f"/contacts/{soon['id']}/review", {"review_on": again})
    assert await announced() == [(soon["id"], SOON), (soon["id"], again)]


def run_unseen(databases: dict[str, DatabaseUrls], statement: str, values: list[str]) -> list[Any]:
    """Run a statement as the owner, who sees every row."""
    with psycopg.connect(databases["liaison"].owner_url.replace("+psycopg", "")) as connection:
        for name, value in parameters(system_principal("liaison")).items():
            connection.execute("select set_config(%s, %s, true)", [name, value])
        done = connection.execute(statement.encode(), values)
        return done.fetchall() if done.description else []


@pytest.mark.parametrize("role", ["analyst", "coordination-officer"])
async def test_who_does_not_talk_with_people_changes_nothing(desk: Desk, as_: Any, role: str) -> None:
    person = await desk.enter()
    other = Desk(desk.client, as_(role))
    assert (await desk.post(f"/contacts/{person['id']}/review", {})).status_code == 200
    assert (await other.post(f"/contacts/{person['id']}/review", {})).status_code == 403
