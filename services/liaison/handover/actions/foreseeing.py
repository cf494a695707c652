"""The dry run: what would become of a package, by the same rules by which it is placed."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from uuid import UUID

from services.liaison.handover.adapters.packages import Package, open_package
from services.liaison.handover.queries.homes import home_of
from services.liaison.handover.rules.inventory import SeriesEntry
from services.liaison.handover.rules.records import Reference
from services.liaison.handover.rules.sifting import Refused, read_all, sift

FLAWS_SHOWN: Final = 100
_NOWHERE: Final = UUID(int=0)


def foresee_source(source: Path) -> list[dict[str, Any]]:
    """Check a package that is not taken in, and foresee it; nothing of it is left anywhere."""
    with TemporaryDirectory(prefix="goodoffices-dry-run-") as shelf:
        return foresee(open_package(source, Path(shelf)))


def foresee(package: Package) -> list[dict[str, Any]]:
    """The dry run: what would be placed, what would go to the quarantine, and why. Nothing is written.

    It knows the package alone: a record that came with an earlier one is found out when it is placed.
    """
    found: dict[Reference, UUID] = {}
    return [_foresee_series(package, entry, found) for entry in package.inventory.for_the_centre()]


def _foresee_series(package: Package, entry: SeriesEntry, found: dict[Reference, UUID]) -> dict[str, Any]:
    mapped, bad, placed = home_of(entry.kind).mapped, list[Refused](), 0
    taken = {external_id for kind, external_id in found if kind == entry.kind}
    for line in package.lines(str(entry.path), 0, 0):
        reads = read_all(mapped, [(line.number, line.content)])
        good, refused = sift(mapped, entry.kind, reads, found, taken, lambda _: _NOWHERE)
        placed += len(good)
        bad += refused
    flaws = [{"line": each.line, "pointer": each.flaw.pointer, "reason": each.flaw.reason} for each in bad[:FLAWS_SHOWN]]
    return {"series": entry.id, "kind": entry.kind, "would_place": placed, "would_quarantine": len(bad), "flaws": flaws}
