"""Asks a whole platform for everything, and looks up what its audit trails say of each request."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import uuid4

import httpx
import psycopg

from deploy.environment import SERVICES
from deploy.places import PUBLISHED
from tests.architecture.apps import parameters_of
from tests.architecture.shown_world import World
from tests.platforms import LoadedPlatform, People

KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# Where an address needs more than the ids that bear its parameters' names.
ASKED = {
    "exportIncidents": "?format=geojson",
    "listSeals": "?service=reports",
    "proveAuditLog": "?service=reports&first=1&second=1",
    "locatePoint": "?latitude=40.0&longitude=70.8",
    "readOrigin": "?record={placed}",
    "readReleaseDecision": "?item=report:{report_id}&recipient=osce",
}
# Which of several ids of a kind has what the operation shows.
INSTEAD = {
    "readTriage": {"incident_id": "triaged"},
    "readPartyRelations": {"party_id": "commission"},
}
# Whoever else may, sees nothing of it.
OWNERS = {
    "CalendarFeeds": "political-officer",
    "Webhook": "osce",
    "Deliveries": "osce",
    "Search": "analyst",
    "Matches": "analyst",
}
PEOPLE = (
    "head-of-centre", "political-officer", "analyst", "osce", "auditor", "administrator",
    "coordination-officer", "reviewer", "hq", "unama", "unct-tjk", "imf",
)  # fmt: skip


class Operation(NamedTuple):
    """An operation of the public API."""

    name: str
    method: str
    path: str
    described: dict[str, Any]
    parameters: list[dict[str, Any]]

    @property
    def queries(self) -> set[str]:
        """The names of its query parameters."""
        return {each["name"] for each in self.parameters if each["in"] == "query"}


def read_operations() -> list[Operation]:
    """All that the published description holds."""
    document = json.loads((PUBLISHED / "openapi.json").read_text())
    return [
        Operation(
            described["operationId"],
            method.upper(),
            path,
            described,
            parameters_of(described, document),
        )
        for path, methods in document["paths"].items()
        for method, described in methods.items()
    ]


class Row(NamedTuple):
    """A row of the trail."""

    operation: str
    ids: list[str]
    outcome: str
    actor: str


class Trail:
    """The audit rows of all services, as their databases hold them."""

    def __init__(self, platform: LoadedPlatform) -> None:
        urls = platform.platform.database_urls
        found = [urls[name].owner_url.replace("+psycopg", "") for name in SERVICES]
        self._open = [psycopg.connect(url, autocommit=True) for url in found]

    def of(self, answer: httpx.Response) -> list[Row]:
        """The rows about the request that was answered so, of whatever service."""
        query = "select operation, ids, outcome, actor from audit where request_id = %s"
        values = [answer.headers["x-request-id"]]
        found = [row for each in self._open for row in each.execute(query, values).fetchall()]
        return [Row(*row) for row in found]

    def close(self) -> None:
        """End the connections."""
        for each in self._open:
            each.close()


class Reader:
    """Everybody, and what each may."""

    def __init__(self, people: People, world: World, trail: Trail) -> None:
        self.people, self.world, self.trail = people, world, trail
        self.may: dict[str, set[str]] = {}
        self.clients: dict[str, str] = {}

    async def learn(self) -> None:
        """Ask everybody what they may."""
        for name in PEOPLE:
            told = await self.people.get(name, "/whoami")
            self.may[name], self.clients[name] = set(told["permissions"]), told["client_id"]

    def who(self, operation: str) -> str:
        """Somebody who may do it, and has something to see."""
        owner = next((name for part, name in OWNERS.items() if part in operation), None)
        return owner or next(name for name, may in self.may.items() if operation in may)

    def client_of(self, name: str) -> str:
        """The client id of one of them."""
        return str(self.clients[name])

    def who_not(self, operation: str) -> str | None:
        """Somebody who may not."""
        return next((name for name, may in self.may.items() if operation not in may), None)

    def address(self, operation: Operation, **instead: str) -> str:
        """Its address, with ids of the world, or others, in the places of its parameters."""
        path = operation.path.removeprefix("/v1") + ASKED.get(operation.name, "")
        known = INSTEAD.get(operation.name, {})

        def named(found: re.Match[str]) -> str:
            name = found[1]
            return instead.get(name) or self.world.ids.get(known.get(name, name)) or str(uuid4())

        return re.sub(r"\{(\w+)\}", named, path)

    async def ask(self, name: str, method: str, path: str, **more: Any) -> httpx.Response:
        """A request that bears an id of its own; as nobody when `name` is empty."""
        headers = self.people.headers(name) if name else {}
        headers |= {"x-request-id": str(uuid4())} | more.pop("headers", {})
        return await self.people.http.request(method, f"/v1{path}", headers=headers, **more)


def ids_in(value: Any) -> Iterator[str]:
    """Every id in an answer: UUIDs wherever they stand, and whatever is called `id`.

    The id of a request is no id of anything that is shown.
    """
    if isinstance(value, dict):
        if isinstance(value.get("id"), str):
            yield value["id"]
        kept = {name: each for name, each in value.items() if name not in REQUEST}
        yield from ids_in([*kept, *kept.values()])
    elif isinstance(value, list):
        for each in value:
            yield from ids_in(each)
    elif isinstance(value, str):
        yield from KEY.findall(value)


REQUEST = {"request_id", "requestid"}
