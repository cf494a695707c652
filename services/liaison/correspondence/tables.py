"""Letters and what is attached to them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Identified, Labelled, Versioned, now
from services.liaison.base import LiaisonTable
from services.liaison.correspondence.rules import is_overdue


class Letter(Identified, Versioned, Labelled, LiaisonTable):
    """A note verbale or letter, received or sent. Registered letters do not change; what is wrong is closed and registered anew."""

    __tablename__ = "letters"
    __table_args__ = (Index("ix_letters_due", "reply_by", postgresql_where=text("state = 'open'")),)

    reference: Mapped[str] = mapped_column(unique=True)
    direction: Mapped[str]
    kind: Mapped[str]
    party: Mapped[UUID] = mapped_column(ForeignKey("parties.id"), index=True)
    their_reference: Mapped[str | None]
    subject: Mapped[str]
    summary: Mapped[str | None]
    language: Mapped[str]
    dated_on: Mapped[date]
    handled_on: Mapped[date]
    reply_by: Mapped[date | None]
    answers: Mapped[UUID | None] = mapped_column(ForeignKey("letters.id"), index=True)
    engagement: Mapped[UUID | None] = mapped_column(ForeignKey("engagements.id"), index=True)
    state: Mapped[str] = mapped_column(index=True)
    reason: Mapped[str | None]

    @property
    def overdue(self) -> bool:
        """A reply was due and none is registered."""
        return is_overdue(self.state, self.reply_by, now().date())


class Attachment(Identified, Labelled, LiaisonTable):
    """A file attached to a letter, under the letter's label."""

    __tablename__ = "attachments"
    __table_args__ = (Index("uq_attachments_letter_id_sha256", "letter_id", "sha256", unique=True),)

    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id"))
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)


class AttachmentContent(LiaisonTable):
    """The bytes of a file, once however often it is attached. Read only together with an attachment the reader may see."""

    __tablename__ = "attachment_contents"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
