"""Saves a platform, also while it runs."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from deploy.backups.manifest import FORMAT, Manifest, hashes, release
from deploy.backups.moment import one_moment
from deploy.backups.places import Installation, opened
from deploy.backups.programs import dump_all
from deploy.environment import SERVICES
from deploy.errors import BackupRefused
from deploy.keys import Keys, missing_keys, open_keys
from deploy.secrets import write_json

NOTE = "last-backup.json"
_VERSIONS = "select version_num, version() from alembic_version"


def save(target: Path, folder: Path) -> Manifest:
    """Make the backup `target` of the platform in `folder`; it appears only when it is whole.

    BackupRefused when there is something already, keys are missing, or a database refuses.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise BackupRefused(f"{target} is there already; give each backup a folder of its own")
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        with opened(folder) as installation:
            manifest = _fill(draft, installation)
        os.sync()
        draft.replace(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    if folder.is_dir():
        write_json(folder / NOTE, {"at": manifest.made_at, "folder": str(target.resolve())})
    return manifest


def _fill(draft: Path, installation: Installation) -> Manifest:
    _require_keys(Keys(installation.keys))
    dumps = draft / "databases"
    dumps.mkdir(mode=0o700)
    with one_moment(installation.databases) as snapshots:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        dump_all(installation.databases, snapshots, dumps)
    _copy_files(draft, installation)
    server, migrations = _versions(installation.databases)
    manifest = Manifest(FORMAT, at, release(), server, migrations, hashes(draft))
    manifest.write(draft)
    return manifest


def _require_keys(keys: Keys) -> None:
    if missing := missing_keys(keys, SERVICES):
        said = f"keys are missing in {keys.folder}: {', '.join(missing)}"
        raise BackupRefused(f"{said}; a backup without them is none")
    if readable := open_keys(keys):
        names = ", ".join(path.name for path in readable)
        mend = f"chmod -R go= {keys.folder}"
        raise BackupRefused(f"keys are readable by others: {names}; run: {mend}")


def _copy_files(draft: Path, installation: Installation) -> None:
    """Keys, packages of imports that are under way, and what lies beside them."""
    copy_private(installation.keys, draft / "keys")
    if installation.packages is not None and installation.packages.is_dir():
        copy_private(installation.packages, draft / "packages")
    for path in installation.files:
        if path.exists():
            copy_file(path, draft / path.name)


def copy_private(source: Path, target: Path) -> None:
    """A folder with everything below, readable by this user only."""
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in sorted(source.rglob("*")):
        place = target / path.relative_to(source)
        if path.is_dir():
            place.mkdir(mode=0o700, exist_ok=True)
        elif path.is_file():
            copy_file(path, place)


def copy_file(source: Path, target: Path) -> None:
    """One file, readable by this user only."""
    target.touch(mode=0o600)
    shutil.copyfile(source, target)


def _versions(databases: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    server, migrations = "", {}
    for service, url in databases.items():
        with psycopg.connect(url) as connection:
            row = connection.execute(_VERSIONS).fetchone()
        assert row is not None
        migrations[service], server = row
    return server.split(" on ", 1)[0], migrations
