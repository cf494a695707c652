"""Kinds that have no register here: they are kept whole, to be read and searched.

Concurrences are among them: those given to the old office do not transfer. They are history and never in force (R19).
"""

from typing import Any

from pydantic import ConfigDict, Field

from contracts.vocabulary import Countries, Line, Themes
from services.liaison.handover.rules.records import Below, Found, Mapped, Record


class HistoryRecord(Record):
    """A record that is kept as it was given, with whatever fields it has."""

    model_config = ConfigDict(extra="allow")

    title: Line | None = None
    countries: Countries = Field(default_factory=list)
    themes: Themes = Field(default_factory=list)


def columns(record: HistoryRecord, _: Found) -> dict[str, Any]:
    """The row of the kept record."""
    payload = record.model_dump(mode="json", exclude={"external_id", "label"}, exclude_unset=True)
    return {"title": record.title, "payload": payload}


HISTORY = Mapped(HistoryRecord, columns)


def concurrence_of(concurrence: Any, below: Below) -> dict[str, Any]:
    """The record of a concurrence given to our own office, with what was known of it when (R3): history to whoever takes over."""
    known = [_said_of(each) | {name: getattr(each, name).isoformat() for name in _KNOWN} for each in below["history"]]
    return _said_of(concurrence) | {"history": known}


_KNOWN = ("recorded_at", "effective_at")


def _said_of(concurrence: Any) -> dict[str, Any]:
    plain = ("reference", "country", "party_kinds", "basis", "conditions", "carried_by", "answered_by", "state", "reason")
    times = (
        "valid_from",
        "valid_until",
        "confirm_by",
        "confirmed_at",
        "term_ends",
        "granted_at",
        "declined_at",
        "withdrawn_at",
        "withdrawn_from",
    )
    said = {name: getattr(concurrence, name) for name in plain}
    dates = {name: moment.isoformat() for name in times if (moment := getattr(concurrence, name))}
    parties = [str(each) for each in concurrence.parties]
    return said | dates | {"parties": parties, "themes": concurrence.subject_themes, "countries": [concurrence.country]}
