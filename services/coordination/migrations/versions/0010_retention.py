"""Retention, and the right to delete nothing else."""

from chassis.retiring import upgrade_retention

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    upgrade_retention()
