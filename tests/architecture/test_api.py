"""The API keeps its conventions: every route authenticated, permitted to somebody, documented; one valid document."""

import inspect
import json
import re
from typing import Any

import pytest
from fastapi.routing import APIRoute
from openapi_spec_validator import validate
from pydantic import TypeAdapter

from chassis.described import ANSWERS
from chassis.errors import Problem
from chassis.openapi import merge
from chassis.operation import Operation
from chassis.routes import StrictRoute
from deploy.compatibility import unlisted
from deploy.environment import SERVICES
from deploy.places import PUBLISHED
from services.gateway.routing.rules import OWNERS
from tests.architecture.apps import app_of, parameters_of

# Answered before anybody is known, or about the process itself; the door guards what needs it.
OPEN = {"issueToken", "revokeToken", "signIn", "signOut", "streamEvents", "readCalendarFeed"}
OPERATIONS = [
    (service, path, method, operation)
    for service in SERVICES
    for path, methods in app_of(service).openapi()["paths"].items()
    for method, operation in methods.items()
]
IDS = [f"{service}:{operation['operationId']}" for service, _, _, operation in OPERATIONS]


def routes_of(service: str) -> list[APIRoute]:
    """All routes that are in the document."""
    found: list[APIRoute] = []

    def collect(routes: Any) -> None:
        for route in routes:
            if isinstance(route, APIRoute) and route.include_in_schema:
                found.append(route)
            for inner in ("routes", "original_router"):
                nested = getattr(route, inner, None)
                if nested is not None and not isinstance(route, APIRoute):
                    collect(getattr(nested, "routes", nested))

    collect(app_of(service).router.routes)
    return found


@pytest.mark.parametrize("service", SERVICES)
def test_every_route_is_an_operation_that_authenticates_and_authorizes(service: str) -> None:
    routes = routes_of(service)
    assert len(routes) >= 10
    assert {str(route.operation_id) for route in routes if not isinstance(route, Operation)} <= OPEN
    assert [route for route in routes if not isinstance(route, StrictRoute)] == []


def calls_of(dependant: Any) -> set[Any]:
    """All functions a route depends on."""
    return {each.call for each in dependant.dependencies}.union(*(calls_of(each) for each in dependant.dependencies))


@pytest.mark.parametrize("service", SERVICES)
def test_no_function_that_a_route_depends_on_is_sent_to_a_thread_and_back(service: str) -> None:
    calls = {call for route in routes_of(service) if isinstance(route, Operation) for call in calls_of(route.dependant)}
    assert calls
    assert [each.__qualname__ for each in calls if not inspect.isclass(each) and not inspect.iscoroutinefunction(each)] == []


@pytest.mark.parametrize(("service", "path", "method", "operation"), OPERATIONS, ids=IDS)
def test_every_operation_is_permitted_to_somebody_and_says_what_it_does(service: str, path: str, method: str, operation: Any) -> None:
    name = operation["operationId"]
    assert re.fullmatch(r"[a-z][A-Za-z0-9]+", name)
    assert operation.get("summary") or operation.get("description")
    assert {"401", "403"} <= set(operation["responses"])
    if name not in OPEN or name == "streamEvents":
        assert f'Action::"{name}"' in app_of(service).state.policy.text, "no policy permits it to anybody"
    if path.startswith("/v1/"):
        collection = path.split("/")[2]
        assert OWNERS.get(collection, "gateway") == service, "the gateway would look for it elsewhere"


@pytest.mark.parametrize("service", SERVICES)
def test_every_described_query_parameter_is_one_its_route_knows(service: str) -> None:
    described = {
        operation["operationId"]: {each["name"] for each in parameters_of(operation, app_of(service).openapi()) if each["in"] == "query"}
        for owner, _, _, operation in OPERATIONS
        if owner == service
    }
    routes = [route for route in routes_of(service) if isinstance(route, StrictRoute)]
    assert {str(each.operation_id): set(each.parameters) for each in routes} == described


@pytest.mark.parametrize("service", SERVICES)
def test_no_policy_permits_what_does_not_exist(service: str) -> None:
    known = {operation["operationId"] for owner, _, _, operation in OPERATIONS if owner == service}
    assert set(re.findall(r'Action::"(\w+)"', app_of(service).state.policy.text)) <= known


def test_operation_ids_are_unique_and_the_document_is_valid() -> None:
    names = [operation["operationId"] for _, _, _, operation in OPERATIONS]
    assert len(names) == len(set(names))
    validate(merge("Good Offices", [app_of(service).openapi() for service in SERVICES]))


@pytest.mark.parametrize("service", SERVICES)
def test_every_example_of_a_request_is_accepted(service: str) -> None:
    shown = {
        operation["operationId"]: operation["requestBody"]["content"].get("application/json", {}).get("example")
        for owner, _, _, operation in OPERATIONS
        if owner == service and "requestBody" in operation
    }
    routes = [route for route in routes_of(service) if route.body_field and shown[str(route.operation_id)]]
    assert routes
    for route in routes:
        TypeAdapter(route.body_field.field_info.annotation).validate_python(shown[str(route.operation_id)])  # type: ignore[union-attr]


