"""What a transaction knows of the request, event or job it serves: one typed object, reached through its session."""

from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.principal import Principal
from chassis.shown import Shown
from contracts.events import Event

_KEY = "context"


@dataclass
class Context:
    """`if_match` and `shown` are a request's, `event` is the one a subscriber handles; `notified` channels are woken at the commit."""

    principal: Principal
    if_match: str | None = None
    event: Event | None = None
    # Set while a rule sees every row, whoever asked (chassis.database.seeing_all).
    sees_all: bool = False
    shown: Shown = field(default_factory=Shown)
    notified: set[str] = field(default_factory=set)


def open_context(session: AsyncSession, principal: Principal) -> Context:
    """A new context for a transaction that begins."""
    session.info[_KEY] = context = Context(principal)
    return context


def context_of(session: AsyncSession) -> Context:
    """The context of this transaction. KeyError when it was opened past `Database.transaction`."""
    context: Context = session.info[_KEY]
    return context
