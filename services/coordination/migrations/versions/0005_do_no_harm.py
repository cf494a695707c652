"""Where reports name persons, do-no-harm checks, and which organizations are security bodies."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis.migrations import append_only, protect
from chassis.principal import system_principal
from chassis.visibility import parameters

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "item_names",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("places", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("authors", sa.ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_names")),
    )
    op.create_table(
        "harm_checks",
        sa.Column("seq", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("checked_by", sa.Text(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sensitivity", sa.SmallInteger(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("tlp", "originator")),
        *(sa.Column(name, sa.ARRAY(sa.Text()), nullable=False) for name in ("themes", "countries", "releasable_to", "readers")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_harm_checks_item_id")),
        sa.ForeignKeyConstraint(["recipient"], ["organizations.id"], name=op.f("fk_harm_checks_recipient")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_harm_checks")),
    )
    op.create_index("ix_harm_checks_item", "harm_checks", ["item_id", "recipient"], unique=False)
    protect("harm_checks")
    append_only("harm_checks")
    op.add_column("organizations", sa.Column("security_body", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("organizations", "security_body", server_default=None)
    _mark_known()


def _mark_known() -> None:
    """The SCO: its mandate here is what its Regional Anti-Terrorist Structure deals with. Others are marked by people."""
    connection = op.get_bind()
    for name, value in parameters(system_principal("coordination")).items():
        connection.execute(sa.text("select set_config(:name, :value, true)"), {"name": name, "value": value})
    connection.execute(sa.text("update organizations set security_body = true where id = 'sco'"))
