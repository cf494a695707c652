"""Labels as they come in: completed by the collection's default, and never above or beside who gives them."""

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import Labelled
from chassis.database import principal_of
from chassis.errors import Invalid
from contracts.labels import Label, LabelBody, is_looser


def complete_label(session: AsyncSession, given: LabelBody | None, default: Label) -> Label:
    """`given` over `default` (R14). Invalid when the caller could not read what it labels, or speaks for another.

    Only the Centre records what others originated; everyone else is the originator of what it sends.
    """
    principal = principal_of(session)
    label = given.over(default) if given else default
    if label.sensitivity.rank > principal.access.rank:
        raise Invalid(f"You may label up to {principal.access}.", [{"pointer": "/label/sensitivity", "detail": "is above your access"}])
    if label.originator != principal.organization and not principal.is_centre:
        raise Invalid("You speak for your own organization only.", [{"pointer": "/label/originator", "detail": "is not your organization"}])
    return label


def change_label(session: AsyncSession, record: Labelled, given: LabelBody | None, reason: str | None) -> None:
    """Lay `given` over the label of `record`. Invalid when that lowers it and the caller is not its originator, or gives no reason."""
    if given is None:
        return
    old = record.label
    new = complete_label(session, given, old)
    if is_looser(new, old):
        if old.originator != principal_of(session).organization:
            raise Invalid("Only its originator lowers a label.", [{"pointer": "/label", "detail": "is lower than before"}])
        if not reason:
            raise Invalid("Say why the label is lowered.", [{"pointer": "/reason", "detail": "is needed to lower the label"}])
    record.label = new
