"""Every refusal of somebody known is a row of the trail with its outcome, whatever the operation (R17)."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.architecture.shown_reader import Operation, Reader, Row, ids_in, read_operations

# They know nobody: what is refused there is counted by address (tests/services/gateway/routing).
STRANGERS = {"issueToken", "revokeToken", "signIn", "signOut", "readCalendarFeed"}
OPERATIONS = [each for each in read_operations() if each.name not in STRANGERS]
ANY_VERSION = {"if-match": "*"}
Asked = dict[str, Any]


def with_unknown_parameter(operation: Operation) -> Asked | None:
    if operation.described.get("x-takes-any-query"):
        return None
    return {"params": {"canary": "1"}, "headers": ANY_VERSION, "status": {422}}


def with_a_false_cursor(operation: Operation) -> Asked | None:
    return {"params": {"cursor": "bm90LW91cnM="}, "status": {422}} if "cursor" in operation.queries else None


def with_a_body_of_another_kind(operation: Operation) -> Asked | None:
    """Of those that need one, and take no files: a delivery is refused row by row."""
    body = operation.described.get("requestBody", {})
    if not body.get("required") or list(body["content"]) != ["application/json"]:
        return None
    headers = {"content-type": "application/json"} | ANY_VERSION
    return {"content": b"[1]", "headers": headers, "status": {422}}


def without_a_version(operation: Operation) -> Asked | None:
    return {"status": {428}} if operation.method in ("PUT", "PATCH", "DELETE") else None


FLAWS = [with_unknown_parameter, with_a_false_cursor, with_a_body_of_another_kind, without_a_version]


async def refused(reader: Reader, person: str, operation: Operation, **asked: Any) -> str | None:
    """What is wrong with the row of a request that has to be refused."""
    wanted = asked.pop("status")
    answer = await reader.ask(person, operation.method, reader.address(operation), **asked)
    if answer.status_code not in wanted:
        return f"answered {answer.status_code}: {answer.text[:200]}"
    return flaw_of(reader.trail.of(answer), operation.name, answer, reader.client_of(person))


def flaw_of(rows: list[Row], operation: str, answer: httpx.Response, actor: str) -> str | None:
    mine = [row for row in rows if row.operation == operation]
    if [(row.outcome, row.actor) for row in mine] != [(str(answer.status_code), actor)]:
        return f"rows {rows}"
    missing = set(ids_in(answer.json())) - {each for row in mine for each in row.ids}
    return f"misses {missing}" if missing else None


@pytest.mark.parametrize("flawed", FLAWS, ids=[each.__name__ for each in FLAWS])
async def test_what_is_asked_wrongly_is_a_row(reader: Reader, flawed: Callable[[Operation], Asked | None]) -> None:
    asked = [(each, flaw) for each in OPERATIONS if (flaw := flawed(each))]
    assert len(asked) >= 8
    found = {}
    for operation, flaw in asked:
        person = reader.who(operation.name)
        if wrong := await refused(reader, person, operation, **flaw):
            found[operation.name] = wrong
    assert found == {}


async def test_what_one_may_not_do_is_a_row(reader: Reader) -> None:
    found, asked = {}, 0
    for operation in OPERATIONS:
        person = reader.who_not(operation.name)
        if person is None:
            continue
        asked += 1
        if wrong := await refused(reader, person, operation, status={403}, headers=ANY_VERSION):
            found[operation.name] = wrong
    assert asked > 200
    assert found == {}


def of_nothing() -> Iterator[Operation]:
    """Reads of one thing by its key."""
    for operation in OPERATIONS:
        if operation.method == "GET" and "{" in operation.path:
            yield operation


async def test_what_is_not_there_is_a_row_that_names_what_was_asked_for(reader: Reader) -> None:
    found = {}
    for operation in of_nothing():
        names = [each["name"] for each in operation.parameters if each["in"] == "path"]
        address = reader.address(operation, **{names[0]: (key := str(uuid4()))})
        answer = await reader.ask(reader.who(operation.name), "GET", address)
        rows = reader.trail.of(answer)
        named = [(row.operation, row.outcome, key in row.ids) for row in rows]
        if answer.status_code not in (404, 422) or named != [(operation.name, str(answer.status_code), True)]:
            found[operation.name] = (answer.status_code, rows)
    assert found == {}


async def test_a_stale_version_is_a_row(reader: Reader) -> None:
    effort = reader.world.ids["effort_id"]
    body = await reader.people.get("analyst", f"/efforts/{effort}")
    kept = {name: body[name] for name in ("kind", "title", "actors", "countries", "themes", "occurred_at")}
    stale = {"if-match": '"99"'}
    answer = await reader.ask("analyst", "PUT", f"/efforts/{effort}", json=kept, headers=stale)
    assert answer.status_code == 412
    assert flaw_of(reader.trail.of(answer), "editEffort", answer, "analyst") is None


async def test_a_conflict_names_what_it_conflicts_with(reader: Reader) -> None:
    """Persons who resemble one; parties for whom no concurrence holds."""
    known = await reader.people.get("political-officer", f"/contacts/{reader.world.ids['contact_id']}")
    again = {name: known[name] for name in ("name", "purpose", "countries")}
    twice = await reader.ask("political-officer", "POST", "/contacts", json=again)
    party = {"kind": "other-party", "name": "Without a word", "countries": ["TJK"]}
    alone = await reader.people.post("political-officer", "/parties", party)
    times = {"starts_at": "2034-05-01T09:00:00Z", "ends_at": "2034-05-01T10:00:00Z"}
    about = {"kind": "meeting", "title": "Talks", "countries": ["TJK"], "themes": ["border"]}
    body = about | times | {"parties": [alone["id"]]}
    meeting = await reader.people.post("political-officer", "/engagements", body)
    address = f"/engagements/{meeting['id']}/schedule"
    gated = await reader.ask("political-officer", "POST", address)
    for answer, operation in ((twice, "enterContact"), (gated, "scheduleEngagement")):
        assert answer.status_code == 409, answer.text
        assert any(ids_in(answer.json()))
        rows = reader.trail.of(answer)
        assert flaw_of(rows, operation, answer, "political-officer") is None


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/incidents/1/2/3", 404),
        ("DELETE", "/incidents", 405),
        ("DELETE", "/whoami", 405),
        ("POST", "/packages/1/2/3", 404),
    ],
)
async def test_an_address_that_no_route_serves_is_a_row(reader: Reader, method: str, path: str, status: int) -> None:
    answer = await reader.ask("analyst", method, path)
    assert answer.status_code == status
    assert flaw_of(reader.trail.of(answer), "unknownAddress", answer, "analyst") is None
