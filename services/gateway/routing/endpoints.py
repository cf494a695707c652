"""The door itself, as plain ASGI in front of FastAPI: everybody is known before anything is done."""

import time
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import Any

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse
from starlette.staticfiles import StaticFiles

from chassis.errors import NotFound, Problem
from chassis.principal import PRINCIPAL_HEADER, Principal
from chassis.problems import problem_response
from services.gateway.identity.endpoints import COOKIE
from services.gateway.identity.queries import Doorkeeper
from services.gateway.routing.actions import Hop
from services.gateway.routing.errors import CrossSite, TooManyRequests
from services.gateway.routing.rules import is_open, owner_of

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
SECURITY_HEADERS = {
    "content-security-policy": (
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; worker-src 'self' blob:;"
        " connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "geolocation=(), camera=(), microphone=()",
}


def _encoded(headers: dict[str, str]) -> dict[bytes, bytes]:
    """As ASGI bears them: names in small letters."""
    return {name.lower().encode(): value.encode() for name, value in headers.items()}


_SECURITY = _encoded(SECURITY_HEADERS)


class Door:
    """Authenticates, limits, and sends each request where it belongs: a service, the gateway itself, or the web client."""

    def __init__(self, app: Any, doorkeeper: Doorkeeper, hop: Hop, web_folder: Path, requests_per_minute: int) -> None:
        self.app, self.doorkeeper, self.hop = app, doorkeeper, hop
        self.pages = {"/docs": web_folder / "docs.html"}
        self.index = web_folder / "index.html"
        self.web = StaticFiles(directory=web_folder, check_dir=False)
        self.rate = RateLimitItemPerMinute(requests_per_minute)
        self.limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve one request; refusals are problem documents."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        sender = _Dressed(send)
        try:
            await self._serve(scope, receive, sender)
        except Problem as problem:
            if sender.started:
                raise
            await problem_response(problem)(scope, receive, sender)

    async def _serve(self, scope: Any, receive: Any, send: "_Dressed") -> None:
        path: str = scope["path"]
        headers = Headers(scope=scope)
        scope["headers"] = [(name, value) for name, value in scope["headers"] if name != PRINCIPAL_HEADER.encode()]
        if is_open(path):
            await self._limit(send, f"address {(scope.get('client') or ('?',))[0]}")
            await self.app(scope, receive, send)
        elif not path.startswith("/v1/"):
            await self._serve_web(path, scope, receive, send)
        else:
            principal = await self._admit(headers, scope["method"])
            await self._limit(send, principal.client_id)
            await self._pass_on(principal, scope, receive, send)

    async def _admit(self, headers: Headers, method: str) -> Principal:
        scheme, _, token = headers.get("authorization", "").partition(" ")
        bearer = token.strip() if scheme.lower() == "bearer" else None
        cookie = None if bearer else _cookie(headers)
        if cookie and method not in SAFE and headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            raise CrossSite
        return await self.doorkeeper.admit(bearer, cookie)

    async def _pass_on(self, principal: Principal, scope: Any, receive: Any, send: Any) -> None:
        service = owner_of(scope["path"])
        if service is not None:
            await self.hop.forward(service, principal, scope, receive, send)
            return
        vouched = (PRINCIPAL_HEADER.encode(), self.doorkeeper.vouch(principal, "gateway").encode())
        await self.app({**scope, "headers": [*scope["headers"], vouched]}, receive, send)

    async def _limit(self, send: "_Dressed", who: str) -> None:
        allowed = await self.limiter.hit(self.rate, who)
        reset, remaining = await self.limiter.get_window_stats(self.rate, who)
        seconds = max(1, int(reset - time.time()))
        said = {"RateLimit-Policy": f'"default";q={self.rate.amount};w=60', "RateLimit": f'"default";r={remaining};t={seconds}'}
        if not allowed:
            raise TooManyRequests(seconds, said)
        send.extra.update(_encoded(said))

    async def _serve_web(self, path: str, scope: Any, receive: Any, send: Any) -> None:
        """The web client's file, or its page for an address of its own; anything else that is missing is a 404."""
        is_file = path.startswith("/assets/") or "." in path.rsplit("/", 1)[-1]
        page = self.pages.get(path, self.index)
        if not is_file and not page.is_file():
            raise NotFound("web client (make web builds it)")
        try:
            await (self.web if is_file else FileResponse(page))(scope, receive, send)
        except HTTPException as error:
            raise NotFound("file") from error


def _cookie(headers: Headers) -> str | None:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return None
    return found.value if found else None


class _Dressed:
    """Sends with the headers every answer at the door bears."""

    def __init__(self, send: Any) -> None:
        self.send, self.started, self.extra = send, False, dict(_SECURITY)

    async def __call__(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = message.get("headers", [])
            missing = self.extra.keys() - {name for name, _ in headers}
            message = {**message, "headers": [*headers, *((name, value) for name, value in self.extra.items() if name in missing)]}
        await self.send(message)
