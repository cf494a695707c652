"""Who reacts to what, by the registries of the four services: a table in docs/architecture.md."""

import importlib
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from chassis.app import Service
from chassis.reactions import Reactions
from contracts.events import Announcement
from deploy.environment import SERVICES

BEGIN = "<!-- Written by `make reactions`: do not edit. -->"
END = "<!-- The end of what `make reactions` writes. -->"
_HEAD = "| event | at once, in the same transaction | later, in another service |\n|---|---|---|\n"


class Wire(NamedTuple):
    """An event, and the functions that run when it is announced."""

    event: str
    at_once: list[str]
    later: list[str]


def service_of(name: str) -> Service:
    """A service as its app.py wires it."""
    found: Service = importlib.import_module(f"services.{name}.app").SERVICE
    return found


def wires() -> list[Wire]:
    """Every event somebody in particular handles, by name."""
    at_once: dict[str, list[str]] = defaultdict(list)
    later: dict[str, list[str]] = defaultdict(list)
    for service in map(service_of, SERVICES):
        for kind, reactions in Reactions.joined(service.reactions).handlers.items():
            at_once[_name_of(kind)] += [_place_of(each) for each in reactions]
        for subscribers in service.subscribers:
            for event_type, handlers in subscribers.handlers.items():
                later[event_type] += [_place_of(each) for each in handlers]
    return [Wire(event, at_once[event], later[event]) for event in sorted({*at_once, *later})]


def hear_everything() -> list[str]:
    """The functions that every published event is given to."""
    each_service = map(service_of, SERVICES)
    return [_place_of(each) for service in each_service for subscribers in service.subscribers for each in subscribers.of_all]


def _name_of(kind: type[object]) -> str:
    """A published event by its type, an internal one by its capability and class."""
    if issubclass(kind, Announcement):
        return kind.type
    _, service, capability, *_ = kind.__module__.split(".")
    return f"{service}.{capability} {kind.__name__} (internal)"


def _place_of(function: Callable[..., Any]) -> str:
    _, service, capability, *_ = function.__module__.split(".")
    return f"{service}/{capability} `{function.__name__}`"


def as_table() -> str:
    """The table as Markdown."""
    rows = (f"| {each.event} | {', '.join(each.at_once)} | {', '.join(each.later)} |\n" for each in wires())
    everything = f"\nEvery published event also goes to {' and '.join(hear_everything())}.\n"
    return _HEAD + "".join(rows) + everything


def with_table(text: str) -> str:
    """A document with the table of this moment between its markers; ValueError when it has none."""
    before, rest = text.split(BEGIN, 1)
    _, after = rest.split(END, 1)
    return f"{before}{BEGIN}\n{as_table()}{END}{after}"


def write_table(document: Path) -> None:
    """Bring the document up to date."""
    document.write_text(with_table(document.read_text()))
