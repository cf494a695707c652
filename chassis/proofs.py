"""Proofs about single rows and about heads of the log, and their verification offline (R17).

A row is proven under its seal by the hashes of its batch, the seal under the newest head of the
service's log by hashes of other seals: nobody else's row is shown (RFC 9162, 2.1.3 and 2.1.4).
"""

import json
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.audit import as_exported, row_hash
from chassis.audit_log import hashes_of, log_leaf
from chassis.audit_trail import read_under, seal_over
from chassis.errors import Conflict, Invalid, NotFound
from chassis.merkle import consistency_ranges, continues, includes, inclusion_ranges, merkle_root
from chassis.sealing import SEALED_FIELDS
from chassis.tables import AuditRow, Seal
from chassis.verification import PublicKeys

# The first format whose seals sign a head of the log.
LOGGED: Final = 3


class NotSealedYet(Conflict):
    """A row of the last seconds has no seal yet, or its seal no head over it."""

    slug, title = "not-sealed-yet", "Not sealed yet"

    def __init__(self) -> None:
        super().__init__("The row is sealed within 10 s. Ask again.", headers={"Retry-After": "10"})


async def prove_row(session: AsyncSession, seq: int) -> dict[str, Any]:
    """An inclusion proof of one row. NotFound for no such row, NotSealedYet before its seal."""
    row = await session.get(AuditRow, seq)
    if row is None:
        raise NotFound("audit row")
    seal, before = await seal_over(session, row)
    head = await _newest(session)
    if seal is None or head is None or head.format < LOGGED:
        raise NotSealedYet
    rows = await read_under(session, seal, before)
    index = next(n for n, each in enumerate(rows) if each["seq"] == seq)
    hashes = [row_hash(each, seal.format) for each in rows]
    ranges = inclusion_ranges(index, len(rows))
    path = [merkle_root(hashes[begin:end]).hex() for begin, end in ranges]
    log_path = await hashes_of(session, inclusion_ranges(seal.number - 1, head.number))
    proven = {"kind": "inclusion", "row": as_exported(row), "index": index, "path": path}
    return proven | {"seal": _told(seal), "head": _told(head), "log_path": log_path}


async def prove_consistency(session: AsyncSession, first: int, second: int) -> dict[str, Any]:
    """That the log at seal `second` continues the one at seal `first`. NotFound for a number that
    was not sealed; Invalid for a seal of a format without a log, and for a wrong order."""
    seals = [await session.get(Seal, first), await session.get(Seal, second)]
    older, newer = seals
    if older is None or newer is None:
        raise NotFound("seal")
    if first > second or older.format < LOGGED or newer.format < LOGGED:
        raise Invalid("Give two seals of format 3, the older one first.")
    path = await hashes_of(session, consistency_ranges(first, second))
    return {"kind": "consistency", "first": _told(older), "second": _told(newer), "path": path}


async def _newest(session: AsyncSession) -> Seal | None:
    query = select(Seal).order_by(Seal.number.desc()).limit(1)
    return (await session.execute(query)).scalar_one_or_none()


def _told(seal: Seal) -> dict[str, Any]:
    return {name: getattr(seal, name) for name in SEALED_FIELDS}


def verify_proof(proof: dict[str, Any], keys: PublicKeys) -> Iterator[str]:
    """What does not hold in a proof; nothing when all does. ValueError, KeyError or TypeError for
    what is no proof."""
    told = ("first", "second") if proof["kind"] == "consistency" else ("seal", "head")
    one, two = (Seal(**{name: proof[each][name] for name in SEALED_FIELDS}) for each in told)
    for seal in (one, two):
        if not keys.hold(seal, proof.get("service")):
            yield f"seal {seal.number}: the signature does not hold"
    if two.format < LOGGED or not two.log_root:
        yield f"seal {two.number}: signs no head of the log"
    elif proof["kind"] == "consistency":
        yield from _consistency(one, two, _bytes(proof["path"]))
    else:
        yield from _inclusion(proof, one, two)


def _consistency(first: Seal, second: Seal, path: list[bytes]) -> Iterator[str]:
    old, new = bytes.fromhex(first.log_root or ""), bytes.fromhex(second.log_root or "")
    if not continues((first.number, old), (second.number, new), path):
        yield f"the log at seal {second.number} does not continue the one at seal {first.number}"


def _inclusion(proof: dict[str, Any], seal: Seal, head: Seal) -> Iterator[str]:
    leaf, at = row_hash(proof["row"], seal.format), (proof["index"], seal.rows)
    if not includes(bytes.fromhex(seal.root), leaf, at, _bytes(proof["path"])):
        yield f"the row does not stand under seal {seal.number}"
    place, root = (seal.number - 1, head.number), bytes.fromhex(head.log_root or "")
    if not includes(root, log_leaf(seal.root), place, _bytes(proof["log_path"])):
        yield f"seal {seal.number} does not stand in the log at seal {head.number}"


def _bytes(path: list[str]) -> list[bytes]:
    return [bytes.fromhex(each) for each in path]


def read_proof(text: str) -> dict[str, Any]:
    """A proof from its JSON. ValueError for what is none."""
    proof = json.loads(text)
    if not isinstance(proof, dict) or proof.get("kind") not in ("inclusion", "consistency"):
        raise ValueError("this is no proof of an audit row or of a log")
    return proof
