"""From where a request came, and on which rule it rests: what its audit rows say beside its ids.

The gateway alone sees the caller's address. It removes the header from what callers send and sets
it anew, so that a service reads what the gateway saw.
"""

from contextvars import ContextVar

ORIGIN_HEADER = "x-goodoffices-origin"
MACHINE = "machine"
"""The origin of what no request caused: jobs, events, commands on the machine itself."""
_origin: ContextVar[str] = ContextVar("origin", default=MACHINE)
_rule: ContextVar[str | None] = ContextVar("rule", default=None)


def begin_origin(address: str) -> None:
    """Name the address from which the current request came; no rule has decided on it yet."""
    _origin.set(address[:64])
    _rule.set(None)


def rest_on(rule: str | None) -> None:
    """Name the rule that lets the current request pass."""
    _rule.set(rule)


def current_origin() -> str:
    """The address the current request came from, or MACHINE."""
    return _origin.get()


def current_rule() -> str | None:
    """The rule that let the current request pass; None where there was none to ask."""
    return _rule.get()
