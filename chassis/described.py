"""The parts that OpenAPI describes once for all operations: problems with their examples, headers, parameters."""

from collections import defaultdict
from typing import Any, Final

# All that declare refusals are loaded, so that every service describes the shared answers alike.
from chassis import connections, idempotency, outbound, problems  # noqa: F401
from chassis.errors import PROBLEM_BASE, Problem

Json = dict[str, Any]
REQUEST_ID: Final = "01939c5e-7a11-7d40-8a53-6d2b1e0f9c8a"
PROBLEM_SCHEMA: Final[Json] = {
    "type": "object",
    "description": "RFC 9457 problem details.",
    "required": ["type", "title", "status", "detail", "request_id"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
    "additionalProperties": True,
}
# Status, the name of its answer, and what it means, for every operation that may answer so.
ANSWERS: Final = {
    400: ("Unreadable", "The body cannot be read"),
    401: ("NotAuthenticated", "Authentication needed"),
    403: ("NotPermitted", "Not permitted"),
    404: ("NotFound", "Not there, or not yours to know of"),
    405: ("MethodNotAllowed", "Asked in a way this address does not serve"),
    408: ("TooSlow", "The body came too slowly"),
    409: ("Conflict", "The current state does not allow this"),
    410: ("Gone", "Taken back"),
    412: ("Stale", "Changed since read"),
    413: ("TooLarge", "The body is too large"),
    415: ("UnsupportedMediaType", "Media type not accepted"),
    422: ("Invalid", "Not acceptable"),
    431: ("HeadersTooLarge", "Too many headers"),
    428: ("PreconditionRequired", "If-Match needed"),
    429: ("TooManyRequests", "Too many requests"),
    503: ("Unavailable", "A part of the platform is away: try again"),
}


def _header(description: str, kind: str = "string") -> Json:
    return {"description": description, "schema": {"type": kind}}


HEADERS: Final[Json] = {
    "ETag": _header("The version of what is shown, for If-Match and If-None-Match."),
    "Location": _header("Where what was created can be read."),
    "RequestId": _header("The request's id in answers, logs, events and the audit trail."),
    "RateLimit": _header("What is left in the window, and when it ends."),
    "RetryAfter": _header("Seconds until it is worth trying again.", "integer"),
    "IdempotencyReplayed": _header("`true` where the first answer to this Idempotency-Key is given again."),
}


def _parameter(name: str, description: str) -> Json:
    return {"name": name, "in": "header", "required": False, "description": description, "schema": {"type": "string"}}


PARAMETERS: Final[Json] = {
    "IfMatch": _parameter("If-Match", "The ETag that was read. An edit without it is refused with 428, a stale one with 412."),
    "IfNoneMatch": _parameter("If-None-Match", "ETags that are known: 304 when nothing changed since."),
    "IdempotencyKey": _parameter("Idempotency-Key", "1 to 200 printable characters: a repetition within 24 hours gets the first answer."),
}


def reference(kind: str, name: str) -> Json:
    """A reference to a shared part."""
    return {"$ref": f"#/components/{kind}/{name}"}


class Problems:
    """The refusals of this process as answers of operations, by the capability whose `errors.py` declares them.

    Those of the chassis, and of capabilities that have no operations of their own (the gateway's door), are shared.
    """

    def __init__(self, service: str, capabilities: set[str]) -> None:
        self._own: dict[str, list[type[Problem]]] = defaultdict(list)
        waiting = [Problem]
        while waiting:
            problem = waiting.pop()
            waiting += problem.__subclasses__()
            package, *path = problem.__module__.split(".")
            if package == "services" and path[0] == service:
                self._own[path[1] if path[1] in capabilities else "shared"].append(problem)
            elif package == "chassis":
                self._own["shared"].append(problem)

    def statuses(self, capability: str) -> set[int]:
        """The statuses of a capability's own refusals."""
        return {each.status for each in self._own.get(capability, ())} & ANSWERS.keys()

    def name(self, status: int, capability: str) -> str:
        """The name of the answer with `status`: the capability's own where it has refusals of its own."""
        own = capability if status in self.statuses(capability) else ""
        return f"{ANSWERS[status][0]}{own.title().replace('-', '')}"

    def answers(self, capabilities: set[str]) -> Json:
        """Every answer these capabilities may refer to, each with an example of each of its problems."""
        pairs = [(status, capability) for status in ANSWERS for capability in sorted(capabilities)]
        return {self.name(*pair): self._answer(*pair) for pair in pairs}

    def _answer(self, status: int, capability: str) -> Json:
        own = [*self._own["shared"], *self._own.get(capability, ())]
        known = {each.slug: each for each in own if each.status == status}
        media = {
            "schema": reference("schemas", "Problem"),
            "examples": {slug: {"value": _example(problem)} for slug, problem in sorted(known.items())},
        }
        answer: Json = {"description": ANSWERS[status][1], "content": {"application/problem+json": media}}
        if status in (429, 503):
            answer["headers"] = {"Retry-After": reference("headers", "RetryAfter")}
        return answer


def _example(problem: type[Problem]) -> Json:
    """The document of a problem, with the first line of its description as its detail."""
    detail = (problem.__doc__ or problem.title).strip().splitlines()[0]
    document = {"type": f"{PROBLEM_BASE}/{problem.slug}", "title": problem.title, "status": problem.status, "detail": detail}
    errors = {"errors": [{"pointer": "/title", "detail": "Field required"}]} if problem.status == 422 else {}
    return document | {"request_id": REQUEST_ID} | errors
