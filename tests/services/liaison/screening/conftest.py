"""Screening begins with the same desks as contacts, and with who keeps the list."""

from collections.abc import Callable

import httpx
import pytest

from tests.clients import Headers
from tests.services.liaison.contacts.conftest import Desk, desk, head

__all__ = ["desk", "head"]


@pytest.fixture
def keeper(liaison: httpx.AsyncClient, as_: Callable[..., Headers]) -> Desk:
    """The administrator, who keeps the list."""
    return Desk(liaison, as_("administrator"))
