"""Fetching one document: its address checked after resolving and on every redirect, its size and time bounded."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import httpx

from chassis.errors import Problem
from chassis.outbound import Answer, ExchangeFailed, Outbound
from services.reports.feeds.adapters.credentials import Credentials, Header, OAuthPassword, Parameter

MAX_REDIRECTS: Final = 5
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
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

    def __init__(self, bounds: Bounds, home: str, credentials: Credentials | None) -> None:
        self._bounds, self._credentials = bounds, credentials
        self._outbound = Outbound(bounds.seconds, bounds.max_bytes, bounds.allow_loopback)
        self._home = httpx.URL(home)
        self._token: str | None = None

    async def fetch(self, address: str, conditions: Mapping[str, str] | None = None) -> Fetched:
        """The document at `address`. FetchFailed, AddressRefused or TooLarge."""
        try:
            async with asyncio.timeout(self._bounds.seconds):
                return await self._follow(httpx.URL(address), dict(conditions or {}))
        except TimeoutError as error:
            raise FetchFailed(f"It did not arrive within {self._bounds.seconds:g} seconds.") from error
        except ExchangeFailed as failure:
            raise FetchFailed(failure.detail) from failure
        except httpx.InvalidURL as error:
            raise FetchFailed("It leads to what is no address.") from error

    async def _follow(self, url: httpx.URL, conditions: dict[str, str]) -> Fetched:
        for _ in range(MAX_REDIRECTS + 1):
            target, headers = await self._with_credentials(url)
            answer = await self._outbound.exchange("GET", str(target), _HEADERS | conditions | headers)
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                return self._read(answer)
            url = url.join(answer.headers["location"])
        raise FetchFailed("It leads from one address to another without an end.")

    @staticmethod
    def _read(answer: Answer) -> Fetched:
        headers = answer.headers
        if answer.status == httpx.codes.NOT_MODIFIED:
            return Fetched(None, "", headers.get("etag"), headers.get("last-modified"))
        if answer.status != httpx.codes.OK:
            raise FetchFailed(f"The server answered {answer.status}.")
        if headers.get("content-encoding", "identity") != "identity":
            raise FetchFailed("The server packs what was asked for unpacked.")
        media_type = headers.get("content-type", "").split(";", 1)[0].strip().lower()
        return Fetched(answer.body, media_type, headers.get("etag"), headers.get("last-modified"))

    async def close(self) -> None:
        """Close what is open."""
        await self._outbound.close()

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
            answer = await self._outbound.exchange("POST", asked.token_url, headers, body.encode())
            self._token = _token_in(answer)
        return self._token


def _token_in(answer: Answer) -> str:
    if answer.status != httpx.codes.OK:
        raise FetchFailed(f"The credentials were refused: the server answered {answer.status}.")
    try:
        return str(json.loads(answer.body)["access_token"])
    except (ValueError, KeyError, TypeError) as error:
        raise FetchFailed("The server answered the credentials without a token.") from error
