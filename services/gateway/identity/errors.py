"""Refusals of identity."""

from chassis.errors import Conflict, Invalid, NotAuthenticated


class WrongCredentials(NotAuthenticated):
    """No such client, or not its secret: the two look alike."""

    slug, title = "wrong-credentials", "These credentials do not match"

    def __init__(self) -> None:
        super().__init__("The client id or the secret is wrong, or the access was revoked.")


class LastAdministrator(Conflict):
    """Without an administrator nobody could give access again."""

    slug, title = "last-administrator", "This is the last administrator"

    def __init__(self) -> None:
        super().__init__("Make another administrator first; the last one cannot be revoked.")


class UnknownRole(Invalid):
    """A role nobody knows would permit nothing."""

    def __init__(self, roles: list[str], known: tuple[str, ...]) -> None:
        super().__init__(f"Known roles are: {', '.join(known)}.", [{"pointer": "/roles", "detail": f"unknown: {', '.join(roles)}"}])


class ClientExists(Conflict):
    """A client id is given once."""

    slug, title = "client-exists", "This client id is taken"

    def __init__(self, client_id: str) -> None:
        super().__init__(f"There is a client {client_id} already. Choose another id, or give that client a new secret.")
