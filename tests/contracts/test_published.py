"""Events that were published stay as they are: others have built on them."""

import json
import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from jsonschema import Draft202012Validator

from chassis.outbox import envelope
from contracts.events import EVENTS
from contracts.events.liaison import PartyRegistered
from contracts.labels import Label
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


def test_asyncapi_stands_alone_and_describes_what_is_sent() -> None:
    """Every reference is to a place in the document itself; whether it is valid AsyncAPI 3, Redocly says in `make check`."""
    document = asyncapi()
    for reference in re.findall(r'"\$ref": "([^"]+)"', json.dumps(document)):
        place: Any = document
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]
    event = envelope(PartyRegistered(id=uuid4(), label=Label(originator="centre")), "test")
    payload = document["channels"][event.type]["messages"]["event"]["payload"]
    schema = {**payload, "components": document["components"]}
    sent = event.model_dump(mode="json", exclude_none=True)
    validator = Draft202012Validator(schema)
    assert list(validator.iter_errors(sent)) == []
    assert list(validator.iter_errors(sent | {"data": {"id": "x"}})) != []
