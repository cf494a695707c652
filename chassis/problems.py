"""Every error leaves as application/problem+json (RFC 9457): what is wrong, where, what to do; never the input."""

import json
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from chassis.audit import audit_row, hash_of
from chassis.database import AWAY
from chassis.errors import Invalid, MethodNotAllowed, NotAuthenticated, NotFound, NotPermitted, Problem, Unreadable
from chassis.logs import current_request_id, log
from chassis.origin import current_rule
from chassis.principal import PRINCIPAL_HEADER

MAX_ERRORS: Final = 50
UNKNOWN_ADDRESS: Final = "unknownAddress"
"""The operation of rows about addresses and methods that no route serves."""
logger = log(__name__)


def problem_response(problem: Problem) -> Response:
    """The problem as an HTTP answer."""
    document = problem.document(current_request_id() or "")
    body = json.dumps(document, ensure_ascii=False, default=str).encode("utf-8", "replace")
    return Response(body, status_code=problem.status, media_type="application/problem+json", headers=problem.headers)


@lru_cache(maxsize=1)
def _our_names() -> frozenset[str]:
    """The names of all fields of all models: what a pointer may repeat, since it is ours."""
    names, waiting = set(), [BaseModel]
    while waiting:
        model = waiting.pop()
        waiting += model.__subclasses__()
        for name, field in model.model_fields.items():
            names |= {name, *(each for each in (field.alias, field.validation_alias) if isinstance(each, str))}
    return frozenset(names)


def pointer(location: tuple[Any, ...]) -> str:
    """A JSON pointer (RFC 6901) to where in the body, or `?name` for a query parameter.

    It ends at the first part that is a key of the caller's: nothing that was sent is repeated.
    """
    if location and location[0] == "query":
        members = (part for part in location[2:] if isinstance(part, int))
        return ".".join([f"?{location[1]}", *map(str, members)])
    parts = location[1:] if location and location[0] in ("body", "path", "header") else location
    ours = takewhile(lambda part: isinstance(part, int) or part in _our_names(), parts)
    return "".join(f"/{part}" for part in ours)


def field_errors(error: RequestValidationError | ValidationError) -> list[dict[str, str]]:
    """Pointer and plain words for the first 50 fields that are wrong; no value and no key of the caller's is repeated."""
    return [{"pointer": pointer(tuple(each["loc"])), "detail": _plain(each)} for each in error.errors()[:MAX_ERRORS]]


def _plain(error: Any) -> str:
    if error["type"] == "extra_forbidden":
        return "holds a field that is not known here"
    message: str = error["msg"].removeprefix("Value error, ")
    # Behind the comma pydantic says which character stood where one was not expected.
    return message.split(", ", 1)[0] if error["type"].endswith("_parsing") else message


async def _refuse(_: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)
    return problem_response(problem)


def invalid_fields(error: RequestValidationError) -> Problem:
    """What a caller is told whose request does not fit its model."""
    if any(each["type"] == "json_invalid" for each in error.errors()[:MAX_ERRORS]):
        return Unreadable("The body is not valid JSON in UTF-8.")
    count = len(error.errors())
    which = "see errors" if count <= MAX_ERRORS else f"the first {MAX_ERRORS} of {count:,} are in errors"
    return Invalid(f"Some fields are missing, unknown or not acceptable; {which}.", field_errors(error))


def problem_of_http(error: HTTPException) -> Problem:
    """What Starlette refuses by itself: an unknown address, a method not allowed, a body it cannot parse."""
    if isinstance(error.__cause__, Problem):
        # FastAPI calls whatever goes wrong while it reads a body a bad request; ours says what it was.
        return error.__cause__
    if error.status_code == 404:
        return NotFound("address")
    if error.status_code == 405:
        return MethodNotAllowed((error.headers or {}).get("Allow", ""))
    return Unreadable("The body cannot be read: send valid JSON in UTF-8.")


async def _refuse_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    problem = problem_of_http(error)
    if error.status_code == 405:
        # Starlette names the methods of the first route at this address only.
        problem = MethodNotAllowed(_methods_at(request.app.router, request.scope["path"]))
    await _note_unknown(request, problem)
    return problem_response(problem)


async def _note_unknown(request: Request, problem: Problem) -> None:
    """A row of the trail: somebody known asked for what no route serves (R17)."""
    state = request.app.state
    try:
        principal = state.principals.read(request.headers.get(PRINCIPAL_HEADER))
    except NotAuthenticated:
        return
    left, rule = hash_of(bytes(problem_response(problem).body)), rule_behind(problem)
    row = audit_row(principal, UNKNOWN_ADDRESS, [], str(problem.status), left, rule)
    await state.trail.record(row)


def _methods_at(router: Any, path: str) -> str:
    """All methods some route serves at `path`, as the Allow header lists them."""
    served = {method for route in _routes(router) if route.path_regex.match(path) for method in route.methods or ()}
    return ", ".join(sorted(served | ({"HEAD"} if "GET" in served else set())))


def _routes(router: Any) -> Iterator[Route]:
    """Every route, those of included routers too."""
    for each in router.routes:
        if isinstance(each, Route):
            yield each
        elif (inner := getattr(each, "original_router", None)) is not None:
            yield from _routes(inner)


_RECORDED = "It is recorded under this request_id. Nothing was half-written; you may try again."


class InternalError(Problem):
    """Our fault. The request id leads to the log; nothing else is told."""

    status, slug, title = 500, "internal-error", "Something went wrong on our side"


class DatabaseAway(Problem):
    """The database is away, or broke off: whoever asks again with the same Idempotency-Key is answered, and nothing doubles."""

    status, slug, title = 503, "database-away", "A part of the platform is not available"

    def __init__(self) -> None:
        super().__init__("The database does not answer. Try again shortly, with the same Idempotency-Key.", headers={"Retry-After": "2"})


def unforeseen(error: Exception) -> Problem:
    """What a caller is told of an error that no refusal was written for; the log has the rest, under the request_id."""
    if isinstance(error, AWAY):
        logger.warning("the database is away", error=type(error).__name__)
        return DatabaseAway()
    logger.error("unexpected", exc_info=error)
    return InternalError(_RECORDED)


def refusal_of(error: Exception) -> Problem:
    """What a caller is told of any error that an endpoint raised."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, RequestValidationError):
        return invalid_fields(error)
    if isinstance(error, HTTPException):
        return problem_of_http(error)
    return InternalError(_RECORDED)


def rule_behind(problem: Problem) -> str:
    """What audit rows of a refusal name: the numbered rule, that no policy permits it, or its
    type."""
    if problem.rule:
        return problem.rule
    permitted = current_rule() is not None or not isinstance(problem, NotPermitted)
    return f"problem:{problem.slug}" if permitted else "cedar:none"


async def _unexpected(_: Request, error: Exception) -> Response:
    return problem_response(unforeseen(error))


def install_problems(app: FastAPI) -> None:
    """Answer every error of `app` as a problem document."""
    app.add_exception_handler(Problem, _refuse)
    app.add_exception_handler(HTTPException, _refuse_http)
    app.add_exception_handler(Exception, _unexpected)
