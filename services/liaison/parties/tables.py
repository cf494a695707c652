"""The register of parties, and what it said before."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, ForeignKey, Identity, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Identified, Labelled, Versioned, now
from services.liaison.base import LiaisonTable


class Party(Identified, Versioned, Labelled, LiaisonTable):
    """A Government, another party, an organization. `countries` is the label's; `party_countries` is where it belongs."""

    __tablename__ = "parties"
    __table_args__ = (
        Index("ix_parties_search", "search", postgresql_using="gin", postgresql_ops={"search": "gin_trgm_ops"}),
        Index("ix_parties_members", "members", postgresql_using="gin"),
    )

    kind: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    party_countries: Mapped[list[str]]
    # Its name in other languages and scripts: {language, name}.
    names: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("parties.id"), index=True)
    # Governments that act jointly under this name; empty for everybody else.
    members: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()), default=list)
    search: Mapped[str] = mapped_column(default="")


class PartyVersion(LiaisonTable):
    """What the register said of a party from a moment on. Added to, never changed; read through the party."""

    __tablename__ = "party_versions"

    seq: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("parties.id"), index=True)
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    recorded_by: Mapped[str]
    name: Mapped[str]
    names: Mapped[list[dict[str, Any]]]
    party_countries: Mapped[list[str]]
    parent_id: Mapped[UUID | None]
    members: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
