"""Answers to persons who ask, over HTTP."""

from uuid import UUID

from chassis.operation import Session, router
from services.liaison.subject_access import queries
from services.liaison.subject_access.schemas import ContactExport

routes = router("contacts")


@routes.get("/contacts/{contact_id}/export", response_model=ContactExport)
async def export_contact(contact_id: UUID, session: Session) -> ContactExport:
    """All that liaison holds on a person, for them or for who answers them."""
    return await queries.read_export(session, contact_id)
