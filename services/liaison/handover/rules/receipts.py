"""The receipt that both offices sign: canonical JSON, Ed25519, verifiable offline."""

import json
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey

RECEIPT: Final = "goodoffices-handover-receipt"
# A signature of a receipt must not be taken for one of anything else signed with the same key.
_CONTEXT: Final = b"goodoffices-handover-receipt-v1\n"
ROLES: Final = ("giver", "receiver")


def signed_bytes(receipt: dict[str, Any]) -> bytes:
    """What a signature covers: the receipt without its signatures, keys sorted, no spaces, UTF-8."""
    body = {name: value for name, value in receipt.items() if name != "signatures"}
    return _CONTEXT + json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def sign(receipt: dict[str, Any], role: str, name: str, key: OKPKey) -> dict[str, str]:
    """The signature of `name`, who signs as `role`, with a private key. ValueError for a public one."""
    signer: Any = key.get_op_key("sign")
    kid = key.thumbprint()
    signature = signer.sign(_covered(receipt, role, name)).hex()
    return {"role": role, "name": name, "kid": kid, "alg": "Ed25519", "signature": signature}


def _covered(receipt: dict[str, Any], role: str, name: str) -> bytes:
    """A signature also covers who gives it in which role, so that none can be passed off as another's."""
    return signed_bytes(receipt) + json.dumps([role, name], ensure_ascii=False).encode()


def read_key(jwk: dict[str, Any]) -> OKPKey:
    """An Ed25519 key out of a JWK. ValueError for anything else."""
    try:
        key = OKPKey.import_key(jwk)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise ValueError("is not a JWK of an Ed25519 key") from error
    if key.curve_name != "Ed25519":
        raise ValueError("is not a JWK of an Ed25519 key")
    return key


def holds(receipt: dict[str, Any], signature: dict[str, Any], key: OKPKey) -> bool:
    """True when `key` made `signature` over `receipt`."""
    verifier: Any = key.get_op_key("verify")
    try:
        verifier.verify(bytes.fromhex(str(signature["signature"])), _covered(receipt, signature["role"], signature["name"]))
    except (InvalidSignature, ValueError, KeyError):
        return False
    return signature.get("kid") == key.thumbprint()


def problems_of(receipt: dict[str, Any], keys: dict[str, Any]) -> list[str]:
    """What does not hold in a receipt, in plain words; none when both offices signed it. `keys` is a JWKS one trusts."""
    known = {key.thumbprint(): key for key in KeySet.import_key_set(keys).keys if isinstance(key, OKPKey)}  # type: ignore[arg-type]  # a JWKS as read
    signatures = receipt.get("signatures")
    if receipt.get("format") != RECEIPT or not isinstance(signatures, list):
        return ["this is not a hand-over receipt"]
    problems = [f"the {role} has not signed" for role in ROLES if role not in {each.get("role") for each in signatures}]
    for each in signatures:
        key = known.get(each.get("kid"))
        if key is None:
            problems.append(f"the {each.get('role')}'s key is not among those you trust")
        elif not holds(receipt, each, key):
            problems.append(f"the {each.get('role')}'s signature does not hold: the receipt was changed, or signed with another key")
    return problems
