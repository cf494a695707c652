"""Retention, and the right to delete nothing else."""

from alembic import op

from chassis.retiring import Retiring, upgrade_retention

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_index("ix_events_time", "events", ["time"], postgresql_using="brin")
    upgrade_retention(
        retired=(
            Retiring("events", "time", "7 days", "position < (select max(position) from events)"),
            Retiring("webhook_deliveries", "updated_at", "7 days", "state <> 'pending'"),
            Retiring("revoked_tokens", "ends_at", "1 hour"),
            Retiring("browser_sessions", "least(ended_at, ends_at)", "1 day"),
        )
    )
