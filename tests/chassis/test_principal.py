"""A service believes the gateway's signature and nothing else: what is sent straight to it under a made-up principal is a 401."""

import json
from typing import Any

import httpx
import pytest
from joserfc.jwk import OKPKey

from chassis.principal import ISSUER, PRINCIPAL_HEADER, system_principal
from deploy.keys import Keys
from tests.forging import forgeries, signed

LISTS = {"liaison": "/v1/parties", "reports": "/v1/reports", "coordination": "/v1/mandates"}


def key_of(keys: Keys) -> OKPKey:
    """The key the gateway vouches with."""
    return OKPKey.import_key(json.loads(keys.principal_signing.read_text()))


@pytest.fixture
def services(liaison: httpx.AsyncClient, reports: httpx.AsyncClient, coordination: httpx.AsyncClient) -> dict[str, httpx.AsyncClient]:
    """The services behind the gateway, by name."""
    return {"liaison": liaison, "reports": reports, "coordination": coordination}


@pytest.mark.parametrize("service", LISTS)
async def test_a_forged_principal_is_refused_and_a_signed_one_passes(
    service: str, keys: Keys, services: dict[str, httpx.AsyncClient]
) -> None:
    http = services[service]
    key, principal = key_of(keys), system_principal(service).model_copy(update={"roles": frozenset({"head-of-centre"})})
    claims: dict[str, Any] = {"iss": ISSUER, "aud": service, "exp": 2**33, "principal": principal.model_dump(mode="json")}
    for trick, token in forgeries(key, claims).items():
        answer = await http.get(LISTS[service], headers={PRINCIPAL_HEADER: token})
        assert answer.status_code == 401, trick
        assert answer.json()["type"].endswith("/not-authenticated"), trick
        assert token[:20] not in answer.text, trick
    good = await http.get(LISTS[service], headers={PRINCIPAL_HEADER: signed(key, claims, kid=key.kid)})
    assert good.status_code == 200, good.text


@pytest.mark.parametrize("missing", ["iss", "aud", "exp", "principal"])
async def test_a_principal_that_lacks_a_claim_is_refused(missing: str, keys: Keys, liaison: httpx.AsyncClient) -> None:
    key, principal = key_of(keys), system_principal("liaison").model_dump(mode="json")
    claims = {"iss": ISSUER, "aud": "liaison", "exp": 2**33, "principal": principal}
    token = signed(key, {name: value for name, value in claims.items() if name != missing}, kid=key.kid)
    assert (await liaison.get("/v1/parties", headers={PRINCIPAL_HEADER: token})).status_code == 401
