"""Retention, and the right to delete nothing else."""

from chassis.retiring import Retiring, upgrade_retention

revision = "0023"
down_revision = "0022"

# Parts of a delivery that has ended: intake removes them itself, with its last row.
_ENDED = """
    select updated_at from submissions where submissions.id = submission_id
        and status not in ('received', 'processing')
"""


def upgrade() -> None:
    upgrade_retention(
        "delivery_parts",
        "incident_aliases",
        "saved_searches",
        "triage_claims",
        retired=(Retiring("delivery_parts", f"({_ENDED})", "1 day"),),
    )
