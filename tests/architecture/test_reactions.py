"""Who reacts to what is written down, wired once, and about what somebody announces."""

import ast
import importlib
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from types import ModuleType

import pytest

from chassis.inbox import Subscribers
from chassis.reactions import InternalEvent, Reactions
from contracts.events import EVENTS, Announcement
from deploy.environment import SERVICES
from deploy.places import PROJECT
from deploy.reactions import service_of, with_table

DOCUMENT = PROJECT / "docs" / "architecture.md"
# The chassis of every service announces these of the service itself.
BY_THE_CHASSIS = {event_type for event_type in EVENTS if event_type.endswith(".audit.sealed.v1")}


def test_the_table_in_the_docs_is_up_to_date() -> None:
    text = DOCUMENT.read_text()
    assert text == with_table(text), "write it anew: make reactions"


def test_a_changed_wire_would_change_the_table() -> None:
    text = DOCUMENT.read_text()
    assert with_table(text.replace("`forget_subject`", "`forget_nobody`")) == text


def modules(name: str) -> Iterator[ModuleType]:
    """All modules of this file name in capabilities."""
    for path in sorted(PROJECT.glob(f"services/*/*/{name}.py")):
        yield importlib.import_module(".".join(path.relative_to(PROJECT).with_suffix("").parts))


@pytest.mark.parametrize("service", SERVICES)
def test_every_handler_of_a_capability_is_wired(service: str) -> None:
    """In app.py, and nowhere twice."""
    wired = service_of(service)
    for kind, known in ((Reactions, wired.reactions), (Subscribers, wired.subscribers)):
        written = [
            each
            for module in modules("subscribers")
            if module.__name__.split(".")[1] == service
            for each in vars(module).values()
            if isinstance(each, kind)
        ]
        assert sorted(map(id, written)) == sorted(map(id, known))


def leaves(kind: type) -> set[type]:
    """The classes below `kind` that stand for events, not for what several events say."""
    below = kind.__subclasses__()
    return {kind}.union(*map(leaves, below)) - {kind} if below else {kind}


def ours(kind: type) -> set[type]:
    """The same, without those that tests make."""
    return {each for each in leaves(kind) if each.__module__.split(".")[0] in ("contracts", "chassis", "services")}


def test_every_event_that_could_be_announced_is_declared() -> None:
    for service in SERVICES:
        service_of(service)
    undeclared = {each.__name__ for each in ours(Announcement) if EVENTS.get(getattr(each, "type", "")) is not each}
    assert undeclared == set()


@lru_cache
def announced_in(folder: Path) -> frozenset[str]:
    """Names that code calls or hands on: `announce(session, X(…))`, `_say(session, X, …)`."""
    found: set[str] = set()
    for path in folder.glob("**/*.py"):
        if path.name == "subscribers.py":
            continue
        for call in (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)):
            values = [call.func, *call.args, *(each.value for each in call.keywords)]
            found |= {node.id for value in values for node in ast.walk(value) if isinstance(node, ast.Name)}
    return frozenset(found)


def test_every_declared_event_is_announced_by_the_service_it_names() -> None:
    silent = [
        event_type
        for event_type, kind in EVENTS.items()
        if event_type not in BY_THE_CHASSIS and kind.__name__ not in announced_in(PROJECT / "services" / event_type.split(".", 1)[0])
    ]
    assert silent == []


def test_reactions_are_about_what_their_own_service_announces() -> None:
    """A reaction to what another service announces would never run."""
    for service in SERVICES:
        for kind in Reactions.joined(service_of(service).reactions).handlers:
            owner = kind.type.split(".", 1)[0] if issubclass(kind, Announcement) else kind.__module__.split(".")[1]
            assert owner == service, kind


def test_subscriptions_are_about_what_other_services_announce() -> None:
    """What one's own announces is reacted to at once, while the transaction can still fail."""
    for service in SERVICES:
        kinds = {kind for each in service_of(service).subscribers for kind in each.handlers}
        assert kinds <= set(EVENTS)
        assert {kind for kind in kinds - BY_THE_CHASSIS if kind.startswith(f"{service}.")} == set()


def test_every_internal_event_is_raised_where_it_is_declared_and_reacted_to() -> None:
    for _ in modules("events"):
        pass
    raised = {kind for kind in ours(InternalEvent) if kind.__name__ in announced_in(home_of(kind))}
    assert raised == ours(InternalEvent)
    assert raised
    assert raised == {
        kind
        for service in SERVICES
        for kind in Reactions.joined(service_of(service).reactions).handlers
        if not issubclass(kind, Announcement)
    }


def home_of(kind: type) -> Path:
    """The folder of the capability that declares an internal event, in its events.py."""
    *folder, file = kind.__module__.split(".")
    assert file == "events"
    return PROJECT.joinpath(*folder)


def test_no_event_is_reacted_to_twice_by_one_capability() -> None:
    """Two functions for one event would have an order that nobody sees: one function says it."""
    for service in SERVICES:
        seen: dict[type[object], list[str]] = defaultdict(list)
        for kind, reactions in Reactions.joined(service_of(service).reactions).handlers.items():
            seen[kind] += [each.__module__ for each in reactions]
        assert all(len(set(places)) == len(places) for places in seen.values())


def test_a_reaction_to_what_is_never_announced_itself_is_refused() -> None:
    class Undeclared(Announcement):
        """Nobody declared it."""

    for kind in (Undeclared, Announcement):
        with pytest.raises(TypeError, match="is not declared"):
            Reactions().on(kind)
