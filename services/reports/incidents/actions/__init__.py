"""Writes of incidents."""

from services.reports.incidents.actions.exporting import Export, export_incidents
from services.reports.incidents.actions.forming import join_incidents, open_incidents
from services.reports.incidents.actions.grading import describe, grade_incident, grade_observation, require_version
from services.reports.incidents.actions.regrouping import (
    accept_suggestion,
    dismiss_suggestion,
    merge_accounts,
    merge_incidents,
    split_incident,
    undo_move,
)

__all__ = [
    "Export",
    "accept_suggestion",
    "describe",
    "dismiss_suggestion",
    "export_incidents",
    "grade_incident",
    "grade_observation",
    "join_incidents",
    "merge_accounts",
    "merge_incidents",
    "open_incidents",
    "require_version",
    "split_incident",
    "undo_move",
]
