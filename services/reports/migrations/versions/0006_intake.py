"""Deliveries that are kept until they are stored, where a refused row stands in its file, and where observations lie."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Receipts that are there are of deliveries stored at once; their length was not noted, and is 0."""
    op.create_table(
        "delivery_parts",
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name=op.f("fk_delivery_parts_submission_id")),
        sa.PrimaryKeyConstraint("submission_id", "number", name=op.f("pk_delivery_parts")),
    )
    # What is compressed already is not compressed again.
    op.execute("alter table delivery_parts alter column bytes set storage external")
    for name, kind in (
        ("size", sa.BigInteger()),
        ("access", sa.SmallInteger()),
        ("read_bytes", sa.BigInteger()),
        ("attempts", sa.Integer()),
        ("set_aside", sa.Integer()),
    ):
        op.add_column("submissions", sa.Column(name, kind, nullable=False, server_default="0"))
        op.alter_column("submissions", name, server_default=None)
    op.add_column("submissions", sa.Column("failure", sa.Text(), nullable=True))
    working = sa.text("status in ('received', 'processing')")
    op.create_index("ix_submissions_working", "submissions", ["feed", "id"], unique=False, postgresql_where=working)
    op.add_column("rejections", sa.Column("line", sa.Integer(), nullable=True))
    op.add_column("rejections", sa.Column("field", sa.Text(), nullable=True))
    _place_observations()
    # The squares in which accounts of one incident are looked for (incidents/rules.py) are 1 by 2 degrees now.
    op.execute("update observations set grid = (floor(latitude / 1.0) + 180) * 1000 + floor(longitude / 2.0) + 180 where grid is not null")


def _place_observations() -> None:
    """What is there keeps to its source's word: its country, or nothing."""
    texts = postgresql.ARRAY(sa.Text())
    for name in ("located", "regions"):
        op.add_column("observations", sa.Column(name, texts, nullable=False, server_default="{}"))
        op.alter_column("observations", name, server_default=None)
    for name in ("area_code", "zone"):
        op.add_column("observations", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("observations", sa.Column("themes_by_rule", sa.Boolean(), nullable=False, server_default="false"))
    op.alter_column("observations", "themes_by_rule", server_default=None)
    op.execute("update observations set located = array[country] where country is not null")
