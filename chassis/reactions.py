"""Reactions: what other capabilities of a service do, in the same transaction, when something happens.

A capability registers them in its `subscribers.py` (`@reacts.on(ContactErased)`), and the service's
app.py wires them. Other services hear of published events later, through the outbox and their inbox.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.events import EVENTS, Announcement


class InternalEvent:
    """Something that happened and is of no concern to other services: never stored or published.

    Subclasses are dataclasses in the `events.py` of the capability that raises them, by
    `chassis.database.react_to`.
    """


E = TypeVar("E", bound=Announcement | InternalEvent)
Reaction = Callable[[AsyncSession, E], Awaitable[None]]


class Reactions:
    """Handlers by the class of an event, in the order in which they were registered."""

    def __init__(self) -> None:
        self.handlers: dict[type[object], list[Reaction[Any]]] = defaultdict(list)

    def on(self, *kinds: type[E]) -> Callable[[Reaction[E]], Reaction[E]]:
        """Register `async def reaction(session, event)` for the kinds.

        TypeError for a kind that is never announced itself.
        """
        for kind in kinds:
            if not issubclass(kind, InternalEvent) and EVENTS.get(getattr(kind, "type", "")) is not kind:
                raise TypeError(f"{kind.__name__} is not declared as an event")

        def register(reaction: Reaction[E]) -> Reaction[E]:
            for kind in kinds:
                self.handlers[kind].append(reaction)
            return reaction

        return register

    def knows(self, event: Announcement | InternalEvent) -> bool:
        """Whether anybody reacts to the event."""
        return type(event) in self.handlers

    async def run(self, session: AsyncSession, event: Announcement | InternalEvent) -> None:
        """Run the reactions to the event, one after the other.

        Raises what one of them raises, so that the transaction fails.
        """
        for reaction in self.handlers.get(type(event), ()):
            await reaction(session, event)

    @classmethod
    def joined(cls, several: Iterable["Reactions"]) -> "Reactions":
        """The reactions of several capabilities, in their order."""
        found = cls()
        for each in several:
            for kind, reactions in each.handlers.items():
                found.handlers[kind].extend(reactions)
        return found
