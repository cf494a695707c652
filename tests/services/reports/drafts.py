"""Reports for tests."""

from typing import Any

Json = dict[str, Any]
OPEN = {"sensitivity": "unclassified", "tlp": "GREEN", "releasable_to": ["hq", "osce"]}


def statement(text: str = "Incidents continued.", kind: str = "assessed", evidence: list[Json] | None = None, **more: Any) -> Json:
    """A statement."""
    return {"kind": kind, "text": text, "evidence": evidence or []} | more


def report(*statements: Json, **more: Any) -> Json:
    """A situation report with one section."""
    return {
        "kind": "situation-report",
        "title": "Exercise: the border",
        "countries": ["TJK"],
        "themes": ["border"],
        "label": OPEN,
        "sections": [{"title": "Situation", "statements": list(statements)}],
    } | more


def citing(*incidents: Json) -> list[Json]:
    """Evidence: these incidents."""
    return [{"type": "incident", "id": each["id"]} for each in incidents]
