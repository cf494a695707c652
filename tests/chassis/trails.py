"""Sealed trails made without a database, for tests of their verification."""

import json
from typing import Any

from joserfc.jwk import OKPKey

from chassis.audit import FORMAT, row_hash
from chassis.audit_log import log_leaf
from chassis.merkle import merkle_root
from chassis.sealing import NO_SEAL, SEALED_FIELDS, signed_bytes
from chassis.tables import Seal

Json = dict[str, Any]


class Signer:
    """A seal key, and its public half as auditors get it."""

    def __init__(self, service: str) -> None:
        key = OKPKey.generate_key("Ed25519", private=True, auto_kid=True)
        self.private: Any = key.get_op_key("sign")
        self.public = dict(key.as_dict(private=False)) | {"service": service}


def row(seq: int, actor: str = "a") -> Json:
    """A row as it is hashed."""
    told = {"actor": actor, "organization": "centre", "operation": "readParty", "ids": [f"i{seq}"]}
    told |= {"seq": seq, "transaction": 100 + seq, "at": "2026-01-01T00:00:00+00:00"}
    told |= {"outcome": "200", "request_id": "r", "rule": "cedar:parties/1"}
    return told | {"origin": "192.0.2.1", "content_hash": "0" * 64}


def sealed(signer: Signer, batches: list[list[Json]], service: str = "liaison") -> list[Json]:
    """Seals over batches of rows, as they are exported."""
    lines, roots, ordinal, previous = list[Json](), list[bytes](), 0, NO_SEAL
    for number, rows in enumerate(batches, start=1):
        root = merkle_root([row_hash(each, FORMAT) for each in rows]).hex()
        roots.append(log_leaf(root))
        ordinal += len(rows)
        place = {"upto_ordinal": ordinal, "upto_transaction": 0, "upto_seq": rows[-1]["seq"]}
        told = {"format": FORMAT, "number": number, "rows": len(rows), "root": root}
        seal = Seal(**told, **place, previous=previous, log_root=merkle_root(roots).hex())
        seal.signature = signer.private.sign(signed_bytes(seal)).hex()
        line = {name: getattr(seal, name) for name in SEALED_FIELDS}
        lines.append(line | {"service": service, "entries": rows})
        previous = root
    return lines


def announced(lines: list[Json]) -> list[Json]:
    """What the gateway was told when these were sealed."""
    return [{name: each[name] for name in ("service", "number", "root")} for each in lines]


def written(lines: list[Json]) -> list[str]:
    """As they stand in a file."""
    return [json.dumps(each) for each in lines]
