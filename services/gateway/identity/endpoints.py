"""Identity over HTTP: sessions and clients."""

from fastapi import APIRouter, Request, Response

from chassis.operation import SECRET_ANSWER, Caller, Session, router
from chassis.pagination import Page, PagingQuery, Rows
from chassis.permissions import operation_ids
from chassis.principal import system_principal
from chassis.routes import StrictRoute
from services.gateway.identity import actions, queries
from services.gateway.identity.schemas import ClientBody, ClientCreated, ClientOut, SecretCreated, SignIn, WhoAmI
from services.gateway.identity.tables import Client

COOKIE = "goodoffices_session"
routes = router("identity")
# What is answered before anybody is known: these two run their own transaction.
door = APIRouter(tags=["identity"], route_class=StrictRoute)


@door.post("/v1/session", operation_id="signIn", status_code=201, response_model=WhoAmI, openapi_extra={"security": []})
async def sign_in(body: SignIn, request: Request, response: Response) -> WhoAmI:
    """Sign a browser in: sets a cookie that no script can read."""
    state = request.app.state
    async with state.database.transaction(system_principal("gateway")) as session:
        client = await actions.authenticate(session, body.client_id, body.client_secret.get_secret_value())
        cookie = await actions.open_session(session, client, state.settings.session_hours)
    secure = state.settings.public_url.startswith("https://")
    response.set_cookie(COOKIE, cookie, max_age=state.settings.session_hours * 3600, httponly=True, samesite="strict", secure=secure)
    return await _who_is(request, client)


@door.delete("/v1/session", operation_id="signOut", status_code=204, openapi_extra={"security": []})
async def sign_out(request: Request, response: Response) -> None:
    """End the browser's session."""
    async with request.app.state.database.transaction(system_principal("gateway")) as session:
        await actions.end_session(session, request.cookies.get(COOKIE))
    request.app.state.doorkeeper.forget()
    response.delete_cookie(COOKIE)


@routes.get("/whoami", response_model=WhoAmI)
async def read_whoami(request: Request, caller: Caller, session: Session) -> WhoAmI:
    """Who the caller is, and what it may do."""
    return await _who_is(request, await queries.find_client(session, caller.client_id))


async def _who_is(request: Request, client: Client) -> WhoAmI:
    allowed = await request.app.state.hop.permissions(client.principal)
    allowed += request.app.state.policy.permitted(client.principal, operation_ids(request.app))
    return WhoAmI(
        client_id=client.client_id,
        name=client.name,
        organization=client.organization,
        roles=client.roles,
        access=client.principal.access,
        countries=client.countries,
        permissions=sorted(set(allowed)),
    )


@routes.post("/clients", status_code=201, response_model=ClientCreated, openapi_extra=SECRET_ANSWER)
async def create_client(body: ClientBody, session: Session, response: Response) -> ClientCreated:
    """Make a client; its secret is shown this once."""
    client, secret = await actions.create_client(session, body)
    response.headers["location"] = f"/v1/clients/{client.client_id}"
    return ClientCreated(**dict(ClientOut.model_validate(client)), client_secret=secret)


@routes.get("/clients", response_model=Page[ClientOut])
async def list_clients(session: Session, paging: PagingQuery) -> Rows[Client]:
    """Clients, newest first."""
    return await queries.list_clients(session, paging)


@routes.get("/clients/{client_id}", response_model=ClientOut)
async def read_client(client_id: str, session: Session) -> Client:
    """One client."""
    return await queries.find_client(session, client_id)


@routes.post("/clients/{client_id}/revoke", response_model=ClientOut)
async def revoke_client(client_id: str, session: Session) -> Client:
    """End all access of a client at once."""
    return await actions.revoke_client(session, client_id)


@routes.post("/clients/{client_id}/secrets", status_code=201, response_model=SecretCreated, openapi_extra=SECRET_ANSWER)
async def rotate_secret(client_id: str, session: Session) -> SecretCreated:
    """Give a client its next secret; two live at a time."""
    client, secret = await actions.rotate_secret(session, client_id)
    return SecretCreated(client_id=client.client_id, client_secret=secret)
