"""What tests of contacts begin with: persons nobody has entered yet."""

import random
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.clients import Headers
from tests.services.liaison.conftest import Officer

Json = dict[str, Any]
_SYLLABLES = ["ba", "do", "fi", "gu", "ko", "lu", "mi", "no", "pa", "ri", "su", "ta", "ve", "za"]
_CHANCE = random.SystemRandom()


def new_name() -> str:
    """A name that nobody bears, and that resembles nobody's."""
    return " ".join("".join(_CHANCE.choices(_SYLLABLES, k=5)).title() for _ in range(2))


class Desk(Officer):
    """Somebody who keeps contacts."""

    async def enter(self, **more: Any) -> Json:
        """A person in the register."""
        return await self.make("/contacts", {"name": new_name(), "purpose": "Water talks"} | more)

    async def find(self, **query: str) -> list[str]:
        """The ids of a list."""
        answer = await self.client.get("/v1/contacts", params=query, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return [each["id"] for each in answer.json()["items"]]

    async def put(self, path: str, body: Json, version: int) -> httpx.Response:
        """PUT with the version that was read."""
        return await self.client.put(f"/v1{path}", json=body, headers=self.headers | {"if-match": f'"{version}"'})

    async def send(self, raw: bytes, media_type: str = "text/csv", **query: str) -> httpx.Response:
        """A file of contacts."""
        headers = self.headers | {"content-type": media_type}
        return await self.client.post("/v1/contacts/import", content=raw, params=query, headers=headers)


@pytest.fixture
def desk(liaison: httpx.AsyncClient, as_: Callable[..., Headers]) -> Desk:
    """A political officer with access up to confidential."""
    return Desk(liaison, as_("political-officer", access="confidential"))


@pytest.fixture
def head(liaison: httpx.AsyncClient, as_: Callable[..., Headers]) -> Desk:
    """The Head of the Centre."""
    return Desk(liaison, as_("head-of-centre"))
