"""Wires liaison."""

from pathlib import Path

from fastapi import FastAPI

from chassis.app import Service, create_service
from chassis.settings import Settings
from services.liaison.commitments.endpoints import routes as commitments
from services.liaison.concurrence.endpoints import routes as concurrence
from services.liaison.engagements.endpoints import routes as engagements
from services.liaison.jobs import sweep
from services.liaison.notes.endpoints import routes as notes
from services.liaison.parties.endpoints import routes as parties


def create_app() -> FastAPI:
    """The liaison service, with settings from the environment."""
    routers = [parties, concurrence, engagements, notes, commitments]
    return create_service(Service(name="liaison", folder=Path(__file__).parent, routers=routers, subscribers=[], jobs=[sweep]), Settings())
