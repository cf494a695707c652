"""Writes of triage."""

from services.reports.triage.actions.claiming import claim_incident, claim_incidents, release_incident
from services.reports.triage.actions.discarding import discard_incident, discard_incidents, restore_incident
from services.reports.triage.actions.translating import translate_observation

__all__ = [
    "claim_incident", "claim_incidents", "discard_incident", "discard_incidents", "release_incident", "restore_incident",
    "translate_observation",
]  # fmt: skip
