"""Every parameter of every operation takes hostile values without an error of ours, and repeats none of them."""

import json
from collections.abc import Awaitable, Callable, Iterator
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from deploy.environment import SERVICES
from deploy.postgres.bootstrap import DatabaseUrls
from services.gateway.identity.schemas import ROLES
from tests.architecture.apps import app_of, parameters_of
from tests.clients import Headers
from tests.services.gateway.people import Door

CANARY = "canary"
# As they stand in an address, percent-encoded already.
VALUES = (
    f"{CANARY}%00",
    f"%FF{CANARY}",
    "inf",
    "nan",
    "-1e999",
    "inf,inf,inf,inf",
    "9" * 400,
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59%2B23:59",
    quote("\u202e\u2066'\";--{}[]\\" + CANARY),
)
HEADERS = {
    "get": {"if-none-match": ('"', "*", "x" * 3000)},
    "post": {"if-match": ('"', 'W/"1"', '"1", "2"'), "idempotency-key": ("x" * 3000, "\x7f")},
}
KEY = "01939c5e-7a11-7d40-8a53-6d2b1e0f9c8a"
OWN_DOOR = {"issueToken", "revokeToken", "signIn", "signOut", "readCalendarFeed", "streamEvents"}


Clients = dict[str, httpx.AsyncClient]
May = Callable[[str, str], Awaitable[Headers]]


@pytest.fixture
def clients(liaison: httpx.AsyncClient, reports: httpx.AsyncClient, coordination: httpx.AsyncClient, gateway: httpx.AsyncClient) -> Clients:
    """Each service, behind its own door."""
    return {"liaison": liaison, "reports": reports, "coordination": coordination, "gateway": gateway}


def operations(service: str) -> Iterator[tuple[str, str, Any]]:
    """Path, method and description of each, but for those that know nobody or never end."""
    for path, methods in app_of(service).openapi()["paths"].items():
        for method, operation in methods.items():
            if operation["operationId"] not in OWN_DOOR:
                yield path, method, operation


def addresses(service: str, path: str, operation: Any) -> Iterator[str]:
    """The operation's address with one hostile parameter each."""
    parameters = parameters_of(operation, app_of(service).openapi())
    names = [each["name"] for each in parameters if each["in"] == "path"]
    sound = path
    for name in names:
        sound = sound.replace(f"{{{name}}}", KEY)
    for name in names:
        for value in VALUES:
            yield path.replace(f"{{{name}}}", value).replace("{", "").replace("}", "")
    for parameter in parameters:
        if parameter["in"] == "query":
            yield from (f"{sound}?{parameter['name']}={value}" for value in VALUES)
    yield f"{sound}?{CANARY}=1"
    yield f"{sound}/"


def who_may(service: str, operation: str) -> tuple[str, str]:
    """A role and an organization for which a policy permits it."""
    policy = app_of(service).state.policy
    for role in ROLES:
        organization = {"partner": "osce", "office": "hq", "feed": "unct-tjk"}.get(role, "centre")
        if policy._evaluate(frozenset({role}), organization, operation):
            return role, organization
    raise AssertionError(f"nobody may {operation}")


@pytest.fixture
def may(as_: Callable[..., Headers], clients: Clients, databases: dict[str, DatabaseUrls]) -> May:
    """Headers of somebody who may do an operation; at the gateway with a token of its own."""
    tokens: dict[tuple[str, str], Headers] = {}

    async def headers(service: str, operation: str) -> Headers:
        who = who_may(service, operation)
        if service != "gateway":
            return as_(who[0], organization=who[1])
        if who not in tokens:
            door = await Door.open(clients["gateway"], databases["gateway"].app_url)
            tokens[who] = await door.bearer(*who)
        return tokens[who]

    return headers


def check(answer: httpx.Response, asked: str) -> None:
    """No error of ours, no redirect, a problem document that repeats nothing."""
    # The gateway of these tests has nobody behind it.
    is_alone = answer.status_code == 503 and answer.json()["type"].endswith("/service-unavailable")
    assert answer.status_code < 500 or is_alone, (asked, answer.text[:300])
    assert not 300 <= answer.status_code < 400 or answer.status_code == 304, asked
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json", asked
        assert CANARY not in answer.text, (asked, answer.text[:300])


@pytest.mark.parametrize("service", SERVICES)
async def test_no_parameter_causes_an_internal_error(service: str, may: May, clients: Clients) -> None:
    http = clients[service]
    asked = 0
    for path, method, operation in operations(service):
        headers = await may(service, operation["operationId"]) | {"if-match": "*"}
        for address in addresses(service, path, operation):
            answer = await http.request(method, address, headers=headers)
            check(answer, f"{method} {address}")
            asked += 1
            if f"?{CANARY}" in address and not operation.get("x-takes-any-query"):
                assert answer.status_code == 422, (method, address, answer.text[:200])
    assert asked > 100


@pytest.mark.parametrize("service", SERVICES)
async def test_no_header_causes_an_internal_error(service: str, may: May, clients: Clients) -> None:
    http = clients[service]
    for path, method, operation in operations(service):
        address = path.replace("{", "").replace("}", "")
        headers = await may(service, operation["operationId"])
        for name, values in HEADERS.get(method, {}).items():
            for value in values:
                answer = await http.request(method, address, headers=headers | {name: value})
                check(answer, f"{method} {address} {name}: {value[:20]}")


BODIES = (
    b"",
    b"null",
    b"[]",
    b"1e999",
    b'{"canary": NaN}',
    b'{"canary": 1, "canary": 2}',
    b'{"canary": 1e999}',
    b'{"canary": "\\u0000"}',
    b'{"canary": "\\ud800"}',
    b'{"canary": ' * 2000,
    b"\xff\xfe",
    json.dumps({f"{CANARY}{n}": n for n in range(5000)}).encode(),
)


@pytest.mark.parametrize("service", SERVICES)
async def test_no_body_causes_an_internal_error_or_is_repeated(service: str, may: May, clients: Clients) -> None:
    http = clients[service]
    for path, method, operation in operations(service):
        if "application/json" not in operation.get("requestBody", {}).get("content", {}):
            continue
        address = path.replace("{", "").replace("}", "")
        headers = await may(service, operation["operationId"]) | {"if-match": "*", "content-type": "application/json"}
        for body in BODIES:
            answer = await http.request(method, address, headers=headers, content=body)
            check(answer, f"{method} {address} {body[:40]!r}")
            assert len(answer.content) < 20_000
            assert len(answer.json().get("errors") or []) <= 50
