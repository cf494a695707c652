"""Tokens that somebody without our keys would make."""

import base64
import hmac
import json
import time
from typing import Any

from joserfc import jwt
from joserfc.jwk import OKPKey

Claims = dict[str, Any]


def forgeries(key: OKPKey, good: Claims) -> dict[str, str]:
    """By their trick, tokens whose claims would be taken if only their signature held. `key` lends its id and its public part."""
    claims = good | {"iat": int(time.time()), "exp": int(time.time()) + 60}
    stranger = OKPKey.generate_key("Ed25519")
    genuine = signed(key, claims, kid=key.kid)
    return {
        "a foreign key under our id": signed(stranger, claims, kid=key.kid),
        "a foreign key under its own id": signed(stranger, claims, kid="stranger"),
        "a foreign key without an id": signed(stranger, claims),
        "no algorithm": unsigned({"alg": "none"}, claims),
        "no algorithm, with a signature": unsigned({"alg": "none", "kid": key.kid}, claims) + genuine.rsplit(".", 1)[1],
        "our algorithm, no signature": unsigned({"alg": "Ed25519", "kid": key.kid}, claims),
        "our public key as a shared secret": keyed_with_the_public_key(key, claims),
        "another payload under our signature": altered(genuine, claims | {"exp": claims["exp"] + 1}),
        "the claims alone": json.dumps(claims),
    }


def signed(key: OKPKey, claims: Claims, **header: Any) -> str:
    """A token signed by `key`."""
    return jwt.encode({"alg": "Ed25519", **header}, claims, key, algorithms=["Ed25519"])


def unsigned(header: Claims, claims: Claims) -> str:
    """A token with an empty signature."""
    return f"{_part(header)}.{_part(claims)}."


def keyed_with_the_public_key(key: OKPKey, claims: Claims) -> str:
    """What a reader takes that lets the token choose the algorithm: joserfc itself refuses to sign so."""
    signed_part = unsigned({"alg": "HS256", "kid": key.kid}, claims).rstrip(".")
    return f"{signed_part}.{_base64(hmac.new(key.as_pem(private=False), signed_part.encode(), 'sha256').digest())}"


def altered(token: str, claims: Claims) -> str:
    """`token` with other claims."""
    header, _, signature = token.split(".")
    return f"{header}.{_part(claims)}.{signature}"


def _part(content: Claims) -> str:
    return _base64(json.dumps(content).encode())


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
