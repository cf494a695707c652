"""What exchange does at once when organizations and mandates change, and on events of others."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.inbox import Subscribers
from chassis.reactions import Reactions
from contracts.events.coordination import OrganizationRemoved
from contracts.events.gateway import PackageDelivered
from contracts.events.reports import PersonsNamed, ReportIssued, ReportRecalled
from services.coordination.exchange import actions
from services.coordination.mandates.events import MandatesNarrowed

reacts, subscribers = Reactions(), Subscribers()


@reacts.on(OrganizationRemoved)
async def revoke_everything(session: AsyncSession, removed: OrganizationRemoved) -> None:
    """Nothing more goes to an organization that was removed, and what went is recalled (R15)."""
    await actions.revoke_everything(session, str(removed.id))


@reacts.on(MandatesNarrowed)
async def review_packages(session: AsyncSession, narrowed: MandatesNarrowed) -> None:
    """What no mandate covers any more is taken back (R15), what went without one is flagged (R3)."""
    await actions.review_packages(session, narrowed.organization, narrowed.since, narrowed.step)


@subscribers.on(PersonsNamed)
async def note_persons(session: AsyncSession, named: PersonsNamed) -> None:
    """Know where a report names persons before it is decided who gets it (R4)."""
    await actions.note_persons(session, named)


@subscribers.on(ReportIssued)
async def copy_issued_report(session: AsyncSession, issued: ReportIssued) -> None:
    """Keep our own copy of the report, and decide who gets it."""
    await actions.receive_report(session, issued)


@subscribers.on(ReportRecalled)
async def recall_packages(session: AsyncSession, recalled: ReportRecalled) -> None:
    """Take back what was made of the report."""
    await actions.recall_item(session, UUID(str(recalled.id)))


@subscribers.on(PackageDelivered)
async def note_webhook_delivery(session: AsyncSession, delivered: PackageDelivered) -> None:
    """Note that a webhook took the package: delivery, not acknowledgement (R16)."""
    await actions.note_webhook_delivery(session, delivered)
