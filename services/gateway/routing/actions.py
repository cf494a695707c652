"""The hop: one pooled client towards the services, bytes passed on as they stream."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
from yarl import URL

from chassis.bodies import StreamedBody
from chassis.logs import current_request_id
from chassis.principal import PRINCIPAL_HEADER, Principal
from chassis.telemetry import trace_headers
from services.gateway.routing.errors import ServiceUnavailable
from services.gateway.routing.rules import request_headers, response_headers

_TIMEOUT = aiohttp.ClientTimeout(total=300, connect=5, sock_read=120)
_SERVICES = ("liaison", "reports", "coordination")


@dataclass(frozen=True)
class Fetched:
    """A whole answer of a service."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Hop:
    """Forwards requests. A service that cannot be reached is a 503 problem; an answer that breaks off ends the connection."""

    def __init__(self, address_of: Callable[[str], str], vouch: Callable[[Principal, str], str]) -> None:
        self._address_of, self._vouch = address_of, vouch
        self._client: aiohttp.ClientSession | None = None

    async def run(self) -> None:
        """Keep the pool until cancelled, then close it."""
        try:
            await asyncio.Event().wait()
        finally:
            if self._client is not None:
                await self._client.close()

    @property
    def _pool(self) -> aiohttp.ClientSession:
        if self._client is None:
            connector = aiohttp.TCPConnector(limit=200, limit_per_host=100, keepalive_timeout=30)
            jar = aiohttp.DummyCookieJar()
            self._client = aiohttp.ClientSession(connector=connector, timeout=_TIMEOUT, auto_decompress=False, cookie_jar=jar)
        return self._client

    async def forward(self, service: str, principal: Principal, scope: Any, receive: Any, send: Any) -> None:
        """Pass one request to `service` and its answer back."""
        path = scope.get("raw_path", scope["path"].encode()).split(b"?")[0].decode("latin-1")
        query = scope["query_string"].decode("latin-1")
        url = URL(f"{self._address_of(service)}{path}" + (f"?{query}" if query else ""), encoded=True)
        headers = request_headers(scope["headers"], self._own(service, principal))
        body = StreamedBody(receive)
        data = None if scope["method"] in ("GET", "HEAD") else body.parts()
        try:
            answer = await self._pool.request(scope["method"], url, headers=headers, data=data, allow_redirects=False)
        except (TimeoutError, aiohttp.ClientConnectionError) as error:
            # Of the two ends, the one that failed is named: the caller's body may be at fault, and not the service.
            raise body.broke or ServiceUnavailable(service) from error
        async with answer:
            start = {"type": "http.response.start", "status": answer.status, "headers": response_headers(list(answer.raw_headers))}
            await send(start)
            await _send_body(answer.content, send)

    async def fetch(self, service: str, path: str, principal: Principal, headers: dict[str, str]) -> Fetched:
        """Whatever `service` answers to a GET as `principal`; ServiceUnavailable when it does not."""
        sent = headers | self._own(service, principal)
        try:
            async with self._pool.get(URL(self._address_of(service) + path, encoded=True), headers=sent) as answer:
                return Fetched(answer.status, answer.headers, await answer.read())
        except (TimeoutError, aiohttp.ClientError) as error:
            raise ServiceUnavailable(service) from error

    def _own(self, service: str, principal: Principal | None) -> dict[str, str]:
        """What the gateway itself tells a service: for whom it asks, and to which request and trace this belongs."""
        vouched = {PRINCIPAL_HEADER: self._vouch(principal, service)} if principal else {}
        return vouched | {"x-request-id": current_request_id() or ""} | trace_headers()

    async def permissions(self, principal: Principal) -> list[str]:
        """What the services permit `principal`."""
        found = await asyncio.gather(*(self.read(service, "/permissions", principal) for service in _SERVICES))
        return [operation for part in found for operation in part]

    async def read(self, service: str, path: str, principal: Principal | None = None) -> Any:
        """A JSON answer of `service`; ServiceUnavailable when there is none."""
        try:
            async with self._pool.get(self._address_of(service) + path, headers=self._own(service, principal)) as answer:
                answer.raise_for_status()
                return await answer.json()
        except (TimeoutError, aiohttp.ClientError) as error:
            raise ServiceUnavailable(service) from error


async def _send_body(content: aiohttp.StreamReader, send: Any) -> None:
    """Send the parts as they come; a last one that is known to be the last is not followed by an empty one."""
    more = True
    async for part in content.iter_any():
        more = not content.at_eof()
        await send({"type": "http.response.body", "body": part, "more_body": more})
    if more:
        await send({"type": "http.response.body", "body": b""})
