"""Since when a delivery has been tried, and what is due by organization."""

import sqlalchemy as sa
from alembic import op

from chassis.principal import system_principal
from chassis.visibility import parameters

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("webhook_deliveries", sa.Column("tried_since", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_webhook_deliveries_due",
        "webhook_deliveries",
        ["originator", "next_attempt_at"],
        unique=False,
        postgresql_where=sa.text("state = 'pending'"),
    )
    # Row-level security binds the owner, too.
    connection = op.get_bind()
    for name, value in parameters(system_principal("gateway")).items():
        connection.execute(sa.text("select set_config(:name, :value, true)"), {"name": name, "value": value})
    op.execute("update webhook_deliveries set tried_since = created_at where attempts > 0")
