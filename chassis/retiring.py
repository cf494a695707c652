"""The migration to retention: what removes old rows, and no right to delete others."""

from typing import Final, NamedTuple

import sqlalchemy as sa
from alembic import op


class Retiring(NamedTuple):
    """What may be removed of a table: rows that meet `condition`, by their `time`.

    None that is younger than `floor`.
    """

    table: str
    time: str
    floor: str
    condition: str = "true"


# What is not published, or is to be published again, and the last that was, stay.
# From the oldest on: what is kept has no holes.
_OUTBOX: Final = "ordinal < (select min(least(ordinal, wanted)) from publishing) order by ordinal"
_OWN: Final = (
    Retiring("outbox", "published_at", "8 days", _OUTBOX),
    Retiring("inbox", "handled_at", "15 days"),
    Retiring("idempotency_keys", "created_at", "24 hours"),
)
_ROLE: Final = "select replace(current_user, '_owner', '_app')"
_ROWS: Final = """
    when '{table}' then
        delete from {table} where ctid = any(array(
            select ctid from {table}
            where {time} < least(before, now() - interval '{floor}') and {condition}
            limit most
        ));
"""
# The oldest seal with its rows, whole or not at all; the newest seal stays, so that numbers go on.
_AUDIT: Final = """
    when 'audit' then
        select * into oldest from audit_seals
        where sealed_at < least(before, now() - interval '365 days')
            and number = (select min(number) from audit_seals)
            and number < (select max(number) from audit_seals);
        if not found then
            return 0;
        end if;
        delete from audit_seals where number = oldest.number;
        delete from audit where case when oldest.upto_ordinal is null
            then ordinal is not null and (transaction, seq)
                <= (oldest.upto_transaction, oldest.upto_seq)
            else ordinal <= oldest.upto_ordinal end;
"""
_FUNCTION: Final = """
    create or replace function retire(named text, before timestamptz, most integer) returns bigint
    language plpgsql security definer set search_path = public, pg_temp as $$
    declare
        gone bigint;
        oldest audit_seals;
    begin
        case named {cases} end case;
        get diagnostics gone = row_count;
        return gone;
    end $$
"""


def upgrade_retention(*deletes: str, retired: tuple[Retiring, ...] = ()) -> None:
    """Let the service's role delete from `deletes` and dead letters only.

    `retire` removes what is too old of `retired` and of the tables every service has.
    """
    handled = sa.text("handled_at")
    op.create_index("ix_inbox_handled_at", "inbox", [handled], postgresql_using="brin")
    cases = "".join(_ROWS.format(**each._asdict()) for each in (*_OWN, *retired)) + _AUDIT
    op.execute(_FUNCTION.format(cases=cases))
    role = op.get_bind().exec_driver_sql(_ROLE).scalar()
    op.execute("revoke all on function retire(text, timestamptz, integer) from public")
    op.execute(f'grant execute on function retire(text, timestamptz, integer) to "{role}"')
    op.execute(f'revoke delete, truncate on all tables in schema public from "{role}"')
    op.execute(f'grant delete on {", ".join(("dead_letters", *deletes))} to "{role}"')
