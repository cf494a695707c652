"""Wires liaison."""

from pathlib import Path

from fastapi import FastAPI

from chassis.app import Service, create_service
from services.liaison.briefs.endpoints import routes as briefs
from services.liaison.calendar.endpoints import routes as calendar
from services.liaison.commitments.endpoints import routes as commitments
from services.liaison.concurrence.endpoints import routes as concurrence
from services.liaison.contacts.endpoints import routes as contacts
from services.liaison.correspondence.endpoints import routes as correspondence
from services.liaison.engagements.endpoints import concerning_concurrences
from services.liaison.engagements.endpoints import routes as engagements
from services.liaison.engagements.subscribers import reacts as engagement_reactions
from services.liaison.handover.endpoints import routes as handover
from services.liaison.handover.subscribers import reacts as handover_reactions
from services.liaison.incidents.subscribers import subscribers as incidents
from services.liaison.jobs import background
from services.liaison.notes.endpoints import routes as notes
from services.liaison.parties.endpoints import routes as parties
from services.liaison.screening.endpoints import routes as screening
from services.liaison.screening.subscribers import reacts as screening_reactions
from services.liaison.settings import LiaisonSettings
from services.liaison.subject_access.endpoints import routes as subject_access

SERVICE = Service(
    name="liaison",
    folder=Path(__file__).parent,
    routers=[
        parties,
        contacts,
        subject_access,
        screening,
        concurrence,
        engagements,
        concerning_concurrences,
        correspondence,
        notes,
        commitments,
        briefs,
        calendar,
        handover,
    ],
    subscribers=[incidents],
    reactions=[engagement_reactions, screening_reactions, handover_reactions],
    background=background,
)


def create_app() -> FastAPI:
    """The liaison service, with settings from the environment."""
    return create_service(SERVICE, LiaisonSettings())
