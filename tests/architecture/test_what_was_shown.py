"""What an answer shows is in the audit row of its request, whatever the operation (R17).

One platform with something in every collection; every operation that reads is asked by everybody who
may, and every id that stands anywhere in an answer is looked for in the rows of that request.
"""

import ast
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any, get_args
from uuid import uuid4

import httpx
import pytest

from chassis.operation import Operation
from deploy.environment import SERVICES
from deploy.places import PROJECT
from tests.architecture.apps import app_of
from tests.architecture.shown_reader import PEOPLE, Reader, Row, ids_in, read_operations
from tests.architecture.test_api import routes_of

READS = {each.name: each for each in read_operations() if each.method == "GET"}
UNREACHED = {
    "streamEvents": "never ends: it has a test of its own below",
}
# What they show has no id of its own: the row names what was asked about.
NAMELESS = {
    "countIncidents",
    "listAuditKeys",
    "listHandoverSeries",
    "listIssuedCopies",
    "listRejections",
    "locatePoint",
    "mapIncidents",
    "proveAuditLog",
    "readCoverage",
    "readMentions",
    "readPartyHistory",
    "readReconciliation",
    "readSanctionsList",
    "readTimeline",
    "readWhoami",
}
# What a file holds, besides what it is called.
FILES = {
    "downloadContactsCsv": ["contact_id"],
    "downloadContactsVcard": ["contact_id"],
    "exportIncidents": ["incident_id"],
    "readCalendarFeed": ["engagement_id"],
    "readCalendarFile": ["engagement_id"],
    "readBriefDocx": ["engagement_id", "party_id"],
    "readBriefPdf": ["engagement_id", "party_id"],
    "readReportHtml": ["report_id"],
    "readReportPdf": ["report_id"],
    "readAttachment": ["letter_id", "attachment_id"],
    "readHandoverAttachment": ["handover_id", "digest"],
}
# Rows of the trail are named by their own ids: they never change, and hold what they name.
OF_THE_TRAIL = {"listAudit", "listRoots", "listSeals", "proveAuditRow"}


def shown_by(reader: Reader, operation: str, answer: httpx.Response) -> Iterator[str]:
    """The ids in an answer; of a file those of what it is known to hold."""
    if operation in FILES:
        yield from (reader.world.ids[name] for name in FILES[operation])
    elif operation in OF_THE_TRAIL:
        told = answer.json()
        yield from (each["id"] for each in told.get("items", [told]))
    else:
        yield from ids_in(answer.json())


def missing_in(reader: Reader, operation: str, answer: httpx.Response) -> list[str]:
    """What is shown and not in the rows of the request; `no row` when there is none."""
    rows = reader.trail.of(answer)
    if str(answer.status_code) not in outcomes(rows, operation):
        return ["no row"]
    noted = {each for row in rows for each in row.ids}
    shown = shown_by(reader, operation, answer) if answer.is_success else ()
    return sorted(set(shown) - noted)


def outcomes(rows: list[Row], operation: str) -> list[str]:
    return [row.outcome for row in rows if row.operation == operation]


async def test_every_id_of_every_answer_is_in_its_audit_row(reader: Reader) -> None:
    found: dict[str, Any] = {}
    for name in sorted(READS.keys() - UNREACHED.keys()):
        asks = "" if name == "readCalendarFeed" else reader.who(name)
        answer = await reader.ask(asks, "GET", reader.address(READS[name]))
        assert answer.status_code == 200, (name, answer.text[:300])
        if missing := missing_in(reader, name, answer):
            found[name] = missing[:3]
        has_ids = any(shown_by(reader, name, answer))
        assert has_ids != (name in NAMELESS), f"{name} has nothing to show: {answer.text[:200]}"
    assert found == {}


@pytest.mark.parametrize("person", PEOPLE)
async def test_so_it_is_for_everybody_who_may(reader: Reader, person: str) -> None:
    """Each audience is shown models of its own. Files are the same for all who may have them."""
    mine = reader.may[person] & (READS.keys() - UNREACHED.keys() - FILES.keys())
    assert "readWhoami" in mine
    found = {}
    for name in sorted(mine):
        answer = await reader.ask(person, "GET", reader.address(READS[name]))
        assert answer.status_code in (200, 404), (name, answer.text[:300])
        if missing := missing_in(reader, name, answer):
            found[name] = missing[:3]
    assert found == {}


@pytest.mark.parametrize("form", ["csv", "hxl", "geojson"])
async def test_an_export_names_each_incident_in_it(reader: Reader, form: str) -> None:
    answer = await reader.ask("analyst", "GET", f"/incidents/export?format={form}&country=TJK")
    listed = await reader.people.get("analyst", "/incidents?country=TJK&limit=200")
    rows = [row for row in reader.trail.of(answer) if row.operation == "exportIncidents"]
    # A row before the first byte, and one with the hash behind the last.
    assert sorted(row.outcome for row in rows) == ["200", "sent"]
    [row] = [row for row in rows if row.outcome == "200"]
    held = {each["id"] for each in listed["items"] if each["id"] in answer.text}
    assert len(held) > 5
    assert held <= set(row.ids)


