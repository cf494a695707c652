"""Verifies an audit export offline: every row under its seal, every seal signed and chained to the one before (R17)."""

import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from joserfc.jwk import OKPKey

from chassis.audit import NO_SEAL, merkle_root, row_hash, signed_bytes
from chassis.tables import Seal


def verify_export(rows: str, seals: str, public_key: str) -> list[str]:
    """What does not hold, in plain words; an empty list when all does. All three are JSON text, rows and seals one a line.

    Rows behind the last seal are not sealed yet and are not judged.
    """
    key: Any = OKPKey.import_key(json.loads(public_key)).get_op_key("verify")
    known = sorted((json.loads(line) for line in rows.splitlines() if line), key=lambda row: (row["transaction"], row["seq"]))
    problems, previous, begin = [], NO_SEAL, 0
    for line in seals.splitlines():
        seal = Seal(**json.loads(line))
        covered = known[begin : begin + seal.rows]
        problems += _problems_of(seal, covered, previous, key)
        previous, begin = seal.root, begin + seal.rows
    return problems


def _problems_of(seal: Seal, rows: list[dict[str, Any]], previous: str, key: Any) -> list[str]:
    problems = []
    if len(rows) != seal.rows or not rows:
        problems.append(f"seal {seal.number}: {seal.rows} rows were sealed, {len(rows)} are here")
    elif merkle_root([row_hash(row) for row in rows]).hex() != seal.root:
        problems.append(f"seal {seal.number}: a row was changed, added or taken away")
    if seal.previous != previous:
        problems.append(f"seal {seal.number}: does not follow the seal before it")
    try:
        key.verify(bytes.fromhex(seal.signature), signed_bytes(seal))
    except (InvalidSignature, ValueError):
        problems.append(f"seal {seal.number}: the signature does not hold")
    return problems
