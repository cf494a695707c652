"""Events that were published stay as they are: others have built on them."""

import json
from pathlib import Path

import pytest

from contracts.events import EVENTS
from contracts.publishing import asyncapi, event_schemas
from deploy.places import PUBLISHED


@pytest.mark.parametrize("event_type", sorted(EVENTS))
def test_no_published_event_changed_in_place(event_type: str) -> None:
    path = PUBLISHED / "events" / f"{event_type}.json"
    assert path.exists(), "publish it with: make events"
    frozen, now = json.loads(path.read_text()), event_schemas()[event_type]
    assert frozen == now, "a published version never changes: declare the next version instead"


def test_no_published_event_vanished() -> None:
    published = {path.name.removesuffix(".json") for path in Path(PUBLISHED / "events").glob("*.json")}
    assert published == set(EVENTS)


def test_asyncapi_is_up_to_date_and_names_every_event() -> None:
    document = json.loads((PUBLISHED / "asyncapi.json").read_text())
    assert document == asyncapi(), "write it anew with: make events"
    assert set(document["channels"]) == set(EVENTS)
