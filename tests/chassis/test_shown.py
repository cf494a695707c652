"""Ids are found in models wherever they stand, and finding them costs little."""

from time import process_time
from typing import Any
from uuid import UUID, uuid4

from pydantic import BaseModel

from chassis.columns import new_id, now
from chassis.pagination import Page
from chassis.shown import Shown
from contracts.labels import Label
from contracts.vocabulary import Sensitivity, Tlp
from services.reports.incidents.schemas import IncidentOut

LABEL = Label(sensitivity=Sensitivity.confidential, tlp=Tlp.amber, originator="centre")


class Part(BaseModel):
    """Has no id of its own."""

    of: UUID | None = None
    words: str = ""


class Whole(BaseModel):
    """Holds ids in every way an answer may."""

    id: str
    parts: list[Part]
    by_key: dict[UUID, list[Part]]
    document: dict[str, Any]
    inner: "Whole | None" = None


def shown_in(answer: Any) -> set[str]:
    shown = Shown()
    shown.read(answer)
    return set(shown.ids)


def test_every_id_is_found_once_whatever_holds_it() -> None:
    keys = [uuid4() for _ in range(6)]
    document = {"subject": {"id": "slug", "about": str(keys[3])}, "list": [str(keys[4]), "text"]}
    inner = Whole(id="inner", parts=[], by_key={}, document={})
    whole = Whole(
        id="outer",
        parts=[Part(of=keys[0]), Part()],
        by_key={keys[1]: [Part(of=keys[2])]},
        document=document,
        inner=inner,
    )
    assert shown_in([whole, whole]) == {"outer", "inner", *map(str, keys[:5])}


def test_text_that_looks_like_a_key_names_nothing() -> None:
    assert shown_in(Part(words=str(uuid4()))) == set()


def test_a_page_of_200_incidents_is_read_in_under_two_milliseconds() -> None:
    """Processor time, and the best of many: what else the machine does is not counted."""
    page = Page[IncidentOut](items=[_incident() for _ in range(200)])
    spent = []
    for _ in range(30):
        begun = process_time()
        found = shown_in(page)
        spent.append(process_time() - begun)
    assert len(found) == 200
    assert min(spent) < 0.002


def _incident() -> IncidentOut:
    nothing = dict.fromkeys(IncidentOut.model_fields)
    about = {"countries": ["TJK"], "regions": [], "themes": ["border"], "sources": ["unama"]}
    told = {"title": "Shots", "occurred_at": now(), "observations": 1, "label": LABEL}
    times = {"version": 1, "created_at": now(), "updated_at": now()}
    flags = {"corroborated": False, "graded": False}
    return IncidentOut(**(nothing | about | told | times | flags | {"id": new_id()}))
