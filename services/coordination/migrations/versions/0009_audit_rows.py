"""Rule, origin and hash of audit rows, and the log of seals (R17)."""

from chassis.audit_migration import upgrade_audit

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    upgrade_audit()
