"""The manifest of a backup: what belongs to it, by which hash. Without one it is none."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from deploy.errors import BackupRefused
from deploy.secrets import write_json

FILE, FORMAT = "manifest.json", 1


@dataclass(frozen=True)
class Manifest:
    """When it was made, of which release and migrations, and every file's SHA-256."""

    format: int
    made_at: str
    release: str
    postgresql: str
    migrations: dict[str, str]
    files: dict[str, str]

    def write(self, folder: Path) -> None:
        """Keep it in the backup, last of all."""
        write_json(folder / FILE, asdict(self))

    def check(self, folder: Path) -> None:
        """BackupRefused with the files that are missing, were changed, or do not belong to it."""
        found = hashes(folder)
        wrong = [
            *(f"{name} is missing" for name in self.files.keys() - found.keys()),
            *(f"{name} does not belong to it" for name in found.keys() - self.files.keys()),
            *(f"{name} was changed" for name, was in self.files.items() if found.get(name, was) != was),
        ]
        if wrong:
            raise BackupRefused(f"the backup {folder} is damaged: {'; '.join(sorted(wrong)[:5])}")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup. BackupRefused where there is none that can be read."""
    try:
        told: dict[str, Any] = json.loads((folder / FILE).read_text(encoding="utf-8"))
        manifest = Manifest(**told)
    except FileNotFoundError as error:
        raise BackupRefused(f"{folder} is no backup: it has no {FILE}") from error
    except (ValueError, TypeError) as error:
        raise BackupRefused(f"the backup {folder} is damaged: {FILE} cannot be read") from error
    if manifest.format != FORMAT:
        said = f"the backup {folder} has format {manifest.format}"
        raise BackupRefused(f"{said}; this release reads {FORMAT}")
    return manifest


def release() -> str:
    """Of this code."""
    return version("goodoffices")


def hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of a backup but the manifest, by its path."""
    return {str(path.relative_to(folder)): _hash(path) for path in _files(folder)}


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and path != folder / FILE)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
