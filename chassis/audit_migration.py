"""The migration to an audit that nobody can cut; each service runs it once, as a revision of its
own."""

import sqlalchemy as sa
from alembic import op

from chassis.migrations import append_only


def upgrade_audit() -> None:
    """Rule, origin and hash of rows; the log of seals; indexes for auditors."""
    for name in ("rule", "origin", "content_hash"):
        op.add_column("audit", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("audit_seals", sa.Column("log_root", sa.Text(), nullable=True))
    op.create_table(
        "audit_nodes",
        sa.Column("level", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("level", "position", name=op.f("pk_audit_nodes")),
    )
    append_only("audit_nodes")
    numbered, first = sa.text("upto_ordinal is not null"), sa.text("upto_ordinal is null")
    op.create_index("ix_audit_seals_ordinal", "audit_seals", ["upto_ordinal"], postgresql_where=numbered)
    op.create_index("ix_audit_seals_first", "audit_seals", ["number"], postgresql_where=first)
    sealed = sa.text("ordinal is not null")
    op.create_index("ix_audit_ids", "audit", ["ids"], postgresql_using="gin", postgresql_where=sealed)
    op.create_index("ix_audit_at", "audit", ["at"], postgresql_using="brin")
