"""Verifies an audit export offline: every row under its seal, every seal signed and chained to the one before (R17)."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from cryptography.exceptions import InvalidSignature
from joserfc.jwk import OKPKey

from chassis.audit import NO_SEAL, merkle_root, row_hash, signed_bytes
from chassis.tables import Seal

SEALED_FIELDS = (
    "format", "number", "rows", "upto_transaction", "upto_seq", "upto_ordinal", "root", "previous",
    "signature",
)  # fmt: skip
# What exports of earlier releases do not say.
_SINCE_FORMAT_2 = {"format": 1, "upto_ordinal": None}


def verify_export(batches: Iterable[str], public_key: str) -> Iterator[str]:
    """What does not hold, in plain words; nothing when all does.

    `batches` are lines of JSON as `GET /v1/audit/seals` gives them and `export-audit` writes them, from the first seal on:
    a seal with its rows as `entries`. `public_key` is the service's, as JWK. One batch at a time is held in memory.
    """
    key: Any = OKPKey.import_key(json.loads(public_key)).get_op_key("verify")
    previous, number = NO_SEAL, 0
    for line in batches:
        batch = json.loads(line)
        told = _SINCE_FORMAT_2 | batch
        seal, number = Seal(**{name: told[name] for name in SEALED_FIELDS}), number + 1
        if seal.number != number:
            yield f"seal {seal.number}: seal {number} should stand here"
        yield from _problems_of(seal, batch["entries"], previous, key)
        previous, number = seal.root, seal.number


def _problems_of(seal: Seal, rows: list[dict[str, Any]], previous: str, key: Any) -> Iterator[str]:
    if len(rows) != seal.rows or not rows:
        yield f"seal {seal.number}: {seal.rows} rows were sealed, {len(rows)} are here"
    elif merkle_root([row_hash(row) for row in rows]).hex() != seal.root:
        yield f"seal {seal.number}: a row was changed, added or taken away"
    if seal.previous != previous:
        yield f"seal {seal.number}: does not follow the seal before it"
    try:
        key.verify(bytes.fromhex(seal.signature), signed_bytes(seal))
    except (InvalidSignature, ValueError):
        yield f"seal {seal.number}: the signature does not hold"
