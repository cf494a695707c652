"""Coverage (R21), pure: what stands against the objectives of a place and theme."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class CoverageState(StrEnum):
    """none: nothing there; gap: an objective without activity; overlap: two or more organizations; else covered."""

    none = "none"
    gap = "gap"
    covered = "covered"
    overlap = "overlap"


@dataclass(frozen=True)
class Doing:
    """The activities of one cell: how many, and of whom."""

    activities: int
    organizations: tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """A place and theme, what is aimed at there and what is done."""

    place: str
    theme: str
    objectives: int
    activities: int
    organizations: tuple[str, ...]
    state: CoverageState


Key = tuple[str, str]


def cover(cells: Iterable[Key], objectives: Mapping[Key, int], doings: Mapping[Key, Doing]) -> list[Cell]:
    """Every cell with its state."""
    return [_cell(key, objectives.get(key, 0), doings.get(key, Doing(0, ()))) for key in cells]


def _cell(key: Key, objectives: int, doing: Doing) -> Cell:
    return Cell(*key, objectives, doing.activities, doing.organizations, state_of(objectives, doing))


def state_of(objectives: int, doing: Doing) -> CoverageState:
    """The state of one cell."""
    if len(doing.organizations) > 1:
        return CoverageState.overlap
    if doing.activities:
        return CoverageState.covered
    return CoverageState.gap if objectives else CoverageState.none