async def test_an_incident_names_all_its_accounts(reader: Reader) -> None:
    address = f"/incidents/{reader.world.ids['incident_id']}"
    answer = await reader.ask("analyst", "GET", address)
    accounts = [each["observation"]["id"] for each in answer.json()["accounts"]]
    [row] = reader.trail.of(answer)
    assert len(accounts) > 1
    assert {*accounts, answer.json()["id"]} <= set(row.ids)


async def test_each_streamed_event_is_a_row_with_its_subject(reader: Reader) -> None:
    incident = reader.world.ids["incident_id"]
    headers = reader.people.headers("analyst")
    async with reader.people.http.stream("GET", "/v1/events", headers=headers) as answer:
        lines = answer.aiter_lines()
        assert await anext(lines) == ": welcome"
        grade = {"reliability": "A", "credibility": 1}
        await reader.people.post("analyst", f"/incidents/{incident}/grade", grade)
        told = [line async for line in until_told(lines, incident)]
        event = json.loads(told[-1].removeprefix("data: "))
        rows = reader.trail.of(answer)
    assert (event["type"], event["subject"]["id"]) == ("reports.incidents.graded.v1", incident)
    noted = [row.ids for row in rows if row.operation == "streamEvents"]
    assert [event["id"], incident] in noted


async def until_told(lines: AsyncIterator[str], subject: str) -> AsyncIterator[str]:
    """The lines up to the event of a grade of `subject`."""
    async for line in lines:
        yield line
        if line.startswith("data: ") and subject in line and ".graded." in line:
            return


async def test_a_repetition_names_what_the_first_answer_named(reader: Reader) -> None:
    """A slug, too, which is found in no text."""
    key, slug = str(uuid4()), f"shown-{uuid4().hex[:8]}"
    body = {"id": slug, "name": "Shown", "kind": "regional-organization"}
    headers = {"idempotency-key": key}
    asks = reader.who("registerOrganization")
    for outcome in ("201", "201"):
        answer = await reader.ask(asks, "POST", "/organizations", json=body, headers=headers)
        [row] = reader.trail.of(answer)
        assert (row.operation, row.outcome, row.ids) == ("registerOrganization", outcome, [slug])
    assert answer.headers["idempotency-replayed"] == "true"


def test_the_operations_that_are_not_asked_are_few() -> None:
    assert len(UNREACHED) <= 10
    assert UNREACHED.keys() | NAMELESS | FILES.keys() | OF_THE_TRAIL <= READS.keys()


@pytest.mark.parametrize("service", SERVICES)
def test_every_answer_in_json_has_a_model_of_its_own(service: str) -> None:
    """What is noted is what a model holds: an answer without one would be noted nowhere."""
    without = [
        operation["operationId"]
        for methods in app_of(service).openapi()["paths"].values()
        for operation in methods.values()
        for status, answer in operation["responses"].items()
        if status.startswith("2") and answer.get("content", {}).get("application/json", {}).get("schema", None) == {}
    ]
    assert without == []


@pytest.mark.parametrize("service", SERVICES)
def test_every_model_of_an_operation_is_noted_as_it_leaves(service: str) -> None:
    """Also where FastAPI takes the model from what an endpoint is annotated with."""
    routes = [each for each in routes_of(service) if isinstance(each, Operation)]
    modelled = [each for each in routes if each.response_model is not None]
    assert len(modelled) >= 8
    noting = "chassis.routes._note"
    assert [each.operation_id for each in modelled if noting not in {_name_of(part) for part in get_args(each.response_model)[1:]}] == []


def _name_of(part: Any) -> str:
    func = getattr(part, "func", None)
    return f"{func.__module__}.{func.__name__}" if func else ""


def test_no_attribute_of_a_row_is_passed_through() -> None:
    """An answer says what is listed: a new column stays inside (docs/decisions/0073)."""
    found = [
        f"{path.relative_to(PROJECT)}: {node.name}"
        for path in PROJECT.glob("services/**/*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.name in ("__getattr__", "__getattribute__")
    ]
    assert found == []


def test_no_answer_is_made_by_taking_fields_out_of_another() -> None:
    """`model_copy` and `model_dump` of an answer would show what nobody has listed."""
    found = []
    for path in PROJECT.glob("services/*/*/queries/**/*.py"):
        found += _taken_from_answers(path.relative_to(PROJECT).as_posix(), path.read_text())
    for path in PROJECT.glob("services/*/*/queries.py"):
        found += _taken_from_answers(path.relative_to(PROJECT).as_posix(), path.read_text())
    assert found == []


def _taken_from_answers(name: str, source: str) -> list[str]:
    """Functions that build a model for outside out of the whole one."""
    return [
        f"{name}: {node.name}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and "outside" in node.name
        if any(word in ast.unparse(node) for word in ("model_copy", "model_dump", "exclude="))
    ]
