"""The platform in its own processes, as `make run` starts it, and its people at the public API."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from deploy.exercise.load import load
from deploy.platform import Platform
from services.gateway.identity.actions import create_administrator

Json = dict[str, Any]


class LoadedPlatform:
    """A running platform with the exercise data, and the demo logins by name."""

    def __init__(self, platform: Platform, credentials: dict[str, Json]) -> None:
        self.platform, self.credentials = platform, credentials
        self.base_url = platform.base_url


@contextmanager
def start_platform(folder: Path) -> Iterator[LoadedPlatform]:
    """Start everything in `folder`, load the exercise data, and stop everything at the end."""
    platform = Platform(folder)
    platform.start()
    try:
        file = folder / "credentials.json"
        administrator = asyncio.run(create_administrator(platform.gateway_database_urls.app_url))
        asyncio.run(load(platform.base_url, file, administrator))
        groups = json.loads(file.read_text())
        yield LoadedPlatform(platform, {entry["name"]: entry for group in groups.values() for entry in group})
    finally:
        platform.stop()


class People:
    """Clients of the platform by their demo names."""

    def __init__(self, http: httpx.AsyncClient, tokens: dict[str, str]) -> None:
        self.http, self._tokens = http, tokens

    @classmethod
    async def sign_in(cls, http: httpx.AsyncClient, credentials: dict[str, Json]) -> "People":
        """An access token for each."""
        return cls(http, {name: await fetch_token(http, entry) for name, entry in credentials.items()})

    def headers(self, name: str) -> dict[str, str]:
        """The Authorization header of one."""
        return {"authorization": f"Bearer {self._tokens[name]}"}

    async def try_get(self, name: str, path: str, **headers: str) -> httpx.Response:
        """GET /v1<path>, whatever it answers."""
        return await self.http.get(f"/v1{path}", headers=self.headers(name) | headers)

    async def try_post(self, name: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        """POST /v1<path>, whatever it answers."""
        return await self.http.post(f"/v1{path}", json=body, headers=self.headers(name) | headers)

    async def get(self, name: str, path: str) -> Json:
        """GET that must succeed."""
        return _good(await self.try_get(name, path))

    async def post(self, name: str, path: str, body: Any = None) -> Json:
        """POST that must succeed."""
        return _good(await self.try_post(name, path, body))


async def fetch_token(http: httpx.AsyncClient, entry: Json) -> str:
    """An access token for a demo login."""
    form = {"grant_type": "client_credentials", "client_id": entry["client_id"], "client_secret": entry["client_secret"]}
    return str(_good(await http.post("/oauth2/token", data=form))["access_token"])


def _good(answer: httpx.Response) -> Json:
    assert answer.is_success, f"{answer.request.method} {answer.request.url.path}: {answer.status_code} {answer.text[:800]}"
    found: Json = answer.json() if answer.content else {}
    return found


async def fetch_token_aio(http: Any, platform: LoadedPlatform, name: str) -> str:
    """An access token for a demo login, by aiohttp."""
    entry = platform.credentials[name]
    form = {"grant_type": "client_credentials", "client_id": entry["client_id"], "client_secret": entry["client_secret"]}
    async with http.post(f"{platform.base_url}/oauth2/token", data=form) as answer:
        return str((await answer.json())["access_token"])
