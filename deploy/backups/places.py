"""Where the databases, keys and packages of a platform lie."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from deploy.environment import PREFIX, SERVICES
from deploy.errors import BackupRefused, FolderInUse
from deploy.postgres.server import PostgresAddress, attach_postgres, start_postgres

DATABASE = "goodoffices_{}"


@dataclass(frozen=True)
class Installation:
    """A platform at rest or at work.

    `databases` are addresses by service, of a role that sees every row; `files` are kept beside
    keys and packages under their own names.
    """

    databases: Mapping[str, str]
    keys: Path
    packages: Path | None
    files: list[Path] = field(default_factory=list)


def plain(url: str) -> str:
    """The address as PostgreSQL's own programs read it."""
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


def admin_variable(service: str) -> str:
    """The variable with the address of a service's database, for a role that sees every row."""
    return f"{PREFIX}{service.upper()}_ADMIN_URL"


def elsewhere() -> Installation | None:
    """What GOODOFFICES_ variables name; None where they name no database.

    BackupRefused for one that is missing.
    """
    variables = {service: admin_variable(service) for service in SERVICES}
    if not any(name in os.environ for name in variables.values()):
        return None
    wanted = [*variables.values(), f"{PREFIX}KEYS_FOLDER"]
    if missing := [name for name in wanted if not os.environ.get(name)]:
        raise BackupRefused(f"set {', '.join(missing)} as well: a backup is of the whole platform")
    urls = {service: plain(os.environ[name]) for service, name in variables.items()}
    packages = os.environ.get(f"{PREFIX}PACKAGES_FOLDER")
    keys = Path(os.environ[f"{PREFIX}KEYS_FOLDER"])
    return Installation(urls, keys, Path(packages) if packages else None)


def in_folder(folder: Path, server: PostgresAddress) -> Installation:
    """A platform of this machine, with its PostgreSQL at work."""
    urls = {service: plain(server.url(DATABASE.format(service))) for service in SERVICES}
    return Installation(urls, folder / "keys", folder / "packages", [folder / "credentials.json"])


@contextmanager
def opened(folder: Path) -> Iterator[Installation]:
    """The platform to be saved. PostgreSQL of a platform that is stopped runs meanwhile."""
    if found := elsewhere():
        yield found
        return
    if not (folder / "postgres" / "server.json").exists():
        raise BackupRefused(f"there is no platform in {folder}; name its folder with --folder")
    try:
        server = start_postgres(folder / "postgres")
    except FolderInUse:
        yield in_folder(folder, attach_postgres(folder / "postgres"))
        return
    try:
        yield in_folder(folder, server)
    finally:
        server.stop()
