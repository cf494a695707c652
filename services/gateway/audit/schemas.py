"""The audit trail as it goes out."""

from datetime import datetime

from pydantic import BaseModel


class AuditRecord(BaseModel):
    """Who did or read what, where. Ids only."""

    id: str
    at: datetime
    service: str
    actor: str
    organization: str
    operation: str
    ids: list[str]
    outcome: str
    request_id: str
