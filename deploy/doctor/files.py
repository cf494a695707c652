"""What is wrong with files: rights, keys, space, backups."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from deploy.backups.saving import NOTE
from deploy.doctor.patient import MIB, Finding, Patient, bound
from deploy.environment import SERVICES
from deploy.keys import Keys, missing_keys, open_keys
from deploy.machine import NEEDED_BYTES
from deploy.secrets import read_json


def keys(patient: Patient) -> Iterator[Finding]:
    """Keys that are missing, or that others may read."""
    if patient.folder is None:
        yield from _named_keys(patient)
        return
    found = Keys(patient.folder / "keys")
    if missing := missing_keys(found, SERVICES):
        mend = f"cp -p BACKUP/keys/* {found.folder}/"
        yield Finding(f"keys are missing: {', '.join(missing)}", mend)
    if readable := open_keys(found):
        names = ", ".join(path.name for path in readable)
        yield Finding(f"keys are readable by others: {names}", f"chmod -R go= {found.folder}")


def _named_keys(patient: Patient) -> Iterator[Finding]:
    for service in patient.settings:
        for name in ("SEAL_KEY", "PRINCIPAL_SIGNING_KEY", "TOKEN_KEY"):
            path = Path(patient.value(service, name) or "/")
            if path != Path("/") and not path.is_file():
                yield Finding(
                    f"the key of {service} is missing: {path}",
                    f"cp -p BACKUP/keys/{path.name} {path}",
                )
            elif path.is_file() and path.stat().st_mode & 0o077:
                said = f"the key of {service} is readable by others: {path}"
                yield Finding(said, f"chmod go= {path}")


def environment(patient: Patient) -> Iterator[Finding]:
    """Files of settings hold passwords: others may not read them."""
    if patient.folder is None:
        return
    place = patient.folder / "environment"
    open_ = [path for path in (place, *sorted(place.iterdir())) if path.stat().st_mode & 0o077]
    if open_:
        names = ", ".join(path.name for path in open_)
        yield Finding(f"settings are readable by others: {names}", f"chmod -R go= {place}")
    for service in SERVICES:
        if service not in patient.settings:
            yield Finding(f"settings of {service} are missing in {place}", "make run")


def space(patient: Patient) -> Iterator[Finding]:
    """Less free than a start needs; GOODOFFICES_LEAST_FREE_MIB asks for more."""
    least = bound("LEAST_FREE_MIB", NEEDED_BYTES / MIB)
    for folder in patient.data_folders:
        free = shutil.disk_usage(folder).free / MIB
        if free < least:
            yield Finding(
                f"only {free:.0f} MiB are free at {folder}, less than {least:.0f}",
                f"du -xhd2 {folder} | sort -h | tail",
            )


def backups(patient: Patient) -> Iterator[Finding]:
    """The last backup is older than GOODOFFICES_BACKUP_HOURS (24), or gone; 0 asks for none."""
    hours = bound("BACKUP_HOURS", 24)
    if patient.folder is None or not hours:
        return
    note, command = (
        read_json(patient.folder / NOTE),
        f"goodoffices backup NEW-FOLDER --folder {patient.folder}",
    )
    if note and not Path(note["folder"], "manifest.json").is_file():
        yield Finding(f"the last backup is not in {note['folder']} any more", command)
    made = datetime.fromisoformat(note["at"]) if note else _begin(patient.folder)
    age = datetime.now(UTC) - made
    if age > timedelta(hours=hours):
        what = "the last backup" if note else "the platform was never backed up and"
        old = age.total_seconds() / 3600
        yield Finding(f"{what} is {old:.0f} hours old, more than {hours:.0f}", command)


def _begin(folder: Path) -> datetime:
    """When a platform that was never backed up was made."""
    first = folder / "keys" / "principal-signing.json"
    return datetime.fromtimestamp((first if first.exists() else folder).stat().st_mtime, UTC)
