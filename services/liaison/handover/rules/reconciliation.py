"""Reconciliation: what the package says against what became of it, per kind; it must add up (R19)."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Tally:
    """One kind. `kept` are those without a register here; `elsewhere` go to the archives or the Resident Coordinator."""

    kind: str
    in_package: int
    placed: int = 0
    matched: int = 0
    kept: int = 0
    quarantined: int = 0
    elsewhere: int = 0

    @property
    def waiting(self) -> int:
        """Not looked at yet; 0 once the import has ended."""
        return self.in_package - self.placed - self.matched - self.kept - self.quarantined - self.elsewhere

    def as_row(self) -> dict[str, int | str]:
        """As it is shown and signed."""
        return asdict(self) | {"waiting": self.waiting}


def tally(series: Iterable[Tally]) -> list[Tally]:
    """The series' tallies summed per kind, in the order they come."""
    sums: dict[str, Tally] = {}
    for each in series:
        before = sums.get(each.kind, Tally(each.kind, 0))
        counts = {name: value + getattr(each, name) for name, value in asdict(before).items() if name != "kind"}
        sums[each.kind] = Tally(each.kind, **counts)
    return list(sums.values())


def reconciles(tallies: Iterable[Tally]) -> bool:
    """True when every record in the package is accounted for, once."""
    return all(each.waiting == 0 for each in tallies)
