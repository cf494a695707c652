"""Refusals of the token endpoints: problems that also bear the `error` of RFC 6749, section 5.2."""

from typing import Any

from chassis.errors import NotAuthenticated, Problem

NEVER_STORED = {"Cache-Control": "no-store", "Pragma": "no-cache"}


class TokenRefused(Problem):
    """A request for a token, or about one, that is not served."""

    status, slug, title, error = 400, "invalid-request", "The token request is not acceptable", "invalid_request"

    def __init__(self, detail: str) -> None:
        described: dict[str, Any] = {"error": self.error, "error_description": detail}
        super().__init__(detail, headers=NEVER_STORED, **described)


class UnsupportedGrant(TokenRefused):
    """A grant type other than client_credentials."""

    slug, title, error = "unsupported-grant-type", "Grant type not supported", "unsupported_grant_type"

    def __init__(self) -> None:
        super().__init__("Send grant_type=client_credentials.")


class InvalidScope(TokenRefused):
    """A scope nobody knows."""

    slug, title, error = "invalid-scope", "Scope not known", "invalid_scope"

    def __init__(self, known: str) -> None:
        super().__init__(f"Known scopes are: {known}. Leave scope out for all of them.")


class InvalidTarget(TokenRefused):
    """An audience or resource that is not this platform (RFC 8707)."""

    slug, title, error = "invalid-target", "Audience not known", "invalid_target"

    def __init__(self, audience: str) -> None:
        super().__init__(f"Tokens are given for the audience {audience} only. Leave it out, or name that.")


class ForeignToken(TokenRefused):
    """A token of another client: only its own client takes it back (RFC 7009, section 2.1)."""

    slug, title, error = "unauthorized-client", "Not your token", "unauthorized_client"

    def __init__(self) -> None:
        super().__init__("The token was given to another client, and goes on to hold.")


class InvalidClient(NotAuthenticated):
    """No such client, or not its secret: the two look alike."""

    slug, title = "wrong-credentials", "These credentials do not match"

    def __init__(self) -> None:
        detail = "The client id or the secret is wrong, or the access was revoked."
        Problem.__init__(
            self,
            detail,
            headers=NEVER_STORED | {"WWW-Authenticate": 'Basic realm="goodoffices"'},
            error="invalid_client",
            error_description=detail,
        )
