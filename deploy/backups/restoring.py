"""Restores a platform from a backup, into a folder or into databases that are empty."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from deploy.backups.manifest import Manifest, read_manifest
from deploy.backups.places import Installation, elsewhere, in_folder
from deploy.backups.programs import restore_all
from deploy.backups.saving import copy_file, copy_private
from deploy.environment import SERVICES
from deploy.errors import BackupRefused, FolderInUse, in_one_line
from deploy.heads import revisions
from deploy.locks import FolderLock
from deploy.postgres.bootstrap import prepare_database
from deploy.postgres.server import start_postgres

Say = Callable[[str], None]
_TABLES = "select count(*) from pg_tables where schemaname = 'public'"


def restore(source: Path, folder: Path, force: bool, say: Say) -> Manifest:
    """Make the platform of the backup `source` anew. Nothing that is there is overwritten.

    BackupRefused when the backup is damaged or of a later release, when the platform runs, or when
    something is there; with `force`, what lies in `folder` is moved aside.
    """
    manifest = read_manifest(source)
    manifest.check(source)
    _require_known(manifest)
    if installation := elsewhere():
        _require_empty(installation)
        _put(source, installation)
        return manifest
    with _new_folder(folder, force, say):
        _restore_into(source, folder, say)
    return manifest


def _require_known(manifest: Manifest) -> None:
    """A later release may have made what this one cannot read."""
    unknown = [each for each in SERVICES if manifest.migrations.get(each) not in revisions(each)]
    if unknown:
        what = ", ".join(f"{each} {manifest.migrations.get(each)}" for each in unknown)
        said = f"the backup is of release {manifest.release}"
        raise BackupRefused(f"{said}, with migrations not known here: {what}")


def _require_empty(installation: Installation) -> None:
    for service, url in installation.databases.items():
        try:
            with psycopg.connect(url) as connection:
                row = connection.execute(_TABLES).fetchone()
        except psycopg.Error as error:
            said = f"the database of {service} was not read: {in_one_line(error)}"
            raise BackupRefused(said) from error
        if row is None or row[0]:
            said = f"the database of {service} is not empty"
            raise BackupRefused(f"{said}; restore into new databases")
    for place in (installation.keys, installation.packages):
        if place is not None and place.is_dir() and any(place.iterdir()):
            raise BackupRefused(f"{place} is not empty; nothing is overwritten")


@contextmanager
def _new_folder(folder: Path, force: bool, say: Say) -> Iterator[None]:
    """The folder, empty and held; what was made in it is removed when the block raises."""
    if folder.exists():
        _require_stopped(folder)
        if any(path.name != "lock" for path in folder.iterdir()):
            _move_aside(folder, force, say)
    folder.mkdir(parents=True, exist_ok=True)
    lock = FolderLock(folder)
    lock.acquire()
    try:
        yield
    except BaseException:
        for path in folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        raise
    finally:
        lock.release()


def _require_stopped(folder: Path) -> None:
    for place in (folder, folder / "postgres"):
        lock = FolderLock(place)
        try:
            if place.is_dir():
                lock.acquire()
        except FolderInUse:
            raise BackupRefused(f"the platform in {folder} runs; stop it first") from None
        finally:
            lock.release()


def _move_aside(folder: Path, force: bool, say: Say) -> None:
    if not force:
        mend = "name another --folder, or --force to move what is there aside"
        raise BackupRefused(f"{folder} is not empty; {mend}")
    aside = folder.with_name(f"{folder.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
    folder.rename(aside)
    say(f"what was in {folder} lies in {aside} now")


def _restore_into(source: Path, folder: Path, say: Say) -> None:
    server = start_postgres(folder / "postgres", say)
    try:
        for service in SERVICES:
            prepare_database(server, service)
        _put(source, in_folder(folder, server))
    except BaseException:
        server.erase()
        raise
    server.stop()


def _put(source: Path, installation: Installation) -> None:
    """Databases first: where they fail, no keys are left behind."""
    restore_all(installation.databases, source / "databases")
    for name, place in (("keys", installation.keys), ("packages", installation.packages)):
        if place is not None and (source / name).is_dir():
            copy_private(source / name, place)
    for path in installation.files:
        if (source / path.name).exists():
            copy_file(source / path.name, path)
