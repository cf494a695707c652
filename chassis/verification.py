"""Verifies an audit export offline (R17): every row under its seal, every seal signed, chained to
the one before it, in the log, and the one that was announced when it was made.

What only the service and its database say can be cut and made anew by whoever rules both; what the
gateway was told at the time (`Announced`) cannot.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature
from joserfc.jwk import OKPKey

from chassis.audit import row_hash
from chassis.audit_log import log_leaf
from chassis.merkle import merkle_root, node_hash
from chassis.sealing import NO_SEAL, SEALED_FIELDS, signed_bytes
from chassis.tables import Seal

# What exports of earlier releases do not say.
_SINCE_FORMAT_2 = {"format": 1, "upto_ordinal": None, "log_root": None}


class PublicKeys:
    """The public keys of seals: one JWK, or a JWKS in which `service` names whose each is."""

    def __init__(self, text: str) -> None:
        told = json.loads(text)
        self._keys = [(each.get("service"), _verifier(each)) for each in told.get("keys", [told])]

    def hold(self, seal: Seal, service: str | None) -> bool:
        """Whether the seal's signature is one by a key of the service, an old one or today's."""
        known = [key for owner, key in self._keys if owner is None or service in (owner, None)]
        return any(_signed_by(key, seal) for key in known)


def _verifier(jwk: dict[str, Any]) -> Any:
    public = {name: value for name, value in jwk.items() if name != "service"}
    return OKPKey.import_key(public).get_op_key("verify")


def _signed_by(key: Any, seal: Seal) -> bool:
    try:
        key.verify(bytes.fromhex(seal.signature), signed_bytes(seal))
    except (InvalidSignature, ValueError):
        return False
    return True


@dataclass(frozen=True)
class Announced:
    """The roots the gateway was told when seals were made, by service and number."""

    roots: dict[str, dict[int, str]]

    @classmethod
    def read(cls, lines: Iterable[str]) -> "Announced":
        """From lines of JSON, as `goodoffices export-roots` writes and `GET /v1/audit/roots` gives
        them."""
        roots: dict[str, dict[int, str]] = {}
        for each in map(json.loads, lines):
            roots.setdefault(each["service"], {})[each["number"]] = each["root"]
        return cls(roots)


@dataclass
class Verification:
    """One pass over an export. `service` is whose it is, where the export does not say it;
    `unannounced` counts, afterwards, the newest seals that nobody had announced yet."""

    keys: PublicKeys
    announced: Announced | None = None
    service: str | None = None
    unannounced: int = 0
    _seals: int = 0
    _previous: str = NO_SEAL
    _log: list[tuple[int, bytes]] = field(default_factory=list)

    def problems(self, batches: Iterable[str]) -> Iterator[str]:
        """What does not hold, in plain words with its place; nothing when all does.

        `batches` are lines of JSON as `GET /v1/audit/seals` gives them and `export-audit` writes
        them, from the first seal on. One batch at a time is held in memory.
        """
        for line, text in enumerate(batches, start=1):
            try:
                told = _SINCE_FORMAT_2 | json.loads(text)
                seal = Seal(**{name: told[name] for name in SEALED_FIELDS})
                rows = told["entries"]
            except (ValueError, KeyError, TypeError):
                yield f"line {line}: no whole batch stands here; the export was cut"
                break
            yield from self._whose(told)
            yield from self._batch(seal, rows)
        if not self._seals:
            yield "the export is empty: it holds no seal"
        yield from self._end()

    def _whose(self, told: dict[str, Any]) -> Iterator[str]:
        service = told.get("service", self.service)
        if self.service not in (None, service):
            yield f"seal {told['number']}: is of {service}, not of {self.service}"
        self.service = self.service or service

    def _batch(self, seal: Seal, rows: list[dict[str, Any]]) -> Iterator[str]:
        if seal.number != self._seals + 1:
            yield f"seal {seal.number}: seal {self._seals + 1} should stand here"
        yield from _rows_problems(seal, rows)
        if seal.previous != self._previous:
            yield f"seal {seal.number}: does not follow the seal before it"
        if not self.keys.hold(seal, self.service):
            yield f"seal {seal.number}: the signature does not hold"
        self._append(log_leaf(seal.root))
        if seal.format >= 3 and _root_of(self._log).hex() != seal.log_root:
            yield f"seal {seal.number}: the log it signs is not that of the seals before it"
        self._previous, self._seals = seal.root, seal.number
        yield from self._compare(seal)

    def _append(self, leaf: bytes) -> None:
        """One more leaf of the log; of the others the roots of complete subtrees suffice."""
        level, found = 0, leaf
        while self._log and self._log[-1][0] == level:
            level, found = level + 1, node_hash(self._log.pop()[1], found)
        self._log.append((level, found))

    def _told(self) -> dict[int, str]:
        if self.announced is None:
            return {}
        if self.service is None and len(self.announced.roots) == 1:
            self.service = next(iter(self.announced.roots))
        return self.announced.roots.get(self.service or "", {})

    def _compare(self, seal: Seal) -> Iterator[str]:
        told = self._told()
        if (root := told.get(seal.number)) is None:
            if told and seal.number < max(told):
                yield f"seal {seal.number}: was never announced, though later ones were"
            self.unannounced += 1
        elif root != seal.root:
            yield f"seal {seal.number}: is not the one that was announced; the trail was made anew"

    def _end(self) -> Iterator[str]:
        if self.announced is None:
            return
        told = self._told()
        if self.service is None:
            yield "the export does not say whose it is: name it with --service"
        elif not told:
            yield f"no root of {self.service} was announced: the roots lack this service"
        elif (last := max(told)) > self._seals:
            yield f"seals {self._seals + 1} to {last}: were announced and are missing"


def _rows_problems(seal: Seal, rows: list[dict[str, Any]]) -> Iterator[str]:
    if len(rows) != seal.rows or not rows:
        yield f"seal {seal.number}: {seal.rows} rows were sealed, {len(rows)} are here"
        return
    try:
        root = merkle_root([row_hash(row, seal.format) for row in rows]).hex()
    except (ValueError, TypeError, AttributeError):
        root = "of rows that cannot be hashed"
    if root != seal.root:
        yield f"seal {seal.number}: a row was changed, added or taken away"


def _root_of(log: list[tuple[int, bytes]]) -> bytes:
    """The root over complete subtrees, the largest first."""
    *others, (_, found) = log
    for _, each in reversed(others):
        found = node_hash(each, found)
    return found


def verify_export(batches: Iterable[str], public_key: str) -> Iterator[str]:
    """What does not hold in an export by itself, without what was announced."""
    return Verification(PublicKeys(public_key)).problems(batches)
