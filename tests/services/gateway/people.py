"""Clients of the gateway for its tests."""

import asyncio
from typing import Any

import httpx

from chassis.principal import system_principal
from services.gateway.identity.actions import create_administrator, open_session
from services.gateway.identity.queries import find_client

Json = dict[str, Any]


async def token_of(http: httpx.AsyncClient, client: Json) -> str:
    """An access token for the client's credentials."""
    form = {"grant_type": "client_credentials", "client_id": client["client_id"], "client_secret": client["client_secret"]}
    answer = await http.post("/oauth2/token", data=form)
    assert answer.status_code == 200, answer.text
    token: str = answer.json()["access_token"]
    return token


class Door:
    """The gateway, and an administrator at it."""

    def __init__(self, http: httpx.AsyncClient, headers: dict[str, str]) -> None:
        self.http, self.headers = http, headers
        self.app: Any = http.app  # type: ignore[attr-defined]

    @classmethod
    async def open(cls, http: httpx.AsyncClient, database_url: str) -> "Door":
        """Signed in as the first administrator."""
        client_id, secret = await create_administrator(database_url)
        token = await token_of(http, {"client_id": client_id, "client_secret": secret})
        return cls(http, {"authorization": f"Bearer {token}"})

    async def client(self, role: str, organization: str = "centre", access: str = "confidential") -> Json:
        """A new client, with its secret."""
        body = {"name": f"a {role}", "organization": organization, "roles": [role], "access": access, "countries": ["*"]}
        answer = await self.http.post("/v1/clients", json=body, headers=self.headers)
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()
        return made

    async def bearer(self, role: str, organization: str = "centre") -> dict[str, str]:
        """Headers of a new client."""
        return {"authorization": f"Bearer {await token_of(self.http, await self.client(role, organization))}"}

    async def try_token(self, client: Json) -> httpx.Response:
        """The answer to a request for a token."""
        form = {"grant_type": "client_credentials", "client_id": client["client_id"], "client_secret": client["client_secret"]}
        return await self.http.post("/oauth2/token", data=form)

    async def sign_in(self, client: Json) -> str:
        """A browser session's cookie (the sign-in page itself asks the services, which journeys have)."""
        async with self.app.state.database.transaction(system_principal("gateway")) as session:
            return await open_session(session, await find_client(session, client["client_id"]), hours=1)

    async def rung(self) -> None:
        """Wait until the notice of a revocation has come round."""
        await asyncio.sleep(0.2)
