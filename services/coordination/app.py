"""Wires coordination."""

from pathlib import Path

from fastapi import FastAPI

from chassis.app import Service, create_service
from chassis.settings import Settings
from services.coordination.activities.endpoints import routes as activities
from services.coordination.coverage.endpoints import routes as coverage
from services.coordination.exchange.endpoints import routes as exchange
from services.coordination.exchange.subscribers import reacts as exchange_reactions
from services.coordination.exchange.subscribers import subscribers as exchange_subscribers
from services.coordination.framework.endpoints import routes as framework
from services.coordination.initiatives.endpoints import routes as initiatives
from services.coordination.jobs import background
from services.coordination.mandates.endpoints import routes as mandates
from services.coordination.organizations.endpoints import routes as organizations

SERVICE = Service(
    name="coordination",
    folder=Path(__file__).parent,
    routers=[organizations, mandates, exchange, initiatives, framework, activities, coverage],
    subscribers=[exchange_subscribers],
    reactions=[exchange_reactions],
    background=background,
)


def create_app() -> FastAPI:
    """The coordination service, with settings from the environment."""
    return create_service(SERVICE, Settings())
