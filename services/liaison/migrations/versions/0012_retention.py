"""Retention, and the right to delete nothing else."""

from chassis.retiring import upgrade_retention

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    upgrade_retention(
        "leanings",
        "handover_quarantine",
        "incident_records",
        "positions",
        "sanctions_entries",
        "screened",
        "screenings",
    )
