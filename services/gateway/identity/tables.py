"""Clients, their secrets and their browser sessions. Secrets are kept as hashes only."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Identified, Versioned
from chassis.principal import Principal
from contracts.vocabulary import Sensitivity
from services.gateway.base import GatewayTable


class Client(Identified, Versioned, GatewayTable):
    """A person, a partner's system or a feed. Revoking raises the epoch: what was given out before counts no more."""

    __tablename__ = "clients"

    client_id: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    organization: Mapped[str] = mapped_column(index=True)
    roles: Mapped[list[str]]
    access: Mapped[str]
    countries: Mapped[list[str]]
    state: Mapped[str]
    epoch: Mapped[int] = mapped_column(default=0)

    @property
    def is_administrator(self) -> bool:
        """True while it may give and end access."""
        return self.state == "active" and "administrator" in self.roles

    @property
    def principal(self) -> Principal:
        """Who the services are told it is."""
        return Principal(
            client_id=self.client_id,
            organization=self.organization,
            roles=frozenset(self.roles),
            access=Sensitivity(self.access),
            countries=frozenset(self.countries),
            epoch=self.epoch,
        )


class ClientSecret(Identified, GatewayTable):
    """One of at most two live secrets of a client. High-entropy keys need no slow hash: SHA-256 (facts.md)."""

    __tablename__ = "client_secrets"

    client_key: Mapped[UUID] = mapped_column(ForeignKey("clients.id"), index=True)
    hash: Mapped[str] = mapped_column(unique=True)
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class RevokedToken(GatewayTable):
    """An access token that was taken back before its end (RFC 7009); forgotten once it has ended."""

    __tablename__ = "revoked_tokens"

    id: Mapped[str] = mapped_column(primary_key=True)
    ends_at: Mapped[datetime] = mapped_column(index=True)


class BrowserSession(Identified, GatewayTable):
    """A signed-in browser; the cookie's value is kept as a hash."""

    __tablename__ = "browser_sessions"

    client_key: Mapped[UUID] = mapped_column(ForeignKey("clients.id"), index=True)
    hash: Mapped[str] = mapped_column(unique=True)
    epoch: Mapped[int]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
