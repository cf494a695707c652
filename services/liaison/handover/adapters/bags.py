"""The bag around a package (RFC 8493): every file against its manifests, nothing missing and nothing extra.

`bagit` checks the form that the RFC asks for. Where it is lenient (a malformed line of a manifest is skipped, a file that
only one of two manifests lists passes, tag files need not be listed), this is not: every byte of a package is under a hash.
"""

import hashlib
import logging
import re
from pathlib import Path
from typing import Final

import bagit

from services.liaison.handover.errors import Flaws, PackageRefused

_LINE: Final = re.compile(r"([0-9A-Fa-f]{64}|[0-9A-Fa-f]{128}) [ *]?([^\r\n]+)")
_DIGITS: Final = {"sha256": 64, "sha512": 128}
_MANIFEST: Final = re.compile(r"(tag)?manifest-([a-z0-9]+)\.txt")
# Its warnings name files; the refusal says the same to whom it concerns.
logging.getLogger("bagit").setLevel(logging.CRITICAL)


def check_bag(folder: Path) -> dict[str, str]:
    """SHA-256 of each payload file, by path, of a bag that holds. PackageRefused, with a pointer per file, of any other."""
    if (folder / "fetch.txt").exists():
        raise PackageRefused("Nothing is fetched: a package holds all of its files.", [_flaw("fetch.txt", "is not taken")])
    manifests = _require_complete(folder)
    _require_equal(folder, manifests)
    try:
        bagit.Bag(str(folder)).validate(completeness_only=True)
    except (bagit.BagError, ValueError, LookupError, OSError) as error:
        raise PackageRefused("The package is not a valid bag (RFC 8493): look at bagit.txt and bag-info.txt.") from error
    return manifests["manifest-sha256.txt"]


def _require_equal(folder: Path, manifests: dict[str, dict[str, str]]) -> None:
    flaws: Flaws = []
    for name, listed in manifests.items():
        algorithm = "sha512" if "sha512" in name else "sha256"
        for path, digest in listed.items():
            with (folder / path).open("rb") as file:
                if hashlib.file_digest(file, algorithm).hexdigest() != digest:
                    flaws.append(_flaw(path, f"does not have the {algorithm} that {name} says: it was changed or damaged"))
    if flaws:
        raise PackageRefused("The package does not agree with its manifests.", flaws[:100])


def _flaw(path: str, reason: str) -> dict[str, str]:
    return {"pointer": f"/{path[:200]}", "detail": reason}


def _require_complete(folder: Path) -> dict[str, dict[str, str]]:
    manifests = {path.name: _read_manifest(path) for path in sorted(folder.iterdir()) if _MANIFEST.fullmatch(path.name)}
    for needed in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        if needed not in manifests:
            raise PackageRefused("A package has manifests by SHA-256 of its payload and of its tag files.", [_flaw(needed, "is missing")])
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    payload = {path for path in files if path.startswith("data/")}
    tags = {path for path in files - payload if not path.startswith("tagmanifest-")}
    flaws: Flaws = []
    for name, listed in manifests.items():
        there = tags if name.startswith("tag") else payload
        flaws += [_flaw(path, f"is not in {name}") for path in sorted(there - listed.keys())]
        flaws += [_flaw(path, f"is in {name} and not in the package") for path in sorted(listed.keys() - there)]
    if flaws:
        raise PackageRefused("The package does not hold the files its manifests list.", flaws[:100])
    return manifests


def _read_manifest(path: Path) -> dict[str, str]:
    refused = PackageRefused("A manifest cannot be read.", [_flaw(path.name, "has a line that is not a checksum and a path")])
    match = _MANIFEST.fullmatch(path.name)
    digits = _DIGITS.get(match.group(2)) if match else None
    if digits is None:
        raise PackageRefused("Manifests are by SHA-256, and by SHA-512 beside it.", [_flaw(path.name, "is by another algorithm")])
    listed: dict[str, str] = {}
    try:
        lines = path.read_bytes().decode().splitlines()
    except UnicodeDecodeError as error:
        raise refused from error
    for line in lines:
        entry = _LINE.fullmatch(line)
        if entry is None or len(entry.group(1)) != digits or entry.group(2) in listed:
            raise refused
        listed[entry.group(2)] = entry.group(1).lower()
    return listed
