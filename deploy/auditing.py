"""Writes a service's audit trail where it can be verified offline."""

import json
from pathlib import Path

from chassis.audit_trail import read_batches
from chassis.database import Database
from chassis.principal import system_principal
from chassis.reactions import Reactions
from chassis.settings import Settings


async def export_trail(service: str, export: Path) -> str:
    """Write every sealed batch of `service` to `export`, one a line; says how many rows there are."""
    database, rows, after = Database(Settings().database_url.get_secret_value(), Reactions()), 0, 0
    with export.open("w") as lines:
        async with database.transaction(system_principal(service)) as session:
            while batches := await read_batches(session, after, 1):
                lines.write(json.dumps(batches[0]) + "\n")
                after, rows = batches[0]["number"], rows + batches[0]["rows"]
    await database.close()
    return f"{rows} rows under {after} seals"
