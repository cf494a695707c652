"""Screening begins with the same desks as contacts."""

from tests.services.liaison.contacts.conftest import desk, head

__all__ = ["desk", "head"]
