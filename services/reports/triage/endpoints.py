"""Triage over HTTP."""

from collections.abc import Sequence
from uuid import UUID

from chassis.errors import PROBLEM_BASE, Problem
from chassis.operation import Session, router
from chassis.pagination import PagingQuery
from contracts.vocabulary import Country, Theme
from services.reports.triage import actions, queries
from services.reports.triage.actions.claiming import Refusals
from services.reports.triage.queries import Inbox, InboxFilters, TriageWhole
from services.reports.triage.rules import Claims
from services.reports.triage.schemas import (
    ClaimSeveral,
    DiscardSeveral,
    TranslationBody,
    TranslationOut,
    TriageDetail,
    TriageOutcome,
    TriageOutcomes,
    TriagePage,
    TriageRefusal,
    WhyDiscarded,
)
from services.reports.triage.tables import Translation

routes = router("triage")


@routes.get("/triage", response_model=TriagePage)
async def list_triage(
    session: Session, paging: PagingQuery, claimed: Claims | None = None, country: Country | None = None, theme: Theme | None = None
) -> Inbox:
    """What needs a person, most urgent first: what waits from feeds of low trust, and what is new and bears no grade."""
    return await queries.list_triage(session, paging, InboxFilters(claimed, country, theme))


@routes.get("/triage/{incident_id}", response_model=TriageDetail)
async def read_triage(incident_id: UUID, session: Session) -> TriageWhole:
    """One incident: why it is urgent, who works on it, what people decided of it, and translations of its accounts."""
    return await queries.read_triage(session, incident_id)


@routes.post("/triage/claim", response_model=TriageOutcomes)
async def claim_incidents(body: ClaimSeveral, session: Session) -> TriageOutcomes:
    """Take several on; what came of each."""
    return _outcomes(body.incidents, await actions.claim_incidents(session, body.incidents))


@routes.post("/triage/discard", response_model=TriageOutcomes)
async def discard_incidents(body: DiscardSeveral, session: Session) -> TriageOutcomes:
    """Discard several for one reason; what came of each."""
    return _outcomes(body.incidents, await actions.discard_incidents(session, body.incidents, body.reason))


@routes.post("/incidents/{incident_id}/claim", response_model=TriageDetail)
async def claim_incident(incident_id: UUID, session: Session) -> TriageWhole:
    """Take an incident on. When somebody else has, the answer says who."""
    return await actions.claim_incident(session, incident_id)


@routes.post("/incidents/{incident_id}/release", response_model=TriageDetail)
async def release_incident(incident_id: UUID, session: Session) -> TriageWhole:
    """Let go of an incident; the Head releases anybody's."""
    return await actions.release_incident(session, incident_id)


@routes.post("/incidents/{incident_id}/discard", response_model=TriageDetail)
async def discard_incident(incident_id: UUID, body: WhyDiscarded, session: Session) -> TriageWhole:
    """Discard an incident: it leaves lists, map and counts, and can be restored. Nothing is deleted."""
    return await actions.discard_incident(session, incident_id, body.reason)


@routes.post("/incidents/{incident_id}/restore", response_model=TriageDetail)
async def restore_incident(incident_id: UUID, body: WhyDiscarded, session: Session) -> TriageWhole:
    """Bring back what was discarded."""
    return await actions.restore_incident(session, incident_id, body.reason)


@routes.post("/observations/{observation_id}/translations", status_code=201, response_model=TranslationOut)
async def translate_observation(observation_id: UUID, body: TranslationBody, session: Session) -> Translation:
    """Put a translation beside what a source said; it is read with the incident's triage."""
    return await actions.translate_observation(session, observation_id, body)


def _outcomes(keys: Sequence[UUID], refusals: Refusals) -> TriageOutcomes:
    return TriageOutcomes(items=[TriageOutcome(id=key, done=key not in refusals, problem=_told(refusals.get(key))) for key in keys])


def _told(refusal: Problem | None) -> TriageRefusal | None:
    """The refusal as its own request would be answered."""
    if refusal is None:
        return None
    kind = f"{PROBLEM_BASE}/{refusal.slug}"
    return TriageRefusal(type=kind, title=refusal.title, status=refusal.status, detail=refusal.detail)
