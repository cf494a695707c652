"""Writes of identity: clients and their secrets, sessions, and administrators made on the machine."""

from services.gateway.identity.actions.administrators import create_administrator, make_administrator, revive_administrator
from services.gateway.identity.actions.clients import (
    authenticate,
    create_client,
    end_session,
    find_authentic,
    open_session,
    revoke_client,
    revoke_organization,
    rotate_secret,
)

__all__ = [
    "authenticate",
    "create_administrator",
    "create_client",
    "end_session",
    "find_authentic",
    "make_administrator",
    "open_session",
    "revive_administrator",
    "revoke_client",
    "revoke_organization",
    "rotate_secret",
]
