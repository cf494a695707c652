"""A package that was checked: its inventory, its lines, its attachments."""

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from pydantic import ValidationError
from pydantic_core import from_json

from chassis.problems import field_errors
from services.liaison.handover.adapters.archives import Limits, remove, unpack
from services.liaison.handover.adapters.bags import check_bag
from services.liaison.handover.errors import PackageRefused
from services.liaison.handover.rules.inventory import ATTACHMENTS, INVENTORY, Inventory
from services.liaison.handover.rules.records import LONGEST_LINE

LARGEST_ATTACHMENT: Final = 256 << 20


@dataclass(frozen=True)
class Line:
    """A line of a series: its number from 1, its bytes, and where the one after it begins."""

    number: int
    content: bytes
    next_offset: int


@dataclass(frozen=True)
class Package:
    """A package on our own disk, checked. `digest` is the SHA-256 of its payload manifest: what is signed for."""

    folder: Path
    digest: str
    inventory: Inventory

    def lines(self, path: str, number: int, offset: int) -> Iterator[Line]:
        """The lines of a series behind `offset`; `number` lines are before it."""
        with (self.folder / path).open("rb") as file:
            file.seek(offset)
            for content in file:
                number, offset = number + 1, offset + len(content)
                yield Line(number, content, offset)

    def batch(self, path: str, number: int, offset: int, count: int) -> list[Line]:
        """The next `count` lines."""
        return list(islice(self.lines(path, number, offset), count))

    def attachments(self) -> list[Path]:
        """The attachments, each named by its SHA-256, in order."""
        folder = self.folder / ATTACHMENTS
        return sorted(folder.iterdir()) if folder.is_dir() else []


def open_package(source: Path, shelf: Path, limits: Limits | None = None) -> Package:
    """Unpack `source` onto the shelf and check it whole; the package that is there already when it came before.

    Raises PackageRefused, PackageUnsafe or PackageMedia, and leaves nothing behind.
    """
    shelf.mkdir(mode=0o700, parents=True, exist_ok=True)
    incoming = shelf / f".incoming-{uuid.uuid4()}"
    try:
        unpack(source, incoming, limits or Limits())
        package = _check(_root(incoming))
        place = shelf / package.digest
        try:
            package.folder.rename(place)
        except OSError:
            # The same package came before, or comes twice at once: what lies there was checked, too.
            if not place.is_dir():
                raise
        return Package(place, package.digest, package.inventory)
    finally:
        remove(incoming)


def load_package(shelf: Path, digest: str) -> Package | None:
    """The package of that digest, checked when it came; None when it lies on another machine's shelf."""
    folder = shelf / digest
    return Package(folder, digest, _inventory(folder)) if (folder / INVENTORY).is_file() else None


def _root(folder: Path) -> Path:
    """RFC 8493 lets an archive hold the bag in one folder of its own."""
    entries = list(folder.iterdir())
    inner = entries[0] if len(entries) == 1 and entries[0].is_dir() else folder
    if not (inner / "bagit.txt").is_file():
        raise PackageRefused("This is not a bag: it has no bagit.txt.", [{"pointer": "/bagit.txt", "detail": "is missing"}])
    return inner


def _check(folder: Path) -> Package:
    digests = check_bag(folder)
    inventory = _inventory(folder)
    flaws = [flaw for each in inventory.for_the_centre() if (flaw := _count_flaw(folder, str(each.path), each.records))]
    for path, digest in digests.items():
        inside = path.removeprefix(f"{ATTACHMENTS}/")
        if path != inside and inside != digest:
            flaws.append({"pointer": f"/{path}", "detail": "is not named by its SHA-256"})
        elif path != inside and (folder / path).stat().st_size > LARGEST_ATTACHMENT:
            flaws.append({"pointer": f"/{path}", "detail": f"is larger than {LARGEST_ATTACHMENT:,} bytes"})
    named = {each.path for each in inventory.series} | {INVENTORY}
    stray = [path for path in digests if path not in named and not path.startswith(f"{ATTACHMENTS}/")]
    flaws += [{"pointer": f"/{path}", "detail": "belongs to no series of the inventory"} for path in stray]
    if flaws:
        raise PackageRefused("The package does not hold what its inventory says.", flaws[:100])
    manifest = (folder / "manifest-sha256.txt").read_bytes()
    return Package(folder, hashlib.sha256(manifest).hexdigest(), inventory)


def _inventory(folder: Path) -> Inventory:
    path = folder / INVENTORY
    if not path.is_file():
        raise PackageRefused("The package has no inventory.", [{"pointer": f"/{INVENTORY}", "detail": "is missing"}])
    try:
        return Inventory.model_validate(from_json(path.read_bytes(), allow_inf_nan=False))
    except ValidationError as error:
        flaws = [each | {"pointer": f"/{INVENTORY}#{each['pointer']}"} for each in field_errors(error)]
        raise PackageRefused("The inventory is not acceptable.", flaws) from error
    except ValueError as error:
        flaw = {"pointer": f"/{INVENTORY}", "detail": "is not JSON in UTF-8"}
        raise PackageRefused("The inventory cannot be read.", [flaw]) from error


def _count_flaw(folder: Path, path: str, records: int) -> dict[str, str] | None:
    file = folder / path
    if not file.is_file():
        return {"pointer": f"/{path}", "detail": "is named by the inventory and missing"}
    count, longest = 0, 0
    with file.open("rb") as content:
        while line := content.readline(LONGEST_LINE + 1):
            count, longest = count + 1, max(longest, len(line))
    if longest > LONGEST_LINE:
        return {"pointer": f"/{path}", "detail": f"has a record longer than {LONGEST_LINE:,} bytes"}
    return None if count == records else {"pointer": f"/{path}", "detail": f"has {count:,} records, the inventory says {records:,}"}
