"""Refusals of notes to file and readouts."""

from chassis.errors import Conflict, Problem


class OwnReadout(Problem):
    """Nobody approves what they wrote last."""

    status, slug, title = 403, "own-text", "Nobody approves their own text"

    def __init__(self) -> None:
        super().__init__("You wrote this readout last. Let somebody else write it, and approve what they wrote.")


class ReadoutExists(Conflict):
    """A note has one readout."""

    slug, title = "readout-exists", "This note has a readout"

    def __init__(self) -> None:
        super().__init__("Change the readout that is there.")
