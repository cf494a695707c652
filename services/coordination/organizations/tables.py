"""Organizations."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Labelled, Versioned, now
from services.coordination.base import CoordinationTable


class Organization(Versioned, Labelled, CoordinationTable):
    """An organization under its slug.

    Its row is the lock of everything that is released to it: a delivery takes it FOR SHARE, a revocation FOR UPDATE (R15).
    """

    __tablename__ = "organizations"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    members: Mapped[list[str]]
    # An army, police or intelligence body, or one that serves them: nothing goes to it before a do-no-harm check (R4).
    security_body: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str]
    epoch: Mapped[int] = mapped_column(default=1)
    reason: Mapped[str | None]
    removed_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
