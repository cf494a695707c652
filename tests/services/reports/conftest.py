"""What the tests of reports begin with: people and feeds at its API."""

import itertools
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.clients import Headers

Json = dict[str, Any]
_numbers = itertools.count(1)


class Desk:
    """Somebody at the API of reports."""

    def __init__(self, client: httpx.AsyncClient, headers: Headers) -> None:
        self.client, self.headers = client, headers

    async def call(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Any request to /v1<path>."""
        headers = self.headers | options.pop("headers", {})
        return await self.client.request(method, f"/v1{path}", headers=headers, **options)

    async def get(self, path: str, status: int = 200, **params: Any) -> Json:
        """GET /v1<path>, which must answer `status`."""
        answer = await self.call("GET", path, params=params)
        assert answer.status_code == status, answer.text
        found: Json = answer.json()
        return found

    async def post(self, path: str, body: Any = None, status: int = 200, **headers: str) -> Json:
        """POST /v1<path>, which must answer `status`."""
        answer = await self.call("POST", path, json=body, headers=headers)
        assert answer.status_code == status, answer.text
        found: Json = answer.json()
        return found

    async def put(self, path: str, body: Json, version: int, status: int = 200) -> Json:
        """PUT /v1<path> with If-Match."""
        answer = await self.call("PUT", path, json=body, headers={"if-match": f'"{version}"'})
        assert answer.status_code == status, answer.text
        found: Json = answer.json()
        return found

    async def deliver(self, feed: str, rows: list[Json], status: int = 202) -> Json:
        """A JSON delivery."""
        return await self.post(f"/feeds/{feed}/submissions", rows, status)

    async def send(self, feed: str, body: bytes, media: str = "application/json") -> httpx.Response:
        """A delivery of bytes."""
        return await self.call("POST", f"/feeds/{feed}/submissions", content=body, headers={"content-type": media})

    async def incident_of(self, row: Json) -> Json:
        """The incident that the observation sent as `row` belongs to, whole."""
        found = await self.observation_of(row)
        return await self.get(f"/incidents/{found['incident']}")

    async def observation_of(self, row: Json) -> Json:
        """The newest observation with the row's external_id."""
        page = await self.get("/observations", limit=200)
        while True:
            for each in page["items"]:
                if each["external_id"] == row["external_id"]:
                    found: Json = each
                    return found
            assert page["next"], "not delivered"
            page = await self.get("/observations", limit=200, cursor=page["next"])


Make = Callable[..., Desk]


@pytest.fixture
def desk(reports: httpx.AsyncClient, as_: Callable[..., Headers]) -> Make:
    """`desk("analyst")`, `desk("feed", organization="unama")`: somebody with that role."""

    def make(role: str, **attributes: Any) -> Desk:
        return Desk(reports, as_(role, **attributes))

    return make


@pytest.fixture
def analyst(desk: Make) -> Desk:
    """An analyst of the Centre who may read everything."""
    return desk("analyst")


@pytest.fixture
def tajik_team(desk: Make) -> Desk:
    """The feed of the country team in Tajikistan."""
    return desk("feed", client_id="unct-tjk", organization="unct-tjk")


@pytest.fixture
def unama(desk: Make) -> Desk:
    """The feed of UNAMA's field offices."""
    return desk("feed", client_id="unama-field", organization="unama")


def observation(**more: Any) -> Json:
    """An observation that no other test's comes near: its own day of the past and its own place."""
    number = next(_numbers)
    at = datetime(2026, 1, 1, tzinfo=UTC) - timedelta(days=random.randint(10, 20_000))
    return {
        "external_id": f"row-{number}-{random.getrandbits(40):x}",
        "occurred_at": at.isoformat().replace("+00:00", "Z"),
        "country": "TJK",
        "latitude": round(random.uniform(36.8, 41.0), 5),
        "longitude": round(random.uniform(67.5, 74.8), 5),
        "themes": ["border"],
        "title": f"Exercise {number}: exchange of fire near a border post",
        "figures": {"deaths": {"best": 1, "low": 1, "high": 2}},
    } | more


@pytest.fixture
def row() -> Callable[..., Json]:
    """`row(title="…")`: a native observation apart from all others in time and place."""
    return observation
