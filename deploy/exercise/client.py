"""A small client of the platform's public API, as any outside program would write it."""

from typing import Any

import httpx

from deploy.errors import LoadFailed
from deploy.exercise.observations import today

Json = dict[str, Any]


class Api:
    """One login at the API. Every creation bears a key, so that loading again after a crash doubles nothing."""

    def __init__(self, http: httpx.AsyncClient, token: str) -> None:
        self._http, self._token = http, token

    @classmethod
    async def sign_in(cls, http: httpx.AsyncClient, client_id: str, client_secret: str) -> "Api":
        """With an access token of its own. LoadFailed when the credentials do not match."""
        form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": client_secret}
        answer = await http.post("/oauth2/token", data=form)
        return cls(http, _checked(answer)["access_token"])

    async def get(self, path: str) -> Json:
        """GET /v1<path>."""
        return _checked(await self._http.get(f"/v1{path}", headers=self._headers()))

    async def post(self, path: str, body: Any = None, key: str | None = None) -> Json:
        """POST /v1<path>; `key` names the creation for repetitions."""
        return _checked(await self._http.post(f"/v1{path}", json=body, headers=self._headers(key)))

    async def try_post(self, path: str, body: Any) -> httpx.Response:
        """POST whose refusal the caller looks at."""
        return await self._http.post(f"/v1{path}", json=body, headers=self._headers())

    def _headers(self, key: str | None = None) -> dict[str, str]:
        return {"authorization": f"Bearer {self._token}"} | ({"idempotency-key": f"exercise of {today().date()}: {key}"} if key else {})


def _checked(answer: httpx.Response) -> Json:
    if answer.is_error:
        raise LoadFailed(f"{answer.request.method} {answer.request.url.path}: {answer.text[:500]}")
    found: Json = answer.json()
    return found
