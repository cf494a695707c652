"""One request is one operation: authenticate, authorize, read the body, run in one transaction, keep the answer, audit, commit, answer.

Routers of services are made by `router()`; there is no other way to add a route, so none can forget a step. The commit
comes before the first byte of the answer: what was acknowledged is durable.
"""

import hashlib
from collections.abc import AsyncIterable, AsyncIterator, Callable, Coroutine
from typing import Annotated, Any, Protocol, TypeVar

from fastapi import APIRouter, Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.exc import StaleDataError
from starlette.responses import Response, StreamingResponse

from chassis import audit, idempotency
from chassis.context import context_of
from chassis.database import AWAY
from chassis.errors import Invalid, PreconditionFailed, PreconditionRequired
from chassis.idempotency import SecretShown, SpooledBody
from chassis.preconditions import is_known
from chassis.principal import PRINCIPAL_HEADER, Principal
from chassis.problems import problem_response, refusal_of, rule_behind
from chassis.records import etag
from chassis.routes import StrictRoute
from chassis.shown import Shown, current_shown

Record = TypeVar("Record", bound="HasId")
Handler = Callable[[Request], Coroutine[Any, Any, Response]]
SECRET_ANSWER = {"x-secret-answer": True}
"""`openapi_extra` of a route whose answer shows a secret once: it is not kept, and a repetition is told so."""
SHOWN_ONCE = problem_response(SecretShown())
SMALL_BYTES = 32_768
EDITS = frozenset({"PUT", "PATCH", "DELETE"})


# Asynchronous, since FastAPI sends others to a thread and back (tests/architecture/test_api.py).
async def _session_of(request: Request) -> AsyncSession:
    session: AsyncSession = request.state.session
    return session


async def _principal_of(request: Request) -> Principal:
    principal: Principal = request.state.principal
    return principal


Session = Annotated[AsyncSession, Depends(_session_of)]
"""The request's transaction; nobody but the operation commits it."""
OwnSession = Annotated[AsyncSession | None, Depends(_session_of)]
"""The same, or None where the request shares a transaction with others."""
Caller = Annotated[Principal, Depends(_principal_of)]
"""Who asks."""


class HasId(Protocol):
    """Anything with a key."""

    id: Any


class KnownRoute(StrictRoute):
    """A route for those whom the gateway vouches for and a policy permits.

    Every refusal leaves a row in the trail. Its operationId is the endpoint's name in camel case
    (`grant_concurrence`: `grantConcurrence`), and the Cedar action.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        options["operation_id"] = options.get("operation_id") or camel_case(endpoint.__name__)
        super().__init__(path, endpoint, **options)

    def get_route_handler(self) -> Handler:
        """Wrap FastAPI's handler."""
        handle = super().get_route_handler()

        async def run(request: Request) -> Response:
            state = request.app.state
            principal = state.principals.read(request.headers.get(PRINCIPAL_HEADER))
            request.state.principal = principal
            try:
                state.epochs.require(principal)
                state.policy.require(principal, self.operation_id)
                return await self._serve(handle, request)
            except Exception as error:
                await self._note_refusal(request, error)
                raise

        return run

    async def _serve(self, handle: Handler, request: Request) -> Response:
        return await handle(request)

    async def _note_refusal(self, request: Request, error: Exception) -> None:
        """With the ids that the refusal names. An error of ours is a row, too."""
        if isinstance(error, AWAY):
            return
        problem, shown = refusal_of(error), Shown()
        shown.add(*_named(request))
        shown.read(problem.extra)
        row = self._row(request, shown, problem_response(problem))
        row["rule"] = rule_behind(problem)
        await request.app.state.trail.record(row)

    def _row(self, request: Request, shown: Shown, response: Response) -> audit.NewRow:
        """A document (PDF, HTML) that names no ids is the one that was asked for."""
        ids = shown.ids or _named(request)
        left = audit.hash_of(getattr(response, "body", None))
        principal, operation = request.state.principal, str(self.operation_id)
        return audit.audit_row(principal, operation, ids, str(response.status_code), left)


