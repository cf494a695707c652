"""Looks at everything, one thing after the other; what cannot be looked at is a finding as well."""

from pathlib import Path

import psycopg

from deploy.doctor import databases, files, servers
from deploy.doctor.patient import Check, Finding, Patient, find_patient
from deploy.errors import in_one_line

_ALWAYS: list[Check] = [
    files.keys, files.environment, files.space, files.backups,
    servers.services, servers.nats, databases.answering,
]  # fmt: skip
_IN_DATABASES: list[Check] = [
    databases.migrations, databases.dead_letters, databases.gaps, databases.unsealed,
    databases.roots, databases.clocks, databases.administrators,
]  # fmt: skip
LOOKED_AT = len(_ALWAYS) + len(_IN_DATABASES)


def examine(folder: Path) -> list[Finding]:
    """What is wrong with the platform of the variables, or in `folder`. NotConfigured for neither."""
    patient = find_patient(folder)
    found = [finding for check in _ALWAYS for finding in check(patient)]
    if not list(databases.answering(patient)):
        found += [finding for check in _IN_DATABASES for finding in _in_database(check, patient)]
    return found


def _in_database(check: Check, patient: Patient) -> list[Finding]:
    """A table that is not there yet says that migrations are due."""
    try:
        return list(check(patient))
    except psycopg.Error as error:
        return [
            Finding(
                f"{check.__name__} cannot be looked at: {in_one_line(error)}",
                "goodoffices migrate SERVICE",
            )
        ]
