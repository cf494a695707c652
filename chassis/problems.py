"""Every error leaves as application/problem+json (RFC 9457): what is wrong, where, what to do; never the input."""

import json
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from psycopg import InterfaceError as LinkBroken
from psycopg import OperationalError as ServerAway
from pydantic import ValidationError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from starlette.exceptions import HTTPException
from starlette.responses import Response

from chassis.errors import PROBLEM_BASE, Invalid, NotFound, Problem, Unreadable
from chassis.logs import current_request_id, log

AWAY = (OperationalError, InterfaceError, NoConnection, ServerAway, LinkBroken)
logger = log(__name__)


def problem_response(problem: Problem) -> Response:
    """The problem as an HTTP answer."""
    document = problem.document(current_request_id() or "")
    body = json.dumps(document, ensure_ascii=False, default=str).encode("utf-8", "replace")
    return Response(body, status_code=problem.status, media_type="application/problem+json", headers=problem.headers)


def pointer(location: tuple[Any, ...]) -> str:
    """A JSON pointer (RFC 6901) to where in the body, or `?name` for a query parameter."""
    if location and location[0] == "query":
        return "?" + ".".join(str(part) for part in location[1:])
    parts = location[1:] if location and location[0] in ("body", "path", "header") else location
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def field_errors(error: RequestValidationError | ValidationError) -> list[dict[str, str]]:
    """Pointer and plain words for each field that is wrong; the value itself is not repeated."""
    return [{"pointer": pointer(tuple(each["loc"])), "detail": each["msg"].removeprefix("Value error, ")} for each in error.errors()]


async def _refuse(_: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)
    return problem_response(problem)


async def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    if any(each["type"] == "json_invalid" for each in error.errors()):
        return problem_response(Unreadable("The body is not valid JSON in UTF-8."))
    return problem_response(Invalid("Some fields are missing, unknown or not acceptable; see errors.", field_errors(error)))


async def _http(_: Request, error: Exception) -> Response:
    """What Starlette refuses by itself: an unknown address, a method not allowed, a body it cannot parse."""
    assert isinstance(error, HTTPException)
    if isinstance(error.__cause__, Problem):
        # FastAPI calls whatever goes wrong while it reads a body a bad request; ours says what it was.
        return problem_response(error.__cause__)
    if error.status_code == 404:
        return problem_response(NotFound("address"))
    if error.status_code == 400:
        return problem_response(Unreadable("The body cannot be read: send valid JSON in UTF-8."))
    problem = Problem(error.detail, headers=dict(error.headers or {}))
    document = {"type": f"{PROBLEM_BASE}/http-{error.status_code}", "title": error.detail, "status": error.status_code}
    body = json.dumps(problem.document(current_request_id() or "") | document).encode()
    return Response(body, status_code=error.status_code, media_type="application/problem+json", headers=problem.headers)


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
    return InternalError("It is recorded under this request_id. Nothing was half-written; you may try again.")


async def _unexpected(_: Request, error: Exception) -> Response:
    return problem_response(unforeseen(error))


def install_problems(app: FastAPI) -> None:
    """Answer every error of `app` as a problem document."""
    app.add_exception_handler(Problem, _refuse)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)
