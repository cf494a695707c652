"""Refusals of the door."""

from chassis.errors import Problem


class ServiceUnavailable(Problem):
    """The service behind the door does not answer."""

    status, slug, title = 503, "service-unavailable", "A part of the platform is not available"

    def __init__(self, service: str) -> None:
        super().__init__(f"The {service} service does not answer. Nothing was done; try again shortly.", headers={"Retry-After": "2"})


class TooManyRequests(Problem):
    """Over the rate limit."""

    status, slug, title = 429, "too-many-requests", "Too many requests"

    def __init__(self, seconds: int, headers: dict[str, str]) -> None:
        super().__init__(f"Slow down: try again in {seconds} s.", headers=headers | {"Retry-After": str(seconds)})


class CrossSite(Problem):
    """A browser's request that comes from another site."""

    status, slug, title = 403, "cross-site", "Not from this site"

    def __init__(self) -> None:
        super().__init__("A signed-in browser may change things from the platform's own pages only.")


class InsufficientScope(Problem):
    """A token that was given for reading only, used for more (RFC 6750, section 3.1)."""

    status, slug, title = 403, "insufficient-scope", "The token does not reach so far"

    def __init__(self, scope: str) -> None:
        header = f'Bearer error="insufficient_scope", scope="{scope}"'
        detail = f"This needs a token with the scope {scope}. Ask /oauth2/token for one."
        super().__init__(detail, headers={"WWW-Authenticate": header})
