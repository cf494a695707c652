"""Refusals of identity."""

from chassis.errors import Conflict, Invalid, NotAuthenticated, Problem


class WrongCredentials(NotAuthenticated):
    """No such client, or not its secret: the two look alike."""

    slug, title = "wrong-credentials", "These credentials do not match"

    def __init__(self) -> None:
        super().__init__("The client id or the secret is wrong, or the access was revoked.")


class UnsupportedGrant(Problem):
    """A grant type other than client_credentials."""

    slug, title = "unsupported-grant-type", "Grant type not supported"

    def __init__(self) -> None:
        super().__init__("Send grant_type=client_credentials.", error="unsupported_grant_type")


class UnknownRole(Invalid):
    """A role nobody knows would permit nothing."""

    def __init__(self, roles: list[str], known: tuple[str, ...]) -> None:
        super().__init__(f"Known roles are: {', '.join(known)}.", [{"pointer": "/roles", "detail": f"unknown: {', '.join(roles)}"}])


class ClientExists(Conflict):
    """A client id is given once."""

    slug, title = "client-exists", "This client id is taken"

    def __init__(self, client_id: str) -> None:
        super().__init__(f"There is a client {client_id} already. Choose another id, or give that client a new secret.")
