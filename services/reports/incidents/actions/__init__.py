"""Writes of incidents."""

from services.reports.incidents.actions.exporting import Export, export_incidents
from services.reports.incidents.actions.forming import form_incidents
from services.reports.incidents.actions.grading import grade_incident, grade_observation
from services.reports.incidents.actions.regrouping import (
    accept_suggestion,
    dismiss_suggestion,
    merge_incidents,
    split_incident,
    undo_move,
)

__all__ = [
    "Export",
    "accept_suggestion",
    "dismiss_suggestion",
    "export_incidents",
    "form_incidents",
    "grade_incident",
    "grade_observation",
    "merge_incidents",
    "split_incident",
    "undo_move",
]
