"""Wires the gateway."""

import json
from pathlib import Path

from fastapi import FastAPI
from joserfc.jwk import OKPKey
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from chassis.app import Service, create_service
from services.gateway.audit.endpoints import routes as audit
from services.gateway.audit.subscribers import subscribers as audit_events
from services.gateway.calendars.actions import Reader
from services.gateway.calendars.endpoints import door as feeds
from services.gateway.calendars.endpoints import routes as calendars
from services.gateway.description.endpoints import routes as description
from services.gateway.identity.endpoints import door
from services.gateway.identity.endpoints import routes as identity
from services.gateway.identity.queries import Doorkeeper
from services.gateway.identity.subscribers import subscribers as identity_events
from services.gateway.routing.actions import Hop
from services.gateway.routing.endpoints import Door
from services.gateway.settings import GatewaySettings
from services.gateway.streams.endpoints import routes as streams
from services.gateway.streams.queries import Bell, OpenStreams
from services.gateway.streams.subscribers import subscribers as stream_events
from services.gateway.tokens.endpoints import door as tokens
from services.gateway.webhooks.actions import Sender
from services.gateway.webhooks.endpoints import routes as webhooks
from services.gateway.webhooks.subscribers import subscribers as webhook_events

# What fits into one packet gains nothing.
SMALLEST_COMPRESSED = 1400
SERVICE = Service(
    name="gateway",
    folder=Path(__file__).parent,
    routers=[tokens, door, feeds, description, identity, streams, webhooks, calendars, audit],
    subscribers=[identity_events, stream_events, webhook_events, audit_events],
    jobs=[
        lambda app: app.state.bell.run(),
        lambda app: app.state.sender.run(),
        lambda app: app.state.hop.run(),
        lambda app: _forget_the_revoked(app.state.bell, app.state.doorkeeper),
    ],
)


def create_app() -> FastAPI:
    """The gateway, with settings from the environment."""
    settings = GatewaySettings()
    app = create_service(SERVICE, settings)
    state = app.state
    state.token_key = _key(settings.token_key)
    state.master = settings.cursor_secret.get_secret_value().encode()
    state.bell = Bell(state.database.dsn, "events", "clients", "webhooks")
    state.doorkeeper = Doorkeeper(state.database, state.token_key, _key(settings.principal_signing_key))
    state.hop = Hop(settings.address_of, state.doorkeeper.vouch)
    state.open_streams = OpenStreams(settings.streams_per_client)
    state.reader = Reader(state.database, state.hop)
    state.sender = Sender(state.database, state.bell, state.master, settings.webhook_allow_loopback)
    # Innermost of the layers, so that what surrounds every request surrounds what is forwarded, too.
    app.user_middleware += [
        Middleware(GZipMiddleware, minimum_size=SMALLEST_COMPRESSED, compresslevel=4),
        Middleware(Door, state.doorkeeper, state.hop, settings),
    ]
    return app


def _key(path: Path) -> OKPKey:
    return OKPKey.import_key(json.loads(path.read_text()))


async def _forget_the_revoked(bell: Bell, doorkeeper: Doorkeeper) -> None:
    """A revocation in any gateway process reaches all of them through the database."""
    while True:
        if await bell.wait("clients", 60.0):
            doorkeeper.forget()
