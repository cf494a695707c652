"""Tokens as RFC 6749 gives and refuses them, and RFC 7009 takes them back."""

import asyncio
import base64
from typing import Any

import httpx
import pytest

from tests.services.gateway.people import Door, token_of

Form = dict[str, Any]


def form_of(client: dict[str, Any], **more: Any) -> Form:
    """The credentials as a form bears them."""
    return {"client_id": client["client_id"], "client_secret": client["client_secret"]} | more


def check_refusal(answer: httpx.Response, status: int, error: str) -> None:
    """As RFC 6749, section 5.2, wants it, and a problem document too."""
    assert (answer.status_code, answer.json()["error"]) == (status, error), answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["error_description"]
    assert answer.json()["type"].startswith("https://")


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({}, "invalid_request"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": ["client_credentials", "client_credentials"]}, "invalid_request"),
        ({"grant_type": "client_credentials", "scope": "everything"}, "invalid_scope"),
        ({"grant_type": "client_credentials", "audience": "elsewhere"}, "invalid_target"),
        ({"grant_type": "client_credentials", "resource": "https://elsewhere.example"}, "invalid_target"),
    ],
)
async def test_a_request_that_is_wrong_says_how(door: Door, form: Form, error: str) -> None:
    client = await door.client("analyst")
    check_refusal(await door.http.post("/oauth2/token", data=form_of(client) | form), 400, error)
    good = await door.http.post("/oauth2/token", data=form_of(client, grant_type="client_credentials"))
    assert good.status_code == 200


async def test_wrong_credentials_are_an_invalid_client(door: Door) -> None:
    client = await door.client("analyst")
    wrong = form_of(client, grant_type="client_credentials") | {"client_secret": "wrong"}
    refused = await door.http.post("/oauth2/token", data=wrong)
    check_refusal(refused, 401, "invalid_client")
    assert refused.headers["www-authenticate"].startswith("Basic")


async def test_a_nul_in_a_form_is_refused(door: Door) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    content = b"grant_type=client_credentials&client_id=osce%00&client_secret=x"
    assert (await door.http.post("/oauth2/token", content=content, headers=headers)).status_code == 422


async def test_a_token_for_reading_reads_and_writes_nothing(door: Door) -> None:
    client = await door.client("administrator")
    form = form_of(client, grant_type="client_credentials", scope="read")
    given = (await door.http.post("/oauth2/token", data=form)).json()
    assert given["scope"] == "read"
    reading = {"authorization": f"Bearer {given['access_token']}"}
    assert (await door.http.get("/v1/clients", headers=reading)).status_code == 200
    body = {"name": "x", "organization": "centre", "roles": ["analyst"]}
    refused = await door.http.post("/v1/clients", json=body, headers=reading)
    assert (refused.status_code, refused.json()["type"].rsplit("/", 1)[-1]) == (403, "insufficient-scope")
    assert 'error="insufficient_scope"' in refused.headers["www-authenticate"]
    assert (await door.http.post("/v1/clients", json=body, headers=door.headers)).status_code == 201


async def test_r15_a_revoked_token_ends_at_once_and_others_of_its_client_hold(door: Door) -> None:
    client = await door.client("administrator")
    ended, other = [await token_of(door.http, client) for _ in range(2)]
    for token in (ended, other):
        assert (await door.http.get("/v1/clients", headers={"authorization": f"Bearer {token}"})).status_code == 200
    answer = await door.http.post("/oauth2/revoke", data=form_of(client, token=ended))
    assert (answer.status_code, answer.content) == (200, b"")
    after = [(await door.http.get("/v1/clients", headers={"authorization": f"Bearer {token}"})).status_code for token in (ended, other)]
    assert after == [401, 200]
    assert (await door.http.post("/oauth2/revoke", data=form_of(client, token=ended))).status_code == 200
    assert (await door.http.post("/oauth2/revoke", data=form_of(client, token="nonsense"))).status_code == 200


async def test_nobody_revokes_the_token_of_another(door: Door) -> None:
    owner, stranger = await door.client("administrator"), await door.client("analyst")
    token = await token_of(door.http, owner)
    refused = await door.http.post("/oauth2/revoke", data=form_of(stranger, token=token))
    check_refusal(refused, 400, "unauthorized_client")
    check_refusal(await door.http.post("/oauth2/revoke", data={"token": token}), 401, "invalid_client")
    headers = {"authorization": f"Bearer {token}"}
    assert (await door.http.get("/v1/clients", headers=headers)).status_code == 200


async def test_credentials_in_two_places_are_refused(door: Door) -> None:
    client = await door.client("analyst")
    basic = base64.b64encode(f"{client['client_id']}:{client['client_secret']}".encode()).decode()
    form = form_of(client, grant_type="client_credentials")
    answer = await door.http.post("/oauth2/token", data=form, headers={"authorization": f"Basic {basic}"})
    check_refusal(answer, 400, "invalid_request")


async def test_who_guesses_has_to_wait_and_who_is_known_does_not(door: Door) -> None:
    headers = await door.bearer("administrator")
    assert (await door.http.get("/v1/clients", headers=headers)).status_code == 200
    transport = httpx.ASGITransport(app=door.app, client=("192.0.2.77", 1))
    limit = door.app.state.settings.refusals_per_minute
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway.test") as stranger:
        guesses = [stranger.get("/v1/clients", headers={"cookie": f"goodoffices_session={n}"}) for n in range(limit)]
        assert {answer.status_code for answer in await asyncio.gather(*guesses)} == {401}
        for answer in (
            await stranger.get("/v1/clients", headers={"cookie": "goodoffices_session=one-more"}),
            await stranger.post("/oauth2/token", data={"grant_type": "client_credentials"}),
        ):
            assert answer.status_code == 429
            assert int(answer.headers["retry-after"]) >= 1
        assert (await stranger.get("/v1/clients", headers=headers)).status_code == 200
