"""The receipt: the Centre signs what it received, the giving office or its custodian countersigns the same bytes (R19)."""

import asyncio
import json
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import Conflict
from chassis.outbox import announce
from chassis.records import change_record, read_record
from contracts.events.liaison import HandoverSigned
from contracts.vocabulary import CENTRE
from services.liaison.handover.errors import NotImportedYet, SignatureRefused
from services.liaison.handover.queries.handovers import read_reconciliation
from services.liaison.handover.rules.receipts import RECEIPT, holds, read_key, sign
from services.liaison.handover.schemas import Countersignature, HandoverState, SignBody
from services.liaison.handover.tables import Handover


async def read_receipt(session: AsyncSession, handover_id: UUID) -> dict[str, Any]:
    """The receipt with the signatures it has; before the first one, as it would be signed now. NotImportedYet before that."""
    handover = await read_record(session, Handover, handover_id, "hand-over")
    return handover.receipt or await _draft(session, handover, handover.custodian)


async def sign_receipt(session: AsyncSession, handover_id: UUID, body: SignBody, key: Path) -> dict[str, Any]:
    """Sign for the Centre with the service's key. From here on the receipt says what it said then."""
    handover = await change_record(session, Handover, handover_id, "hand-over")
    if handover.receipt is not None:
        raise Conflict("The Centre has signed this receipt already. It stands as it was signed.")
    receipt = await _draft(session, handover, body.custodian or handover.custodian)
    private = read_key(json.loads(await asyncio.to_thread(key.read_text)))
    handover.receipt = receipt | {"signatures": [sign(receipt, "receiver", body.name, private)]}
    await _say(session, handover)
    return handover.receipt


async def countersign_receipt(session: AsyncSession, handover_id: UUID, body: Countersignature) -> dict[str, Any]:
    """Take the giving office's signature of the receipt the Centre signed. SignatureRefused when it does not hold."""
    handover = await change_record(session, Handover, handover_id, "hand-over")
    if handover.receipt is None or len(handover.receipt["signatures"]) != 1:
        raise Conflict("The Centre signs first, and the giving office once after it.")
    signature = {"role": "giver", "name": body.name, "alg": "Ed25519", "signature": body.signature}
    _require_theirs(handover, body, signature)
    handover.receipt = handover.receipt | {"signatures": [*handover.receipt["signatures"], signature]}
    await _say(session, handover)
    return handover.receipt


def _require_theirs(handover: Handover, body: Countersignature, signature: dict[str, str]) -> None:
    """The key must be the one the inventory names, where it names one: the manifests vouch for it."""
    pointer = [{"pointer": "/key", "detail": "is not the key of the giving office"}]
    try:
        key = read_key(body.key)
    except ValueError as error:
        raise SignatureRefused("The key cannot be read.", [{"pointer": "/key", "detail": str(error)}]) from error
    if handover.signing_key is not None and read_key(handover.signing_key).thumbprint() != key.thumbprint():
        raise SignatureRefused("The inventory names another key.", pointer)
    signature["kid"] = key.thumbprint()
    if not holds(handover.receipt or {}, signature, key):
        detail = "does not hold over this receipt, this name and the role of the giver"
        raise SignatureRefused("Sign the receipt as it is served, unchanged.", [{"pointer": "/signature", "detail": detail}])


async def _draft(session: AsyncSession, handover: Handover, custodian: str | None) -> dict[str, Any]:
    if handover.state != HandoverState.imported or handover.finished_at is None:
        raise NotImportedYet
    reconciliation = await read_reconciliation(session, handover.id)
    return {
        "format": RECEIPT,
        "version": 1,
        "handover": str(handover.id),
        "digest": handover.digest,
        "giver": {"office": handover.office, "name": handover.office_name, "custodian": custodian},
        "receiver": {"office": CENTRE, "name": "United Nations Regional Centre for Preventive Diplomacy for Central Asia"},
        "period": {"begin": handover.period_begin.isoformat(), "end": handover.period_end.isoformat()},
        "kinds": [kind.model_dump() for kind in reconciliation.kinds],
        "received_at": handover.created_at.isoformat(),
        "imported_at": handover.finished_at.isoformat(),
        "signatures": [],
    }


async def _say(session: AsyncSession, handover: Handover) -> None:
    await session.flush()
    signatures = len(handover.receipt["signatures"]) if handover.receipt else 0
    await announce(session, HandoverSigned(id=handover.id, version=handover.version, label=handover.label, signatures=signatures))
