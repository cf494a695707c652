"""The lifecycles of a note to file and of its readout, pure."""

from enum import StrEnum


class NoteState(StrEnum):
    """A draft is its author's; what was filed does not change."""

    draft = "draft"
    filed = "filed"


class ReadoutState(StrEnum):
    """A readout is public once the Head approved it."""

    draft = "draft"
    approved = "approved"


RECORDED_OF = ("held", "reported")
"""The states of an engagement of which there is something to record."""
