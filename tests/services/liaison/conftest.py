"""What liaison's tests begin with."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from chassis.database import Database
from tests.clients import Headers

Json = dict[str, Any]


class Officer:
    """A political officer at the API of liaison."""

    def __init__(self, client: httpx.AsyncClient, headers: Headers) -> None:
        self.client, self.headers = client, headers

    async def post(self, path: str, body: Json | None = None, **headers: str) -> httpx.Response:
        """POST /v1<path>."""
        return await self.client.post(f"/v1{path}", json=body, headers=self.headers | headers)

    async def get(self, path: str) -> Json:
        """GET /v1<path>, which must answer 200."""
        answer = await self.client.get(f"/v1{path}", headers=self.headers)
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    async def make(self, path: str, body: Json) -> Json:
        """POST that must create."""
        answer = await self.post(path, body)
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()
        return made

    async def party(self, kind: str = "other-party", countries: tuple[str, ...] = ("TJK",)) -> Json:
        """A party of the register."""
        return await self.make("/parties", {"kind": kind, "name": f"A {kind} of {countries}", "countries": list(countries)})

    async def request(self, country: str, parties: list[str], themes: tuple[str, ...] = ("border",), **more: Any) -> Json:
        """A concurrence asked for, from 2020 to 2031."""
        body = {"country": country, "parties": parties, "themes": list(themes), "basis": "note-verbale"}
        dates = {"valid_from": "2020-01-01T00:00:00Z", "valid_until": "2031-01-01T00:00:00Z"}
        return await self.make("/concurrences", body | dates | more)

    async def concurrence(self, country: str, parties: list[str], themes: tuple[str, ...] = ("border",), **more: Any) -> Json:
        """A granted concurrence, from 2020 to 2031."""
        asked = await self.request(country, parties, themes, **more)
        answer = await self.post(f"/concurrences/{asked['id']}/grant")
        assert answer.status_code == 200, answer.text
        granted: Json = answer.json()
        return granted

    async def engagement(self, parties: list[str], countries: tuple[str, ...] = ("TJK",), **more: Any) -> Json:
        """An engagement proposed for May 2030."""
        body = {"kind": "meeting", "title": "Talks", "parties": parties, "countries": list(countries), "themes": ["border"]}
        times = {"starts_at": "2030-05-01T09:00:00Z", "ends_at": "2030-05-01T11:00:00Z"}
        return await self.make("/engagements", body | times | more)

    async def step(self, path: str, body: Json | None = None, status: int = 200) -> Json:
        """POST that must answer `status`."""
        answer = await self.post(path, body)
        assert answer.status_code == status, answer.text
        said: Json = answer.json()
        return said


@pytest.fixture
def database(liaison: httpx.AsyncClient) -> Database:
    """Liaison's database, for the sweep that the clock would do."""
    found: Database = liaison.app.state.database  # type: ignore[attr-defined]
    return found


@pytest.fixture
def head(liaison: httpx.AsyncClient, as_: Callable[..., Headers]) -> Officer:
    """The Head of the Centre."""
    return Officer(liaison, as_("head-of-centre"))


@pytest.fixture
def officer(liaison: httpx.AsyncClient, as_: Callable[..., Headers]) -> Officer:
    """A political officer."""
    return Officer(liaison, as_("political-officer"))
