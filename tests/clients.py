"""Principals for tests of single services, signed like the gateway signs them."""

import json
import time
from functools import lru_cache
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.jwk import OKPKey

from chassis.principal import ISSUER, PRINCIPAL_HEADER, Principal
from contracts.vocabulary import CENTRE, Sensitivity

Headers = dict[str, str]
AUDIENCES = ["liaison", "reports", "coordination", "gateway"]


@lru_cache
def _key(path: Path) -> OKPKey:
    return OKPKey.import_key(json.loads(path.read_text()))


def principal_headers(path: Path, role: str, service: str = "*", **attributes: Any) -> Headers:
    """Headers of a principal with `role`: of the Centre, with all access and all countries, unless told otherwise."""
    known: dict[str, Any] = {
        "client_id": role,
        "organization": CENTRE,
        "roles": [role],
        "access": Sensitivity.strictly_confidential,
        "countries": ["*"],
    }
    principal = Principal.model_validate(known | attributes)
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCES if service == "*" else service,
        "exp": int(time.time()) + 60,
        "principal": principal.model_dump(mode="json"),
    }
    token = jwt.encode({"alg": "Ed25519", "kid": _key(path).kid}, claims, _key(path), algorithms=["Ed25519"])
    return {PRINCIPAL_HEADER: token}
