"""What a person is answered."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from services.liaison.contacts.schemas import ContactOut, MergerOut, RecordedPosition
from services.liaison.engagements.schemas import EngagementAttended
from services.liaison.screening.schemas import ScreeningHeld


class ContactExport(BaseModel):
    """All that liaison holds on one person, for them or for who answers them."""

    id: UUID
    exported_at: datetime
    records: list[ContactOut] = Field(description="The contact and the records merged into it.")
    positions: list[RecordedPosition] = Field(description="All that was ever recorded, corrections too.")
    mergers: list[MergerOut]
    screenings: list[ScreeningHeld]
    engagements: list[EngagementAttended] = Field(description="As far as who answers the person may see them.")
