"""Wires liaison."""

from pathlib import Path

from fastapi import FastAPI

from chassis.app import Service, create_service
from chassis.settings import Settings
from services.liaison.concurrence.endpoints import routes as concurrence
from services.liaison.correspondence.endpoints import routes as correspondence
from services.liaison.engagements.endpoints import routes as engagements
from services.liaison.parties.endpoints import routes as parties


def create_app() -> FastAPI:
    """The liaison service, with settings from the environment."""
    service = Service(
        name="liaison", folder=Path(__file__).parent, routers=[parties, concurrence, engagements, correspondence], subscribers=[]
    )
    return create_service(service, Settings())
