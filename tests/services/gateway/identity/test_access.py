"""Who comes through the door, and how access ends."""

import base64
from collections.abc import Callable

import httpx
import pytest
from sqlalchemy import text

from chassis.principal import ISSUER, system_principal
from services.gateway.identity.rules import sign
from tests.clients import Headers
from tests.forging import forgeries, signed
from tests.services.gateway.people import Door, token_of


async def test_a_token_opens_the_door_and_a_wrong_secret_does_not(door: Door) -> None:
    client = await door.client("analyst")
    refused = await door.http.post(
        "/oauth2/token", data={"grant_type": "client_credentials", "client_id": client["client_id"], "client_secret": "wrong"}
    )
    assert refused.status_code == 401
    assert refused.json()["type"].endswith("/wrong-credentials")

    token = await token_of(door.http, client)
    me = await door.http.get("/v1/clients", headers={"authorization": f"Bearer {token}"})
    assert me.status_code == 403
    assert me.json()["type"].endswith("/not-permitted")


async def test_basic_authentication_gives_a_token_too(door: Door) -> None:
    client = await door.client("analyst")
    basic = base64.b64encode(f"{client['client_id']}:{client['client_secret']}".encode()).decode()
    answer = await door.http.post("/oauth2/token", data={"grant_type": "client_credentials"}, headers={"authorization": f"Basic {basic}"})
    assert answer.status_code == 200, answer.text
    assert answer.json()["expires_in"] <= 900


@pytest.mark.parametrize("credential", ["Bearer nonsense", "Bearer a.b.c", "Basic Zm9v", ""])
async def test_no_or_false_credentials_are_a_401_that_says_what_to_do(door: Door, credential: str) -> None:
    answer = await door.http.get("/v1/clients", headers={"authorization": credential})
    assert answer.status_code == 401
    assert "oauth2/token" in answer.json()["detail"]


async def test_an_expired_token_and_one_for_another_audience_are_refused_and_a_good_one_passes(door: Door) -> None:
    key, client = door.app.state.token_key, await door.client("administrator")
    claims = {"iss": ISSUER, "sub": client["client_id"], "epoch": 0}
    tokens = {
        "expired": sign(key, claims | {"aud": "goodoffices"}, -10),
        "another audience": sign(key, claims | {"aud": "somewhere-else"}, 60),
        "another issuer": sign(key, claims | {"iss": "somebody", "aud": "goodoffices"}, 60),
        "good": sign(key, claims | {"aud": "goodoffices"}, 60),
    }
    answers = {name: await door.http.get("/v1/clients", headers={"authorization": f"Bearer {token}"}) for name, token in tokens.items()}
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(tokens, 401) | {"good": 200}
    assert all("oauth2/token" in answer.json()["detail"] for name, answer in answers.items() if name != "good")


async def test_a_forged_token_is_refused_and_a_signed_one_passes(door: Door) -> None:
    key, client = door.app.state.token_key, await door.client("administrator")
    claims = {"iss": ISSUER, "aud": "goodoffices", "sub": client["client_id"], "epoch": 0, "exp": 2**33}
    for trick, token in forgeries(key, claims).items():
        answer = await door.http.get("/v1/clients", headers={"authorization": f"Bearer {token}"})
        assert answer.status_code == 401, trick
        assert "oauth2/token" in answer.json()["detail"], trick
    good = await door.http.get("/v1/clients", headers={"authorization": f"Bearer {signed(key, claims, kid=key.kid)}"})
    assert good.status_code == 200, good.text


async def test_a_made_up_principal_header_is_thrown_away(door: Door, as_: Callable[..., Headers]) -> None:
    forged = as_("administrator")
    assert (await door.http.get("/v1/clients", headers=forged)).status_code == 401


async def test_r15_revocation_ends_a_token_at_once(door: Door) -> None:
    client = await door.client("administrator")
    headers = {"authorization": f"Bearer {await token_of(door.http, client)}"}
    assert (await door.http.get("/v1/clients", headers=headers)).status_code == 200
    revoked = await door.http.post(f"/v1/clients/{client['client_id']}/revoke", headers=door.headers)
    assert revoked.status_code == 200, revoked.text
    await door.rung()
    assert (await door.http.get("/v1/clients", headers=headers)).status_code == 401


async def test_two_secrets_live_at_a_time(door: Door) -> None:
    client = await door.client("analyst")
    rotate = f"/v1/clients/{client['client_id']}/secrets"
    second, third = [(await door.http.post(rotate, headers=door.headers)).json() for _ in range(2)]
    assert (await door.try_token(client)).status_code == 401
    assert (await door.try_token(second)).status_code == 200
    assert (await door.try_token(third)).status_code == 200


async def test_an_unknown_role_is_refused(door: Door) -> None:
    body = {"name": "x", "organization": "centre", "roles": ["king"], "access": "unclassified", "countries": ["*"]}
    answer = await door.http.post("/v1/clients", json=body, headers=door.headers)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/roles"


async def test_a_secret_is_shown_once_and_kept_nowhere_for_a_repetition(door: Door) -> None:
    body = {"name": "keyed", "organization": "centre", "roles": ["analyst"]}
    headers = door.headers | {"idempotency-key": "a-key-of-mine"}
    first, again = [await door.http.post("/v1/clients", json=body, headers=headers) for _ in range(2)]
    assert first.status_code == 201
    assert (again.status_code, again.json()["type"].rsplit("/", 1)[-1]) == (409, "secret-shown-once")
    async with door.app.state.database.transaction(system_principal("gateway")) as session:
        kept = (await session.execute(text("select body from idempotency_keys where key = 'a-key-of-mine'"))).scalar_one()
    assert first.json()["client_secret"].encode() not in kept
    listed = (await door.http.get("/v1/clients?limit=200", headers=door.headers)).json()["items"]
    assert [each["name"] for each in listed].count("keyed") == 1


async def test_every_answer_has_its_limit_and_its_request_id(door: Door) -> None:
    answer = await door.http.get("/v1/clients", headers=door.headers | {"x-request-id": "my-own-request-1"})
    assert answer.headers["x-request-id"] == "my-own-request-1"
    assert answer.headers["ratelimit"].startswith('"default";r=')


async def test_a_cookie_signs_in_and_a_foreign_page_cannot_use_it(door: Door, surroundings: object) -> None:
    client = await door.client("administrator")
    answer = await door.sign_in(client)
    cookie = {"cookie": f"goodoffices_session={answer}"}
    assert (await door.http.get("/v1/clients", headers=cookie)).status_code == 200
    body = {"name": "x", "organization": "centre", "roles": ["analyst"]}
    foreign = await door.http.post("/v1/clients", json=body, headers=cookie | {"sec-fetch-site": "cross-site"})
    assert foreign.status_code == 403
    assert foreign.json()["type"].endswith("/cross-site")
    assert isinstance(door.http, httpx.AsyncClient)
