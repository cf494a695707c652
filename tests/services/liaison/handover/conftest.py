"""What the tests of the hand-over begin with: the Head at the API, and an empty register for each test."""

import itertools
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.environment import Surroundings
from deploy.migrations import upgrade
from deploy.postgres.bootstrap import DatabaseUrls, drop_database, prepare_database
from deploy.postgres.server import PostgresAddress
from services.liaison.app import create_app
from tests.clients import Headers
from tests.conftest import running
from tests.services.liaison.handover.packages import Json, make_package, zipped
from tests.waiting import eventually

_offices = itertools.count(1)


class Head:
    """The Head at the API of liaison, with packages of an office of this test alone."""

    def __init__(self, client: httpx.AsyncClient, headers: Headers, folder: Path) -> None:
        self.client, self.headers, self.folder = client, headers, folder
        self.office = f"office-{next(_offices)}"
        self._made = itertools.count()

    def package(self, parts: Any = None, **office: Any) -> Path:
        """A new package of the office."""
        return make_package(self.folder / f"{self.office}-{next(self._made)}", parts, **({"slug": self.office} | office))

    async def send(self, content: bytes, media_type: str = "application/zip") -> httpx.Response:
        """POST the packed package."""
        return await self.client.post("/v1/handovers", content=content, headers=self.headers | {"content-type": media_type})

    async def post(self, path: str, body: Any = None) -> httpx.Response:
        """POST /v1/handovers<path>."""
        return await self.client.post(f"/v1/handovers{path}", json=body, headers=self.headers)

    async def get(self, path: str) -> Any:
        """GET /v1<path>, which must answer 200."""
        answer = await self.client.get(f"/v1{path}", headers=self.headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def received(self, parts: Any = None, **office: Any) -> Json:
        """A hand-over that was taken in."""
        answer = await self.send(zipped(self.package(parts, **office)))
        assert answer.status_code == 202, answer.text
        found: Json = answer.json()
        return found

    async def imported(self, parts: Any = None, **office: Any) -> Json:
        """A hand-over of which everything has been placed or quarantined."""
        handover = await self.received(parts, **office)
        return await self.finish(handover["id"])

    async def finish(self, key: str) -> Json:
        """Start the import, and wait for its end."""
        assert (await self.post(f"/{key}/start")).status_code == 202

        async def ended() -> Any:
            found = await self.get(f"/handovers/{key}")
            return found if found["state"] == "imported" else None

        found: Json = await eventually(ended, 5)
        return found

    async def counts(self, key: str) -> dict[str, Json]:
        """The reconciliation by kind; it must add up."""
        found = await self.get(f"/handovers/{key}/reconciliation")
        assert found["reconciles"]
        return {each["kind"]: each for each in found["kinds"]}


@pytest.fixture
def head(liaison: httpx.AsyncClient, as_: Callable[..., Headers], tmp_path: Path) -> Head:
    """The Head of the Centre."""
    return Head(liaison, as_("head-of-centre"), tmp_path)


@pytest.fixture
def emptied(postgres_address: PostgresAddress, worker_id: str) -> Iterator[list[DatabaseUrls]]:
    """Two empty databases of liaison."""
    names = [f"test_{worker_id}_office_{n}" for n in (1, 2)]
    urls = [prepare_database(postgres_address, "liaison", name) for name in names]
    for each in urls:
        upgrade("liaison", each.owner_url)
    yield urls
    for name in names:
        drop_database(postgres_address, name)


@pytest.fixture
async def offices(
    emptied: list[DatabaseUrls], surroundings: Surroundings, as_: Callable[..., Headers], tmp_path: Path
) -> AsyncIterator[list[Head]]:
    """Two offices, each with its own database."""
    heads = []
    async with AsyncExitStack() as stack:
        for number, urls in enumerate(emptied):
            around = replace(surroundings, database_urls=dict(surroundings.database_urls) | {"liaison": urls.app_url})
            client: httpx.AsyncClient = await stack.enter_async_context(running(create_app, "liaison", around))
            folder = tmp_path / str(number)
            folder.mkdir()
            heads.append(Head(client, as_("head-of-centre"), folder))
        yield heads
