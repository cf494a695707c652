"""Fetching one document: its address checked after resolving and on every redirect, its size and time bounded."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import httpx

from chassis.errors import Problem, TooLarge
from chassis.outbound import pinned, resolve
from services.reports.feeds.adapters.credentials import Credentials, Header, OAuthPassword, Parameter

MAX_REDIRECTS: Final = 5
# Between two parts of an answer; the whole has its own limit, so that a byte a minute is no way to stay.
IDLE_SECONDS: Final = 20.0
_HEADERS: Final = {"user-agent": "GoodOffices-Feeds/1", "accept": "*/*", "accept-encoding": "identity"}


class FetchFailed(Problem):
    """A document that could not be had. What it says holds neither addresses nor credentials."""

    status, slug, title = 502, "fetch-failed", "The document could not be fetched"


@dataclass(frozen=True)
class Bounds:
    """What a fetch may take."""

    seconds: float
    max_bytes: int
    allow_loopback: bool


@dataclass(frozen=True)
class Fetched:
    """A document as it came; `body` is None when it is what it was (304)."""

    body: bytes | None
    media_type: str
    etag: str | None
    last_modified: str | None


class Fetcher:
    """Fetches for one feed. Credentials go to the feed's own host only, never on to where it leads."""

    def __init__(self, client: httpx.AsyncClient, bounds: Bounds, home: str, credentials: Credentials | None) -> None:
        self._client, self._bounds, self._credentials = client, bounds, credentials
        self._home = httpx.URL(home)
        self._token: str | None = None

    async def fetch(self, address: str, conditions: Mapping[str, str] | None = None) -> Fetched:
        """The document at `address`. FetchFailed, AddressRefused or TooLarge."""
        try:
            async with asyncio.timeout(self._bounds.seconds):
                return await self._follow(httpx.URL(address), dict(conditions or {}))
        except TimeoutError as error:
            raise FetchFailed(f"It did not arrive within {self._bounds.seconds:g} seconds.") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise FetchFailed(f"The server was not reached, or broke off ({type(error).__name__}).") from error

    async def _follow(self, url: httpx.URL, conditions: dict[str, str]) -> Fetched:
        for _ in range(MAX_REDIRECTS + 1):
            target, headers = await self._with_credentials(url)
            answer = await self._send("GET", target, _HEADERS | conditions | headers)
            try:
                if not answer.is_redirect or "location" not in answer.headers:
                    return await self._read(answer)
            finally:
                await answer.aclose()
            url = url.join(answer.headers["location"])
        raise FetchFailed("It leads from one address to another without an end.")

    async def _send(self, method: str, url: httpx.URL, headers: Mapping[str, str], content: str | None = None) -> httpx.Response:
        address = await resolve(str(url), self._bounds.allow_loopback)
        return await self._client.send(pinned(self._client, method, url, address, headers, content), stream=True)

    async def _read(self, answer: httpx.Response) -> Fetched:
        headers = answer.headers
        if answer.status_code == httpx.codes.NOT_MODIFIED:
            return Fetched(None, "", headers.get("etag"), headers.get("last-modified"))
        if answer.status_code != httpx.codes.OK:
            raise FetchFailed(f"The server answered {answer.status_code}.")
        if headers.get("content-encoding", "identity") != "identity":
            raise FetchFailed("The server packs what was asked for unpacked.")
        media_type = headers.get("content-type", "").split(";", 1)[0].strip().lower()
        return Fetched(await self._body(answer), media_type, headers.get("etag"), headers.get("last-modified"))

    async def _body(self, answer: httpx.Response) -> bytes:
        body = bytearray()
        async for part in answer.aiter_raw():
            body += part
            if len(body) > self._bounds.max_bytes:
                raise TooLarge(self._bounds.max_bytes)
        return bytes(body)

    async def _with_credentials(self, url: httpx.URL) -> tuple[httpx.URL, dict[str, str]]:
        at_home = (url.scheme, url.host, url.port) == (self._home.scheme, self._home.host, self._home.port)
        match self._credentials if at_home else None:
            case Header(name=name, value=value):
                return url, {name: value.get_secret_value()}
            case Parameter(name=name, value=value):
                return url.copy_merge_params({name: value.get_secret_value()}), {}
            case OAuthPassword() as asked:
                return url, {"authorization": f"Bearer {await self._token_of(asked)}"}
            case _:
                return url, {}

    async def _token_of(self, asked: OAuthPassword) -> str:
        if self._token is None:
            form = {"grant_type": "password", "username": asked.username, "password": asked.password.get_secret_value()}
            body = str(httpx.QueryParams(form | {"client_id": asked.client_id}))
            headers = _HEADERS | {"content-type": "application/x-www-form-urlencoded"}
            answer = await self._send("POST", httpx.URL(asked.token_url), headers, body)
            try:
                self._token = await self._token_in(answer)
            finally:
                await answer.aclose()
        return self._token

    async def _token_in(self, answer: httpx.Response) -> str:
        if answer.status_code != httpx.codes.OK:
            raise FetchFailed(f"The credentials were refused: the server answered {answer.status_code}.")
        found = httpx.Response(200, content=await self._body(answer), headers={"content-type": "application/json"})
        try:
            return str(found.json()["access_token"])
        except (ValueError, KeyError, TypeError) as error:
            raise FetchFailed("The server answered the credentials without a token.") from error


def client() -> httpx.AsyncClient:
    """The client all fetches of a process share."""
    return httpx.AsyncClient(timeout=IDLE_SECONDS, follow_redirects=False, trust_env=False)
