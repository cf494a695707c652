"""`pg_dump` and `pg_restore` of the wheel.

Addresses and passwords go by the environment, never by the command line.
"""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from deploy.errors import BackupRefused
from deploy.postgres.data import ENVIRONMENT
from deploy.postgres.places import programs

_NAMES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
}


def dump_all(databases: Mapping[str, str], snapshots: Mapping[str, str], folder: Path) -> None:
    """Write SERVICE.dump of each database, as of its snapshot. BackupRefused with its reason."""
    running = {}
    for service, url in databases.items():
        words = [
            "--format=custom",
            f"--snapshot={snapshots[service]}",
            f"--file={folder / service}.dump",
        ]
        running[service] = _start("pg_dump", url, words)
    reasons = [_reason(each, f"pg_dump of {service}") for service, each in running.items()]
    if said := [reason for reason in reasons if reason]:
        raise BackupRefused("; ".join(said))


def restore_all(databases: Mapping[str, str], folder: Path) -> None:
    """Put each SERVICE.dump into its database, which is empty. BackupRefused with the reason."""
    for service, url in databases.items():
        name = conninfo_to_dict(url)["dbname"]
        words = ["--exit-on-error", "--jobs=2", f"--dbname={name}", str(folder / f"{service}.dump")]
        if reason := _reason(_start("pg_restore", url, words), f"pg_restore of {service}"):
            raise BackupRefused(reason)


def _start(program: str, url: str, words: Sequence[str]) -> "subprocess.Popen[str]":
    told = conninfo_to_dict(url)
    address = {name: str(told[key]) for key, name in _NAMES.items() if told.get(key)}
    rest = {name: value for name, value in os.environ.items() if name.startswith("PGSSL")}
    return subprocess.Popen(  # noqa: S603 - the words come from deploy, no shell reads them
        [programs() / program, *words],
        env={**ENVIRONMENT, **rest, **address},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        umask=0o077,
    )


def _reason(process: "subprocess.Popen[str]", what: str) -> str | None:
    said = process.communicate()[1]
    return f"{what} failed: {' '.join(said.split())[:300]}" if process.returncode else None
