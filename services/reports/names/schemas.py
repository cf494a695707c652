"""How names are asked for in files."""

from enum import StrEnum
from typing import NamedTuple


class Names(StrEnum):
    """Whether a file holds names of persons."""

    withheld = "withheld"
    shown = "shown"


class NamesAsked(NamedTuple):
    """What was asked for; names are withheld unless a reason is given."""

    names: Names = Names.withheld
    reason: str | None = None
