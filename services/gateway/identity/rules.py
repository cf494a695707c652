"""Secrets, their hashes, and the tokens given for them, pure."""

import hashlib
import re
import secrets
import time
import unicodedata
from typing import Any, NamedTuple, Protocol

from joserfc import jwt
from joserfc.jwk import OKPKey

from chassis.principal import ISSUER, LIFETIME_SECONDS, Principal

AUDIENCE = "goodoffices"
# What a token may be used for: requests that only read, and all others.
SCOPES = frozenset({"read", "write"})
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


class AccessToken(NamedTuple):
    """What an access token says: whose it is, what it may be used for, when it ends."""

    id: str
    client_id: str
    epoch: int
    scopes: frozenset[str]
    ends: float


class TokenHolder(Protocol):
    """Whom a token is given to."""

    client_id: Any
    epoch: Any


def sign_access_token(key: OKPKey, client: TokenHolder, scopes: frozenset[str], seconds: int) -> str:
    """The access token a client sends with each request."""
    about = {"sub": client.client_id, "epoch": client.epoch, "scope": " ".join(sorted(scopes))}
    return sign(key, {"iss": ISSUER, "aud": AUDIENCE, "jti": secrets.token_hex(16)} | about, seconds)


def read_access_token(key: OKPKey, token: str) -> AccessToken:
    """What an access token says. JoseError or ValueError when it does not hold here."""
    claims = jwt.decode(token, key, algorithms=["Ed25519"]).claims
    _ACCESS_CLAIMS.validate(claims)
    # A token of the release before names no scope, and was good for all.
    scopes = frozenset(str(claims["scope"]).split()) if "scope" in claims else SCOPES
    key_id = str(claims.get("jti", ""))
    return AccessToken(key_id, str(claims["sub"]), int(claims["epoch"]), scopes, float(claims["exp"]))


def sign_principal(key: OKPKey, principal: Principal, service: str) -> str:
    """What the gateway vouches for towards one service, for 60 seconds."""
    return sign(key, {"iss": ISSUER, "aud": service, "principal": principal.model_dump(mode="json")}, LIFETIME_SECONDS)
