"""The token endpoints. They know nobody before they answer, so they run their own transactions."""

from typing import Any

from fastapi import APIRouter, Request, Response

from chassis.principal import system_principal
from chassis.routes import StrictRoute
from services.gateway.identity.rules import sign_access_token
from services.gateway.identity.schemas import Token
from services.gateway.tokens import actions
from services.gateway.tokens.errors import NEVER_STORED, TokenRefused
from services.gateway.tokens.rules import check_grant, read_credentials, read_form

door = APIRouter(tags=["tokens"], route_class=StrictRoute)
_SYSTEM = system_principal("gateway")
_CREDENTIALS = {"client_id": "unct-tjk", "client_secret": "the secret you were shown once"}
FORM = "application/x-www-form-urlencoded"


def _form(**shown: str) -> dict[str, Any]:
    """The form as it is described. It is read whole, since FastAPI would hide what stands in it twice."""
    fields = {name: {"type": "string", "examples": [value]} for name, value in shown.items()}
    schema = {"type": "object", "properties": fields}
    body = {"content": {FORM: {"schema": schema, "example": shown}}}
    return {"security": [], "requestBody": body}


_GRANT = _form(grant_type="client_credentials", scope="read write", audience="goodoffices", **_CREDENTIALS)
_REVOCATION = _form(token="eyJhbGciOiJFZERTQSJ9.…", token_type_hint="access_token", **_CREDENTIALS)  # noqa: S106


@door.post("/oauth2/token", operation_id="issueToken", response_model=Token, openapi_extra=_GRANT)
async def issue_token(request: Request, response: Response) -> Token:
    """An access token for client credentials (RFC 6749, section 4.4), sent in the body or as Basic authentication."""
    form = await _read(request)
    scopes = check_grant(form)
    response.headers.update(NEVER_STORED)
    state = request.app.state
    credentials = read_credentials(form, request.headers.get("authorization", ""))
    async with state.database.transaction(_SYSTEM) as session:
        client = await actions.identify_client(session, credentials, "issueToken")
    seconds: int = state.settings.token_seconds
    token = sign_access_token(state.token_key, client, scopes, seconds)
    return Token(access_token=token, expires_in=seconds, scope=" ".join(sorted(scopes)))


@door.post("/oauth2/revoke", operation_id="revokeToken", response_class=Response, openapi_extra=_REVOCATION)
async def revoke_token(request: Request) -> Response:
    """Take an access token back (RFC 7009): it, and the streams opened with it, end at once."""
    form = await _read(request)
    state = request.app.state
    credentials = read_credentials(form, request.headers.get("authorization", ""))
    async with state.database.transaction(_SYSTEM) as session:
        client = await actions.identify_client(session, credentials, "revokeToken")
        await actions.revoke_token(session, client, state.token_key, form.get("token", ""))
    state.doorkeeper.forget()
    return Response(headers=NEVER_STORED)


async def _read(request: Request) -> dict[str, str]:
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != FORM:
        raise TokenRefused(f"Send the parameters as {FORM}.")
    sent = (await request.form()).multi_items()
    return read_form([(name, value) for name, value in sent if isinstance(value, str)])
