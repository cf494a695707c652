"""Who asks: the principal that the gateway vouches for, in a signed token of at most 60 seconds."""

import json
import time
from pathlib import Path

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from pydantic import BaseModel, ConfigDict, ValidationError

from chassis.errors import NotAuthenticated
from contracts.vocabulary import CENTRE, Sensitivity

PRINCIPAL_HEADER = "x-goodoffices-principal"
ISSUER = "goodoffices-gateway"
LIFETIME_SECONDS = 60


class Principal(BaseModel):
    """Organization, roles and need-to-know of who asks. `countries` with "*" means all."""

    model_config = ConfigDict(frozen=True)

    client_id: str
    organization: str
    roles: frozenset[str] = frozenset()
    access: Sensitivity = Sensitivity.unclassified
    countries: frozenset[str] = frozenset()
    epoch: int = 0

    @property
    def is_centre(self) -> bool:
        """True for the Centre's own people and services."""
        return self.organization == CENTRE

    def has(self, role: str) -> bool:
        """True when the principal bears `role`."""
        return role in self.roles


def system_principal(service: str) -> Principal:
    """The named principal as whom a service's subscribers and jobs run."""
    return Principal(
        client_id=f"system:{service}",
        organization=CENTRE,
        roles=frozenset({"system"}),
        access=Sensitivity.strictly_confidential,
        countries=frozenset({"*"}),
    )


class PrincipalReader:
    """Checks principal tokens for one audience; a checked token is remembered until it ends."""

    def __init__(self, keys: Path, audience: str) -> None:
        self._keys = KeySet.import_key_set(json.loads(keys.read_text()))
        self._claims = jwt.JWTClaimsRegistry(
            iss={"essential": True, "value": ISSUER}, aud={"essential": True, "value": audience}, exp={"essential": True}
        )
        self._known: dict[str, tuple[float, Principal]] = {}

    def read(self, token: str | None) -> Principal:
        """The principal of `token`. NotAuthenticated when it is missing, forged, expired or for another audience."""
        if not token:
            raise NotAuthenticated("This service answers only requests that come through the gateway.")
        known = self._known.get(token)
        if known and known[0] > time.time():
            return known[1]
        try:
            decoded = jwt.decode(token, self._keys, algorithms=["Ed25519"])
            self._claims.validate(decoded.claims)
            principal = Principal.model_validate(decoded.claims["principal"])
        except (JoseError, ValueError, KeyError, ValidationError) as error:
            raise NotAuthenticated("The principal token does not hold: it is expired, forged or for another service.") from error
        self._remember(token, float(decoded.claims["exp"]), principal)
        return principal

    def _remember(self, token: str, until: float, principal: Principal) -> None:
        if len(self._known) > 10_000:
            self._known.clear()
        self._known[token] = (until, principal)