def test_every_operation_shows_an_example_of_its_answer() -> None:
    without = [
        (path, method, status)
        for service in SERVICES
        for path, operations in app_of(service).openapi()["paths"].items()
        for method, operation in operations.items()
        for status, answer in operation["responses"].items()
        for kind, media in answer.get("content", {}).items()
        if "json" in kind and "example" not in media
    ]
    assert without == []


def whole() -> Any:
    """The description of the platform."""
    return merge("Good Offices", [app_of(service).openapi() for service in SERVICES])


def test_every_problem_of_ours_is_shown_where_it_may_be_answered() -> None:
    answers = whole()["components"]["responses"]
    shown: dict[str, tuple[str, int]] = {}
    for name, answer in answers.items():
        for slug, example in answer["content"]["application/problem+json"]["examples"].items():
            document = example["value"]
            assert document["type"].endswith(f"/{slug}")
            assert document["status"] in {status for status, (begin, _) in ANSWERS.items() if name.startswith(begin)}, name
            shown[slug] = (document["title"], document["status"])
    ours: list[type[Problem]] = [Problem]
    while ours:
        problem = ours.pop()
        ours += problem.__subclasses__()
        if problem.__module__.startswith("services.") and problem.status in ANSWERS:
            assert shown.get(problem.slug, (None, None))[1] == problem.status, problem


def test_the_description_is_small_and_says_which_headers_are_read_and_sent() -> None:
    document = whole()
    assert len(json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()) < 700_000
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            taken = json.dumps(operation.get("parameters", []))
            if operation["operationId"] in OPEN:
                continue
            assert ("parameters/IdempotencyKey" in taken) == (method == "post"), path
            if method in ("put", "patch", "delete"):
                assert "parameters/IfMatch" in taken, path
            sent = [each.get("headers", {}) for status, each in operation["responses"].items() if status[0] == "2"]
            assert all("X-Request-Id" in each and "RateLimit" in each for each in sent), path


# Files, not fields: what is in them is described where they are.
FILES = {
    "text/csv",
    "text/vcard",
    "application/xml",
    "application/cap+xml",
    "application/atom+xml",
    "application/rss+xml",
    "text/tab-separated-values",
    "application/zip",
    "application/gzip",
    "application/x-gzip",
    "application/octet-stream",
}


def test_every_request_body_shows_an_example_or_is_a_file() -> None:
    without = [
        (operation["operationId"], kind)
        for *_, operation in OPERATIONS
        for kind, media in operation.get("requestBody", {}).get("content", {}).items()
        if "example" not in media
    ]
    assert [each for each in without if each[1] not in FILES] == []


@pytest.mark.parametrize(("service", "path", "method", "operation"), OPERATIONS, ids=IDS)
def test_every_operation_says_who_may_and_how_it_refuses(service: str, path: str, method: str, operation: Any) -> None:
    opened = operation["operationId"] in OPEN - {"streamEvents"}
    assert operation["security"] == ([] if opened else [{"clientCredentials": []}, {"session": []}])
    declared = set(operation["responses"])
    assert {"401", "403", "429", "503"} <= declared
    assert ("428" in declared) == (method in ("put", "patch", "delete") and not opened)
    kinds = set(operation.get("requestBody", {}).get("content", {}))
    assert ("415" in declared) == bool(kinds & FILES or "application/x-ndjson" in kinds)
    assert method == "get" or "413" in declared
    assert "{" not in path or "404" in declared


def test_the_published_openapi_is_up_to_date() -> None:
    published = json.loads((PUBLISHED / "openapi.json").read_text())
    assert published == merge("Good Offices", [app_of(service).openapi() for service in SERVICES]), "write it anew: make openapi"


def test_nothing_the_last_release_promised_is_taken_away() -> None:
    assert unlisted(PUBLISHED, whole()) == [], "additive change only within /v1 (docs/decisions/0007, tightened.md)"


@pytest.mark.parametrize(("service", "path", "method", "operation"), OPERATIONS, ids=IDS)
def test_what_can_be_read_bears_a_label(service: str, path: str, method: str, operation: Any) -> None:
    """Every single resource that GET shows has its label, or is one of those that speak of no case."""
    if method != "get" or not path.endswith("}") or operation["operationId"] in UNLABELLED:
        return
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    name = schema["$ref"].rsplit("/", 1)[-1]
    assert "label" in app_of(service).openapi()["components"]["schemas"][name]["properties"]


# A client is an access right, a feed and its receipts are the platform's own plumbing: administrators' and owners' only.
UNLABELLED = {"readClient", "readFeed", "readSubmission"}
