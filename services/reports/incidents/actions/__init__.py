"""Writes of incidents."""

from services.reports.incidents.actions.exporting import Export, Wanted, export_incidents
from services.reports.incidents.actions.forming import join_incidents, open_incidents
from services.reports.incidents.actions.grading import describe, describe_anew, grade_incident, grade_observation, require_version
from services.reports.incidents.actions.learning import learn_words
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
    "Wanted",
    "accept_suggestion",
    "describe",
    "describe_anew",
    "dismiss_suggestion",
    "export_incidents",
    "grade_incident",
    "grade_observation",
    "join_incidents",
    "learn_words",
    "merge_accounts",
    "merge_incidents",
    "open_incidents",
    "require_version",
    "split_incident",
    "undo_move",
]
