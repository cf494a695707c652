"""The hop: one pooled client towards the services, bytes passed on as they stream."""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from chassis.bodies import body_parts
from chassis.logs import current_request_id, log
from chassis.origin import ORIGIN_HEADER, current_origin
from chassis.principal import PRINCIPAL_HEADER, Principal
from chassis.telemetry import trace_headers
from services.gateway.routing.adapters.upstream import Answer, Request, Upstream, UpstreamLost, encoded
from services.gateway.routing.errors import ServiceUnavailable
from services.gateway.routing.rules import request_headers, response_headers

logger = log(__name__)
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
        self._upstream = Upstream()

    async def run(self) -> None:
        """Keep the pool until cancelled, then close it."""
        try:
            await asyncio.Event().wait()
        finally:
            self._upstream.close()

    async def forward(self, service: str, principal: Principal, scope: Any, receive: Any, send: Any) -> None:
        """Pass one request to `service` and its answer back."""
        path = scope.get("raw_path", scope["path"].encode()).split(b"?")[0].decode("latin-1")
        query = scope["query_string"].decode("latin-1")
        body = None if scope["method"] == "GET" else body_parts(receive)
        headers = request_headers(scope["headers"], self._own(service, principal))
        request = Request(scope["method"], f"{path}?{query}" if query else path, headers, body)
        try:
            async with self._upstream.ask(self._address_of(service), request) as answer:
                start = {"type": "http.response.start", "status": answer.status, "headers": response_headers(answer.headers)}
                await send(start)
                await _send_body(answer, send)
        except (TimeoutError, UpstreamLost) as error:
            logger.warning("a service does not answer", service=service, error=repr(error))
            raise ServiceUnavailable(service) from error

    async def fetch(self, service: str, path: str, principal: Principal | None, headers: dict[str, str]) -> Fetched:
        """Whatever `service` answers to a GET as `principal`; ServiceUnavailable when it does not."""
        sent = [*(headers | self._own(service, principal)).items()]
        try:
            async with self._upstream.ask(self._address_of(service), Request("GET", path, sent)) as answer:
                return Fetched(answer.status, encoded(answer.headers), await answer.read())
        except (TimeoutError, UpstreamLost) as error:
            logger.warning("a service does not answer", service=service, error=repr(error))
            raise ServiceUnavailable(service) from error

    def _own(self, service: str, principal: Principal | None) -> dict[str, str]:
        """What the gateway itself tells a service: for whom it asks, and to which request and trace this belongs."""
        vouched = {PRINCIPAL_HEADER: self._vouch(principal, service)} if principal else {}
        told = {ORIGIN_HEADER: current_origin()}
        return vouched | told | {"x-request-id": current_request_id() or ""} | trace_headers()

    async def permissions(self, principal: Principal) -> list[str]:
        """What the services permit `principal`."""
        found = await asyncio.gather(*(self.read(service, "/permissions", principal) for service in _SERVICES))
        return [operation for part in found for operation in part]

    async def read(self, service: str, path: str, principal: Principal | None = None) -> Any:
        """A JSON answer of `service`; ServiceUnavailable when there is none."""
        answer = await self.fetch(service, path, principal, {})
        if answer.status != 200:
            raise ServiceUnavailable(service)
        return json.loads(answer.body)


async def _send_body(answer: Answer, send: Any) -> None:
    """Send the parts as they come; a last one that is known to be the last is not followed by an empty one."""
    more = True
    async for part, more in answer.parts():
        await send({"type": "http.response.body", "body": part, "more_body": more})
    if more:
        await send({"type": "http.response.body", "body": b""})
