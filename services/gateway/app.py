"""Wires the gateway."""

import json
from pathlib import Path

from fastapi import FastAPI
from joserfc.jwk import OKPKey
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from chassis.app import Service, create_service
from chassis.outbound import Outbound
from chassis.refusals import Refusals
from services.gateway.audit.actions import Watch
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
from services.gateway.jobs import background
from services.gateway.routing.actions import Hop
from services.gateway.routing.endpoints import Door
from services.gateway.settings import GatewaySettings
from services.gateway.streams.endpoints import routes as streams
from services.gateway.streams.queries import OpenStreams
from services.gateway.streams.subscribers import subscribers as stream_events
from services.gateway.tokens.endpoints import door as tokens
from services.gateway.webhooks.actions import EXCHANGE_SECONDS, Sender
from services.gateway.webhooks.endpoints import routes as webhooks
from services.gateway.webhooks.subscribers import subscribers as webhook_events

# What fits into one packet gains nothing.
SMALLEST_COMPRESSED = 1400
SERVICE = Service(
    name="gateway",
    folder=Path(__file__).parent,
    routers=[tokens, door, feeds, description, identity, streams, webhooks, calendars, audit],
    subscribers=[identity_events, stream_events, webhook_events, audit_events],
    background=background,
    bounds=GatewaySettings.bounds,
)


def create_app() -> FastAPI:
    """The gateway, with settings from the environment."""
    settings = GatewaySettings()
    app = create_service(SERVICE, settings)
    state = app.state
    state.token_key = _key(settings.token_key)
    state.master = settings.webhook_master
    state.listener.add("events")
    state.doorkeeper = Doorkeeper(state.database, state.token_key, _key(settings.principal_signing_key))
    state.refusals = Refusals(state.trail)
    state.hop = Hop(settings.address_of, state.doorkeeper.vouch)
    state.open_streams = OpenStreams(settings.streams_per_client)
    state.watch = Watch(state.database, state.hop, state.conditions)
    state.reader = Reader(state.database, state.hop)
    outbound = Outbound(EXCHANGE_SECONDS, 0, settings.webhook_allow_loopback)
    state.sender = Sender(state.database, state.listener, outbound, state.master)
    # Innermost of the layers, so that what surrounds every request surrounds what is forwarded, too.
    app.user_middleware += [
        Middleware(GZipMiddleware, minimum_size=SMALLEST_COMPRESSED, compresslevel=4),
        Middleware(Door, state.doorkeeper, state.hop, settings, state.refusals),
    ]
    return app


def _key(path: Path) -> OKPKey:
    return OKPKey.import_key(json.loads(path.read_text()))
