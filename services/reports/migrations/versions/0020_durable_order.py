"""Positions that outlive a database cluster, and gaps in the streams of others."""

from chassis.durable_order import upgrade_order

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    upgrade_order()
