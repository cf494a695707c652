"""Refusals of the register of organizations."""

from chassis.errors import Conflict


class AlreadyRegistered(Conflict):
    """The slug is taken."""

    slug, title = "already-registered", "Already registered"

    def __init__(self) -> None:
        super().__init__("An organization of this id is registered already. Choose another id.")


class CentreStays(Conflict):
    """The Centre is not removed from its own register."""

    slug, title = "centre-stays", "The Centre stays"

    def __init__(self) -> None:
        super().__init__("The Centre cannot be removed from its own register.")
