"""Refusals of screening."""

from typing import Any

from chassis.errors import Conflict, Invalid


class WrongList(Invalid):
    """Not the consolidated list, or one that cannot be relied on."""

    slug, title = "wrong-sanctions-list", "This is not the consolidated list"

    def __init__(self, pointer: str, detail: str) -> None:
        super().__init__("Send the XML as the United Nations publishes it, unchanged.", [{"pointer": pointer, "detail": detail}])


class OlderList(Conflict):
    """A list from before the one that is held."""

    slug, title = "older-sanctions-list", "A newer list is held"


class ScreeningPending(Conflict):
    """An interlocutor resembles a listed name, and the Head has not decided yet, or decided that they are not to be met."""

    slug, title = "screening-pending", "The Head is asked first"

    def __init__(self, subjects: list[dict[str, Any]]) -> None:
        super().__init__(
            "These interlocutors resemble names on the United Nations consolidated list. Schedule once the Head has decided.",
            subjects=subjects,
        )
