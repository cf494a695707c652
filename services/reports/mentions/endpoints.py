"""Mentions over HTTP."""

from uuid import UUID

from chassis.operation import Session, router
from services.reports.mentions import queries
from services.reports.mentions.schemas import MentionsOut

routes = router("mentions")


@routes.get("/observations/{observation_id}/mentions", response_model=MentionsOut)
async def read_mentions(observation_id: UUID, session: Session) -> MentionsOut:
    """How many articles of which news sources mention a lead. They support nothing."""
    return await queries.see_mentions(session, observation_id)
