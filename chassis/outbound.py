"""Requests that leave the platform: the one client for strangers' servers.

To an address checked after its name was resolved, and to no other; without cookies, on a connection
of its own, following nothing, within a time limit for the whole and a size limit. Whatever a
stranger's server does comes out as one of three refusals.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Final

import httpx

from chassis.errors import Invalid, Problem, TooLarge
from chassis.reserved import is_public

# Resolving blocks a thread, and a server of names can be slow: nobody else waits for these threads.
_RESOLVING: Final = ThreadPoolExecutor(64, "resolve")
_RESOLVING_SECONDS: Final = 10.0
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


class AddressRefused(Invalid):
    """An address inside a private network, or none at all."""

    slug, title = "address-refused", "This address is not called"

    def __init__(self, why: str) -> None:
        super().__init__(
            f"{why} Give an https address that the public Internet reaches.",
            [{"pointer": "/url", "detail": why}],
        )


class ExchangeFailed(Problem):
    """A server that was not reached, broke off, took too long, or answered what is no HTTP."""

    status, slug, title = 502, "exchange-failed", "The other server did not answer as it should"


@dataclass(frozen=True)
class Answer:
    """What a server answered; `body` is empty where nobody asked for it."""

    status: int
    headers: httpx.Headers
    body: bytes


def may_be_called(address: str, allow_loopback: bool) -> bool:
    """True for a public IP address; for a loopback one only where that is allowed (local runs)."""
    ip = ipaddress.ip_address(address)
    return allow_loopback if ip.is_loopback else is_public(ip)


async def resolve(url: str, allow_loopback: bool, allow_private: bool = False) -> str:
    """The IP address that `url` leads to. AddressRefused for a private one, or an unknown name."""
    host, port = _asked(url, allow_loopback)
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(_RESOLVING_SECONDS):
            found = await loop.run_in_executor(_RESOLVING, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    except (OSError, UnicodeError, ValueError) as error:
        raise AddressRefused("Its name cannot be resolved.") from error
    addresses = [str(each[4][0]) for each in found]
    # All of them, not just the first: a name with a public and a private address is refused.
    allowed = allow_private or all(may_be_called(each, allow_loopback) for each in addresses)
    if not addresses or not allowed:
        raise AddressRefused("It lies in a private or reserved network.")
    return addresses[0]


def _asked(url: str, allow_loopback: bool) -> tuple[str, int]:
    """Host and port of an address that may be asked for."""
    try:
        parts = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise AddressRefused("It is no address.") from error
    if parts.scheme != "https" and not (allow_loopback and parts.scheme == "http"):
        raise AddressRefused("It is not an https address.")
    port = _DEFAULT_PORTS[parts.scheme] if parts.port is None else parts.port
    if not 0 < port < 65536:
        raise AddressRefused("It names no port from 1 to 65535.")
    if not parts.host:
        raise AddressRefused("It names no host.")
    return parts.host, port


@cache
def _certificates() -> ssl.SSLContext:
    """Read once: that takes a while, and holds up everything."""
    return httpx.create_ssl_context(trust_env=False)


class Outbound:
    """Exchanges with servers of strangers.

    `allow_private` is for an address that the operator has set, never for one that a user names.
    """

    def __init__(
        self,
        seconds: float,
        max_bytes: int,
        allow_loopback: bool,
        allow_private: bool = False,
    ) -> None:
        self._seconds, self._max_bytes = seconds, max_bytes
        self._allowed = (allow_loopback, allow_private)
        # The transport itself and no client: that would keep cookies for the next stranger at this
        # address, and raises for a Location it cannot read. No connection is used twice: what it is
        # kept under is the address and not the name its certificate was checked for.
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
        self._transport = httpx.AsyncHTTPTransport(verify=_certificates(), trust_env=False, limits=limits)

    async def exchange(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        content: bytes | None = None,
        read_body: bool = True,
    ) -> Answer:
        """Send one request and read its answer. AddressRefused, TooLarge, or ExchangeFailed for
        all else that can happen; what it says holds neither addresses nor credentials."""
        try:
            async with asyncio.timeout(self._seconds):
                request = await self._request(method, url, headers, content)
                return await self._send(request, read_body)
        except (AddressRefused, TooLarge):
            raise
        except TimeoutError as error:
            raise ExchangeFailed(f"It did not arrive within {self._seconds:g} seconds.") from error
        except Exception as error:
            # Not only the errors that httpx names: its parsers raise others for what is no HTTP.
            why = f"The server was not reached, or broke off ({type(error).__name__})."
            raise ExchangeFailed(why) from error

    async def _request(self, method: str, url: str, headers: Mapping[str, str], content: bytes | None) -> httpx.Request:
        """To the very address that was checked, under the name that was asked for."""
        address = await resolve(url, *self._allowed)
        asked = httpx.URL(url)
        named = {"host": asked.netloc.decode(), "connection": "close", **headers}
        extensions = {"timeout": httpx.Timeout(self._seconds).as_dict()}
        if asked.scheme == "https":
            extensions["sni_hostname"] = asked.host  # type: ignore[assignment]
        target = asked.copy_with(host=address)
        return httpx.Request(method, target, headers=named, content=content, extensions=extensions)

    async def _send(self, request: httpx.Request, read_body: bool) -> Answer:
        answer = await self._transport.handle_async_request(request)
        try:
            body = await self._read(answer) if read_body else b""
            return Answer(answer.status_code, answer.headers, body)
        finally:
            await answer.aclose()

    async def _read(self, answer: httpx.Response) -> bytes:
        """The bytes as they came, never unpacked."""
        body = bytearray()
        async for part in answer.aiter_raw():
            body += part
            if len(body) > self._max_bytes:
                raise TooLarge(self._max_bytes)
        return bytes(body)

    async def close(self) -> None:
        """Close what is open."""
        await self._transport.aclose()
