"""Refusals of names."""

from chassis.errors import Conflict, Invalid, NotPermitted


class ReasonNeeded(Invalid):
    """Names asked for in a file, without saying why."""

    slug, title = "reason-needed", "Say why names are needed"

    def __init__(self) -> None:
        flaw = {"pointer": "?reason", "detail": "is needed with names=shown"}
        super().__init__("A file leaves the house. Say in `reason` why it has to hold names, or leave `names` out.", [flaw])


class NamesNotForYou(NotPermitted):
    """Names asked for by somebody who may have the file only without them."""

    slug, title = "names-withheld", "Names are withheld"

    def __init__(self) -> None:
        super().__init__("Analysts and the Head of the Centre may take names out. Leave `names` out, and the file comes without them.")


class AlreadyMarked(Conflict):
    """Words of which somebody decided before."""

    slug, title = "already-marked", "It is marked already"

    def __init__(self) -> None:
        super().__init__("Somebody decided of these words before. Read the persons of this observation, and confirm or dismiss that mark.")


class NotInText(Invalid):
    """A mark on words that do not stand in the text."""

    slug, title = "not-in-text", "The words do not stand there"

    def __init__(self) -> None:
        flaw = {"pointer": "/words", "detail": "stand neither in the title nor in the text"}
        super().__init__("Mark words as they stand in the title or the text of this observation.", [flaw])
