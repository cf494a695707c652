"""A measured figure beside what it is held against."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`value` against `peer`, in the same `unit`, from the same run; `least` or `most` bounds their ratio."""

    what: str
    value: float
    unit: str
    against: str
    peer: float
    least: float | None = None
    most: float | None = None

    @property
    def ratio(self) -> float:
        """value / peer."""
        return self.value / self.peer

    @property
    def holds(self) -> bool:
        """True when the ratio keeps its bound, or has none."""
        return (self.least is None or self.ratio >= self.least) and (self.most is None or self.ratio <= self.most)

    def cells(self) -> list[str]:
        """As a row of the table."""
        bound = f">= {self.least}" if self.least is not None else f"<= {self.most}" if self.most is not None else "-"
        against = f"{self.against}: {self.peer:,.1f} {self.unit}"
        return [self.what, f"{self.value:,.1f} {self.unit}", against, f"{self.ratio:.3f}", bound, "yes" if self.holds else "NO"]
