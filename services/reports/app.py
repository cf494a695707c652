"""Wires reports."""

from pathlib import Path

from fastapi import FastAPI

from chassis.app import Service, create_service
from services.reports.clearance.endpoints import routes as clearance
from services.reports.dissemination.endpoints import routes as dissemination
from services.reports.feeds.endpoints import routes as feeds
from services.reports.freshness.endpoints import routes as freshness
from services.reports.incidents.endpoints import routes as incidents
from services.reports.intake.endpoints import routes as intake
from services.reports.jobs import pull_feeds, sweep_feeds
from services.reports.production.endpoints import routes as production
from services.reports.settings import ReportsSettings
from services.reports.talks.subscribers import subscribers as talks


def create_app() -> FastAPI:
    """The reports service, with settings from the environment."""
    routers = [feeds, intake, incidents, production, clearance, dissemination, freshness]
    service = Service(name="reports", folder=Path(__file__).parent, routers=routers, subscribers=[talks], jobs=[sweep_feeds, pull_feeds])
    return create_service(service, ReportsSettings())
