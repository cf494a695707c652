"""Writing a package: a new bag (RFC 8493, version 1.0) in a folder, and its archive.

`bagit.make_bag` changes the working directory of the whole process, which a service must not; the tests let it check ours.
"""

import hashlib
import json
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from services.liaison.handover.rules.inventory import ATTACHMENTS, INVENTORY, Inventory


async def write_series(folder: Path, path: str, records: AsyncIterator[dict[str, Any] | str]) -> int:
    """Write one series as NDJSON, keys sorted, so that equal content is equal bytes; a text is a line as it came."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with target.open("x", encoding="utf-8") as file:
        async for record in records:
            line = record if isinstance(record, str) else json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            file.write(line + "\n")
            count += 1
    return count


def write_attachment(folder: Path, content: bytes) -> None:
    """Put an attachment under its SHA-256."""
    target = folder / ATTACHMENTS / hashlib.sha256(content).hexdigest()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def close_bag(folder: Path, inventory: Inventory) -> str:
    """Write inventory, tag files and manifests; the SHA-256 of the payload manifest."""
    (folder / INVENTORY).parent.mkdir(parents=True, exist_ok=True)
    (folder / INVENTORY).write_text(inventory.model_dump_json(indent=2, exclude_none=True) + "\n", encoding="utf-8")
    payload = sorted(path for path in (folder / "data").rglob("*") if path.is_file())
    size = sum(path.stat().st_size for path in payload)
    (folder / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    (folder / "bag-info.txt").write_text(_bag_info(inventory, f"{size}.{len(payload)}"), encoding="utf-8")
    manifest = _manifest(folder, payload)
    (folder / "manifest-sha256.txt").write_text(manifest, encoding="utf-8")
    tags = [folder / name for name in ("bag-info.txt", "bagit.txt", "manifest-sha256.txt")]
    (folder / "tagmanifest-sha256.txt").write_text(_manifest(folder, tags), encoding="utf-8")
    return hashlib.sha256(manifest.encode()).hexdigest()


def _bag_info(inventory: Inventory, oxum: str) -> str:
    return (
        f"Source-Organization: {' '.join(inventory.office.name.split())}\n"
        f"External-Description: Hand-over of {inventory.office.slug}, {inventory.period.begin} to {inventory.period.end}\n"
        f"Bagging-Date: {inventory.prepared_at.date()}\n"
        f"Payload-Oxum: {oxum}\n"
    )


def _manifest(folder: Path, files: list[Path]) -> str:
    return "".join(f"{_digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in files)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def pack(folder: Path, target: Path) -> None:
    """The bag as a .zip in one folder of its own."""
    with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, f"{folder.name}/{path.relative_to(folder).as_posix()}")
