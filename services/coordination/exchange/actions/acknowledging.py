"""Acknowledging: what a recipient has seen, and nothing that was changed meanwhile (R16)."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.context import context_of
from chassis.database import principal_of
from chassis.errors import NotFound, PreconditionFailed
from chassis.pagination import Paging, Rows
from chassis.records import change_record
from contracts.events.coordination import PackageAcknowledged
from services.coordination.exchange import queries
from services.coordination.exchange.actions.decisions import say
from services.coordination.exchange.queries import PackageFilter
from services.coordination.exchange.schemas import PackageOut, PackageState
from services.coordination.exchange.tables import Package


async def acknowledge_package(session: AsyncSession, package_id: UUID) -> Package:
    """Record that the recipient acknowledges a delivery, or a recall (R16); again changes nothing.

    PreconditionFailed when If-Match names another version; and without one, when it was recalled
    and the recipient has not been shown that: it would acknowledge what it does not know of.
    """
    package = await change_record(session, Package, package_id, "package")
    if package.recipient != principal_of(session).organization:
        raise NotFound("package")
    is_unseen = package.state == PackageState.recalled and package.recall_seen_at is None
    if is_unseen and (context_of(session).if_match or "*").strip() == "*":
        raise PreconditionFailed
    if package.acknowledged_at is None:
        package.acknowledged_at = now()
        if package.state == PackageState.delivered:
            package.state, package.delivery_acknowledged_at = PackageState.acknowledged, package.acknowledged_at
        await say(session, PackageAcknowledged, package)
    return package


async def list_packages(session: AsyncSession, paging: Paging, wanted: PackageFilter) -> Rows[PackageOut]:
    """Packages without content; what a recipient is shown as recalled, it has seen."""
    page = await queries.list_packages(session, paging, wanted)
    await note_seen(session, page.items)
    return page


async def note_seen(session: AsyncSession, shown: Iterable[PackageOut]) -> None:
    """Note which recalls the recipient is shown first now. That is no change of the package."""
    recalled = [each.id for each in shown if each.state == PackageState.recalled]
    organization = principal_of(session).organization
    if not recalled:
        return
    first = (Package.recipient == organization, Package.recall_seen_at.is_(None))
    seen = update(Package).where(Package.id.in_(recalled), *first)
    values = {"recall_seen_at": now(), "updated_at": Package.updated_at}
    await session.execute(seen.values(values).execution_options(synchronize_session=False))
