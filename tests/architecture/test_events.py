"""Every event is declared, announced by somebody and consumed by somebody."""

import re

import pytest

from contracts.events import EVENTS
from deploy.environment import SERVICES
from deploy.places import PROJECT
from tests.architecture.apps import app_of

CODE = "\n".join(path.read_text() for path in [*PROJECT.glob("services/**/*.py"), *PROJECT.glob("chassis/**/*.py")])


@pytest.mark.parametrize("event_type", sorted(EVENTS))
def test_every_event_is_consumed(event_type: str) -> None:
    handlers = [inbox._handlers for service in SERVICES for inbox in app_of(service).state.inboxes]
    assert any(event_type in each for each in handlers)


@pytest.mark.parametrize("event_type", sorted(EVENTS))
def test_every_event_is_announced_by_the_service_it_names(event_type: str) -> None:
    service = event_type.split(".", 1)[0]
    name = EVENTS[event_type].__name__
    if name.endswith("AuditSealed"):
        assert 'EVENTS[f"{self._service}.audit.sealed.v1"]' in CODE
        return
    own = "\n".join(path.read_text() for path in PROJECT.glob(f"services/{service}/**/*.py"))
    assert re.search(rf"\b{name}\b", own)
