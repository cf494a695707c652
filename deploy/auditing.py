"""Writes a service's audit trail, and the roots that were announced, where they are verified
offline; and verifies them."""

import json
from pathlib import Path

from chassis.audit_trail import read_batches
from chassis.database import Database
from chassis.principal import system_principal
from chassis.proofs import read_proof, verify_proof
from chassis.reactions import Reactions
from chassis.settings import Settings
from chassis.verification import Announced, PublicKeys, Verification
from services.gateway.audit.queries import all_roots


async def export_trail(service: str, export: Path) -> str:
    """Write every sealed batch of `service` to `export`, one a line; says how many rows there are."""
    database, rows, after = Database(Settings().database_url.get_secret_value(), Reactions()), 0, 0
    with export.open("w") as lines:
        async with database.transaction(system_principal(service)) as session:
            while batches := await read_batches(session, after, 1):
                lines.write(json.dumps({"service": service} | batches[0]) + "\n")
                after, rows = batches[0]["number"], rows + batches[0]["rows"]
    await database.close()
    return f"{rows} rows under {after} seals"


async def export_roots(target: Path) -> str:
    """Write the roots that the gateway was told, one a line; says how many there are."""
    database = Database(Settings().database_url.get_secret_value(), Reactions())
    count = 0
    with target.open("w") as lines:
        async with database.transaction(system_principal("gateway")) as session:
            async for root in all_roots(session):
                lines.write(root.model_dump_json() + "\n")
                count += 1
    await database.close()
    return f"{count} roots"


def verify(export: Path, keys: Path, announced: Path | None, service: str | None) -> list[str]:
    """What does not hold in an export, each problem with its place."""
    try:
        roots = None if announced is None else Announced.read(announced.read_text().splitlines())
    except (ValueError, KeyError, TypeError) as error:
        return [f"the announced roots cannot be read: {error!r}"]
    verification = Verification(PublicKeys(keys.read_text()), roots, service)
    with export.open() as batches:
        return list(verification.problems(batches))


def verify_one(proof: Path, keys: Path) -> list[str]:
    """What does not hold in a proof."""
    try:
        told = read_proof(proof.read_text())
        return list(verify_proof(told, PublicKeys(keys.read_text())))
    except (ValueError, KeyError, TypeError) as error:
        return [f"this is no proof: {error}"]
