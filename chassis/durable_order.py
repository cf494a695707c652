"""The migration to positions that outlive a database cluster; each service runs it once, as a revision of its own."""

import sqlalchemy as sa
from alembic import op

_NUMBER_OUTBOX = """
    update outbox set ordinal = numbered.n
    from (select seq, row_number() over (order by seq) as n from outbox where published_at is not null) as numbered
    where outbox.seq = numbered.seq
"""
# What a seal of the first form covers keeps its order; where a row was cut out, the others still stand under their seals.
_NUMBER_AUDIT = """
    update audit set ordinal = numbered.n
    from (
        select seq, row_number() over (order by transaction, seq) as n from audit
        where (transaction, seq) <= (
            select upto_transaction, upto_seq from audit_seals order by number desc limit 1
        )
    ) as numbered
    where audit.seq = numbered.seq
"""


def upgrade_order() -> None:
    """Ordinals for outbox and audit, what a stream is known to hold, and gaps of those who read."""
    _outbox()
    _readers()
    _audit()


def _outbox() -> None:
    op.add_column("outbox", sa.Column("ordinal", sa.BigInteger(), nullable=True))
    op.execute(_NUMBER_OUTBOX)
    op.drop_column("outbox", "transaction")
    numbered = sa.text("ordinal is not null")
    op.create_index("ix_outbox_ordinal", "outbox", ["ordinal"], unique=True, postgresql_where=numbered)
    op.create_table(
        "publishing",
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("begun", sa.BigInteger(), nullable=False),
        sa.Column("begins_with", sa.BigInteger(), nullable=False),
        sa.Column("wanted", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("service", name=op.f("pk_publishing")),
    )


def _readers() -> None:
    zero = sa.text("0")
    op.add_column("watermarks", sa.Column("ordinal", sa.BigInteger(), server_default=zero, nullable=False))
    op.add_column("places", sa.Column("gap_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("places", sa.Column("gap", sa.Text(), nullable=True))
    op.add_column("places", sa.Column("resumed", sa.BigInteger(), nullable=True))
    op.add_column("places", sa.Column("reading", sa.BigInteger(), server_default=zero, nullable=False))


def _audit() -> None:
    op.add_column("audit", sa.Column("ordinal", sa.BigInteger(), nullable=True))
    op.execute(_NUMBER_AUDIT)
    form = sa.Column("format", sa.SmallInteger(), server_default=sa.text("1"), nullable=False)
    op.add_column("audit_seals", form)
    op.add_column("audit_seals", sa.Column("upto_ordinal", sa.BigInteger(), nullable=True))
    unsealed, sealed = sa.text("ordinal is null"), sa.text("ordinal is not null")
    op.create_index("ix_audit_unsealed", "audit", ["seq"], postgresql_where=unsealed)
    op.create_index("ix_audit_ordinal", "audit", ["ordinal"], unique=True, postgresql_where=sealed)
    # The rows stay as they were written; their number is all that the service's role may set.
    role = op.get_bind().exec_driver_sql("select replace(current_user, '_owner', '_app')").scalar()
    op.execute(f'grant update (ordinal) on audit to "{role}"')
