"""Wires reports."""

from datetime import timedelta
from pathlib import Path

from fastapi import FastAPI

from chassis.app import Service, create_service
from chassis.gathering import Gatherer
from chassis.retention import Bound
from services.reports.clearance.endpoints import routes as clearance
from services.reports.clearance.subscribers import subscribers as flagged_talks
from services.reports.dissemination.endpoints import routes as dissemination
from services.reports.efforts.endpoints import routes as efforts
from services.reports.feeds.endpoints import routes as feeds
from services.reports.freshness.endpoints import routes as freshness
from services.reports.incidents.endpoints import routes as incidents
from services.reports.intake.actions import receive_arrivals
from services.reports.intake.endpoints import concerning_feeds, gathered
from services.reports.intake.endpoints import routes as intake
from services.reports.jobs import background
from services.reports.mentions.endpoints import routes as mentions
from services.reports.persons.endpoints import routes as persons
from services.reports.places.adapters.gazetteer import gazetteer
from services.reports.places.endpoints import routes as places
from services.reports.production.endpoints import routes as production
from services.reports.searches.endpoints import routes as searches
from services.reports.settings import ReportsSettings
from services.reports.talks.subscribers import subscribers as talks
from services.reports.triage.endpoints import routes as triage

TOGETHER = 50
# Intake removes the parts of a delivery with its last row; these are left where it could not.
PARTS_KEPT = timedelta(days=7)
SERVICE = Service(
    name="reports",
    folder=Path(__file__).parent,
    routers=[
        feeds,
        gathered,
        intake,
        concerning_feeds,
        places,
        incidents,
        mentions,
        triage,
        persons,
        efforts,
        production,
        clearance,
        dissemination,
        freshness,
        searches,
    ],
    subscribers=[talks, flagged_talks],
    background=background,
    bounds=lambda _: [Bound("delivery_parts", PARTS_KEPT)],
)


def create_app() -> FastAPI:
    """The reports service, with settings from the environment."""
    gazetteer()  # Loaded before anything is served: without boundaries nothing could be placed.
    app = create_service(SERVICE, ReportsSettings())
    app.state.arrivals = Gatherer(app.state.database, receive_arrivals, TOGETHER)
    return app