class Operation(KnownRoute):
    """A route whose handler runs inside the steps above."""

    async def _serve(self, handle: Handler, request: Request) -> Response:
        if request.method in EDITS and "if-match" not in request.headers:
            raise PreconditionRequired
        return await self._read(handle, request)

    async def _read(self, handle: Handler, request: Request) -> Response:
        if request.method == "GET":
            return await self._transact(handle, request)
        async with SpooledBody(request.receive) as body:
            request._receive = body.receive
            request.state.body = body
            return await self._transact(handle, request)

    async def _transact(self, handle: Handler, request: Request) -> Response:
        is_read = request.method == "GET"
        try:
            async with request.app.state.database.transaction(request.state.principal) as session:
                context = context_of(session)
                context.if_match = request.headers.get("if-match")
                current_shown.set(context.shown)
                request.state.session = session
                response = await self._answer(handle, request, session)
                row = self._row(request, context.shown, response)
                if not is_read:
                    await audit.record_rows(session, [row])
        except StaleDataError as error:
            raise PreconditionFailed from error
        if is_read:
            # Reads that come at the same time share a commit; it is done before the first byte of the answer.
            await request.app.state.trail.record(row)
        if isinstance(response, StreamingResponse):
            response.body_iterator = self._hashed(request, response.body_iterator)
        return response

    async def _hashed(self, request: Request, parts: AsyncIterable[Any]) -> AsyncIterator[Any]:
        """Pass the parts of a file on; at its end, a second row has the hash of all that left.

        Whoever goes away before leaves no second row.
        """
        digest = hashlib.sha256()
        async for part in parts:
            digest.update(part.encode() if isinstance(part, str) else part)
            yield part
        principal, operation = request.state.principal, str(self.operation_id)
        row = audit.audit_row(principal, operation, _named(request), "sent", digest.hexdigest())
        await request.app.state.trail.record(row)

    async def _answer(self, handle: Handler, request: Request, session: AsyncSession) -> Response:
        key = request.headers.get("idempotency-key") if request.method == "POST" else None
        answering = self._keyed(key, handle, request, session) if key else self._tagged(handle, request, session)
        response = await answering
        await session.flush()
        tag = response.headers.get("etag", "")
        if request.method == "GET" and tag and is_known(request.headers.get("if-none-match"), tag):
            return Response(status_code=304, headers={"etag": tag})
        return response

    async def _tagged(self, handle: Handler, request: Request, session: AsyncSession) -> Response:
        """The answer, with the version of the one thing it shows as its ETag."""
        response = await handle(request)
        if (version := context_of(session).shown.version) is not None:
            response.headers["etag"] = etag(version, bytes(response.body) if request.method == "GET" else b"")
        return response

    async def _keyed(self, key: str, handle: Handler, request: Request, session: AsyncSession) -> Response:
        if not 1 <= len(key) <= 200 or not key.isprintable():
            raise Invalid("An Idempotency-Key has 1 to 200 printable characters.")
        digest = idempotency.fingerprint(request.method, request.url.path, request.url.query, request.state.body.digest)
        stored = await idempotency.first_answer(session, str(self.operation_id), key)
        if stored is not None:
            context_of(session).shown.read_kept(stored.ids, stored.body)
            return idempotency.replay(stored, digest)
        response = await self._tagged(handle, request, session)
        kept = SHOWN_ONCE if self.openapi_extra == SECRET_ANSWER else response
        await idempotency.keep_answer(session, str(self.operation_id), key, digest, kept)
        return response


class GatheredOperation(Operation):
    """An operation that may share a transaction with others of its kind (chassis.gathering), which then also audits it.

    A body of more than SMALL_BYTES, and one with an Idempotency-Key, is an operation of its own: `OwnSession` is None otherwise.
    """

    async def _transact(self, handle: Handler, request: Request) -> Response:
        if request.state.body.size > SMALL_BYTES or "idempotency-key" in request.headers:
            return await super()._transact(handle, request)
        request.state.session = None
        return await handle(request)


def camel_case(name: str) -> str:
    """`grant_concurrence` as `grantConcurrence`."""
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)


def _named(request: Request) -> list[str]:
    """The ids a refused request asked for; only such as are ids at all."""
    asked = (value for value in request.path_params.values() if isinstance(value, str))
    return [value[:64] for value in asked if value.isascii() and value.isprintable()]


def router(capability: str, route_class: type[Operation] = Operation) -> APIRouter:
    """The router of a capability; every route on it is an operation."""
    return APIRouter(prefix="/v1", route_class=route_class, tags=[capability])


def created(response: Response, collection: str, record: Record) -> Record:
    """Tell where what was created can be read, and give it."""
    response.headers["location"] = f"/v1/{collection}/{record.id}"
    return record
