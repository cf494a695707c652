"""Secrets, their hashes, and the tokens given for them, pure."""

import hashlib
import re
import secrets
import time
import unicodedata
from typing import Any

from joserfc import jwt
from joserfc.jwk import OKPKey

from chassis.principal import ISSUER, LIFETIME_SECONDS, Principal

AUDIENCE = "goodoffices"
_ACCESS_CLAIMS = jwt.JWTClaimsRegistry(
    iss={"essential": True, "value": ISSUER},
    aud={"essential": True, "value": AUDIENCE},
    exp={"essential": True},
    sub={"essential": True},
    epoch={"essential": True},
)


def new_secret() -> str:
    """256 random bits, in URL-safe letters."""
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


def client_id_for(name: str) -> str:
    """A readable client id: the name in plain letters, and four random digits so that none is given twice."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "client"
    return f"{stem}-{secrets.token_hex(2)}"


def sign(key: OKPKey, claims: dict[str, Any], seconds: int) -> str:
    """A JWT over `claims` that ends after `seconds`."""
    begun = int(time.time())
    return jwt.encode({"alg": "Ed25519", "kid": key.kid}, claims | {"iat": begun, "exp": begun + seconds}, key, algorithms=["Ed25519"])


def sign_access_token(key: OKPKey, client_id: str, epoch: int, seconds: int) -> str:
    """The access token a client sends with each request."""
    return sign(key, {"iss": ISSUER, "aud": AUDIENCE, "sub": client_id, "epoch": epoch, "jti": secrets.token_hex(8)}, seconds)


def read_access_token(key: OKPKey, token: str) -> tuple[str, int, float]:
    """Client id, epoch and end of an access token. JoseError or ValueError when it does not hold here."""
    decoded = jwt.decode(token, key, algorithms=["Ed25519"])
    _ACCESS_CLAIMS.validate(decoded.claims)
    return str(decoded.claims["sub"]), int(decoded.claims["epoch"]), float(decoded.claims["exp"])


def sign_principal(key: OKPKey, principal: Principal, service: str) -> str:
    """What the gateway vouches for towards one service, for 60 seconds."""
    return sign(key, {"iss": ISSUER, "aud": service, "principal": principal.model_dump(mode="json")}, LIFETIME_SECONDS)
