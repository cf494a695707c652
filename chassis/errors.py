"""Refusals: one class per reason, each with its status and type, answered as RFC 9457 problem documents."""

from typing import Any, ClassVar

PROBLEM_BASE = "https://goodoffices.example/problems"


class Problem(Exception):
    """A refusal the caller can act on. Subclasses set status, slug and title; `detail` says what to do."""

    status: ClassVar[int] = 400
    slug: ClassVar[str] = "bad-request"
    title: ClassVar[str] = "The request cannot be served as it is"
    # The numbered rule of domain.md that refuses, where one does: audit rows name it (R17).
    rule: ClassVar[str | None] = None

    def __init__(self, detail: str, *, headers: dict[str, str] | None = None, **extra: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.headers = headers or {}
        self.extra = extra

    def document(self, request_id: str) -> dict[str, Any]:
        """The problem document: type, title, status, detail, request_id and what the subclass adds."""
        return {
            "type": f"{PROBLEM_BASE}/{self.slug}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "request_id": request_id,
            **self.extra,
        }


class NotFound(Problem):
    """What is not there, and what the caller may not know of: the two look alike (R18)."""

    status, slug, title = 404, "not-found", "Not found"
    rule = "R18"

    def __init__(self, what: str = "resource") -> None:
        super().__init__(f"There is no such {what}, or you may not know of it. Check the identifier.")


class MethodNotAllowed(Problem):
    """An address that is there, asked in a way it does not serve. `allowed` is the Allow header (RFC 9110, 15.5.6)."""

    status, slug, title = 405, "http-405", "Method Not Allowed"

    def __init__(self, allowed: str) -> None:
        super().__init__(f"This address takes {allowed or 'other methods'}.", headers={"Allow": allowed} if allowed else None)


class NotAuthenticated(Problem):
    """No credentials, or none that hold."""

    status, slug, title = 401, "not-authenticated", "Authentication needed"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, headers={"WWW-Authenticate": "Bearer"})


class NotPermitted(Problem):
    """The caller is known, and no policy lets it do this."""

    status, slug, title = 403, "not-permitted", "Not permitted"


class Conflict(Problem):
    """The state of things does not allow this now."""

    status, slug, title = 409, "conflict", "The current state does not allow this"


class WrongState(Conflict):
    """A lifecycle step from a state it does not start from."""

    slug, title = "wrong-state", "Not possible in this state"

    def __init__(self, what: str, state: str, allowed: list[str]) -> None:
        wanted = " or ".join(allowed)
        super().__init__(f"This {what} is {state}; the step needs it to be {wanted}.", state=state, allowed=allowed)


class PreconditionFailed(Problem):
    """Someone changed the thing since the caller read it."""

    status, slug, title = 412, "stale", "Changed since you read it"

    def __init__(self) -> None:
        super().__init__("It was changed since you read it. Fetch it again, look at the change, and repeat with its ETag.")


class PreconditionRequired(Problem):
    """An edit without If-Match could overwrite somebody's work."""

    status, slug, title = 428, "precondition-required", "If-Match needed"

    def __init__(self) -> None:
        super().__init__("Send the ETag you read in an If-Match header, so that nobody's change is overwritten.")


class Invalid(Problem):
    """Understood, but not acceptable; `errors` point at the fields."""

    status, slug, title = 422, "invalid", "The content is not acceptable"

    def __init__(self, detail: str, errors: list[dict[str, str]] | None = None, **extra: Any) -> None:
        super().__init__(detail, errors=errors or [], **extra)


class Unreadable(Problem):
    """Not JSON, CSV or UTF-8 at all."""

    status, slug, title = 400, "unreadable", "The body cannot be read"


class UnsupportedMedia(Problem):
    """A body of a kind that this address does not take."""

    status, slug, title = 415, "unsupported-media-type", "Media type not accepted here"


class TooLarge(Problem):
    """A body over the limit. The rest of it is read and dropped for a while, so that its sender hears this answer."""

    status, slug, title = 413, "too-large", "The body is too large"

    def __init__(self, limit: int) -> None:
        super().__init__(f"At most {limit:,} bytes are taken at once. Send it in parts.", limit=limit)


class TooSlow(Problem):
    """A body that comes more slowly than any line in use."""

    status, slug, title = 408, "too-slow", "The body came too slowly"

    def __init__(self, seconds: int) -> None:
        detail = f"Nothing came for {seconds} s, or less than the slowest line in use carries. Send it again."
        super().__init__(detail, headers={"Connection": "close"})


class StaleCopy(Problem):
    """The service's copy of another service's facts is too old to decide on (R2, R15)."""

    status, slug, title = 503, "stale-copy", "Waiting for another service"
    rule = "R2"

    def __init__(self, source: str) -> None:
        super().__init__(f"The facts of {source} are not fresh enough to decide on. Try again shortly.", headers={"Retry-After": "2"})
