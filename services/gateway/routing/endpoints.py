"""The door itself, as plain ASGI in front of FastAPI: everybody is known before anything is done."""

import time
from http.cookies import CookieError, SimpleCookie
from typing import Any

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import Headers

from chassis.errors import Problem
from chassis.origin import begin_origin
from chassis.principal import PRINCIPAL_HEADER
from chassis.problems import problem_response
from chassis.refusals import Refusals
from services.gateway.identity.endpoints import COOKIE
from services.gateway.identity.queries import Admitted, Doorkeeper
from services.gateway.pages.endpoints import Pages
from services.gateway.routing.actions import Hop
from services.gateway.routing.errors import CrossSite, InsufficientScope, TooManyRequests
from services.gateway.routing.rules import is_open, owner_of
from services.gateway.settings import GatewaySettings

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# Where credentials are tried.
CREDENTIALS = frozenset({"/oauth2/token", "/oauth2/revoke", "/v1/session"})
# What somebody unknown is refused with; the address of a calendar feed is a credential, too.
REFUSED = frozenset({401, 403, 404, 405, 429})
ADMITTED = "goodoffices.admitted"
"""Under this key a request's scope holds who was let in."""
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

    def __init__(
        self,
        app: Any,
        doorkeeper: Doorkeeper,
        hop: Hop,
        settings: GatewaySettings,
        noted: Refusals,
    ) -> None:
        self.app, self.doorkeeper, self.hop, self.noted = app, doorkeeper, hop, noted
        self.pages = Pages(settings.web_folder)
        self.rate = RateLimitItemPerMinute(settings.requests_per_minute)
        self.refusals = RateLimitItemPerMinute(settings.refusals_per_minute)
        self.limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve one request; refusals are problem documents."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begin_origin((scope.get("client") or ("",))[0])
        sender = _Dressed(send)
        try:
            await self._serve(scope, receive, sender)
        except Problem as problem:
            if sender.status:
                raise
            if (principal := scope.get(ADMITTED)) is not None:
                await self.noted.note(principal, problem.status)
            await problem_response(problem)(scope, receive, sender)
        if ADMITTED not in scope and sender.status in REFUSED:
            await self._count_stranger(scope, sender.status)

    async def _count_stranger(self, scope: Any, status: int) -> None:
        """Somebody unknown was refused; whoever tries false credentials is soon not listened to."""
        path: str = scope["path"]
        if is_open(path) or path.startswith(("/v1/", "/oauth2/")):
            self.noted.count_stranger(_host(scope), status)
        if status == 401:
            await self.limiter.hit(self.refusals, _address(scope))

    async def _serve(self, scope: Any, receive: Any, send: "_Dressed") -> None:
        path: str = scope["path"]
        headers = Headers(scope=scope)
        scope["headers"] = [(name, value) for name, value in scope["headers"] if name != PRINCIPAL_HEADER.encode()]
        if is_open(path):
            await self._limit(send, self.rate, _address(scope))
            if path in CREDENTIALS:
                await self._check_refusals(scope)
            await self.app(scope, receive, send)
        elif not path.startswith(("/v1/", "/oauth2/")):
            await self.pages(scope, receive, send)
        else:
            admitted = await self._admit(headers, scope)
            await self._limit(send, self.rate, admitted.principal.client_id)
            await self._pass_on(admitted, scope, receive, send)

    async def _admit(self, headers: Headers, scope: Any) -> Admitted:
        scheme, _, token = headers.get("authorization", "").partition(" ")
        bearer = token.strip() if scheme.lower() == "bearer" else None
        cookie = None if bearer else _cookie(headers)
        is_edit = scope["method"] not in SAFE
        if cookie and is_edit and headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            raise CrossSite
        admitted = self.doorkeeper.recall(bearer, cookie)
        if admitted is None:
            # Whoever guesses costs a look into the database each time, so that much is not given.
            await self._check_refusals(scope)
            admitted = await self.doorkeeper.admit(bearer, cookie)
        scope[ADMITTED] = admitted.principal
        if (wanted := "write" if is_edit else "read") not in admitted.scopes:
            raise InsufficientScope(wanted)
        return admitted

    async def _pass_on(self, admitted: Admitted, scope: Any, receive: Any, send: Any) -> None:
        service = owner_of(scope["path"])
        if service is not None:
            await self.hop.forward(service, admitted.principal, scope, receive, send)
            return
        vouched = (PRINCIPAL_HEADER.encode(), self.doorkeeper.vouch(admitted.principal, "gateway").encode())
        own = {"headers": [*scope["headers"], vouched], "credential": admitted.credential}
        await self.app(scope | own, receive, send)

    async def _limit(self, send: "_Dressed", rate: RateLimitItem, who: str) -> None:
        allowed = await self.limiter.hit(rate, who)
        headers, seconds = await self._state(rate, who, "default")
        if not allowed:
            raise TooManyRequests(seconds, headers)
        send.extra.update(_encoded(headers))

    async def _check_refusals(self, scope: Any) -> None:
        """TooManyRequests for an address from which too many false credentials came."""
        if not await self.limiter.test(self.refusals, _address(scope)):
            headers, seconds = await self._state(self.refusals, _address(scope), "refusals")
            raise TooManyRequests(seconds, headers)

    async def _state(self, rate: RateLimitItem, who: str, name: str) -> tuple[dict[str, str], int]:
        reset, remaining = await self.limiter.get_window_stats(rate, who)
        seconds = max(1, int(reset - time.time()))
        policy, state = f'"{name}";q={rate.amount};w=60', f'"{name}";r={remaining};t={seconds}'
        return {"RateLimit-Policy": policy, "RateLimit": state}, seconds


def _host(scope: Any) -> str:
    return str((scope.get("client") or ("?",))[0])


def _address(scope: Any) -> str:
    return f"address {_host(scope)}"


def _cookie(headers: Headers) -> str | None:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return None
    return found.value if found else None


class _Dressed:
    """Sends with the headers every answer at the door bears."""

    def __init__(self, send: Any) -> None:
        self.send, self.status, self.extra = send, 0, dict(_SECURITY)

    async def __call__(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = message.get("headers", [])
            missing = self.extra.keys() - {name for name, _ in headers}
            message = {**message, "headers": [*headers, *((name, value) for name, value in self.extra.items() if name in missing)]}
        await self.send(message)
