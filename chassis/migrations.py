"""What every service's migrations share: the alembic environment, and the protection of readable tables."""

import importlib
import importlib.util
import pkgutil

from alembic import context, op
from sqlalchemy import create_engine, pool

from chassis.columns import Base
from chassis.tables import ChassisTable
from chassis.visibility import PREDICATE


def run(base: type[Base]) -> None:
    """Run the migrations of the service whose tables derive from `base`, against `config.attributes["url"]`.

    Called by each migrations/env.py. All capabilities' tables are imported, so that `alembic check` sees them.
    """
    service = importlib.import_module(base.__module__.removesuffix(".base"))
    for capability in pkgutil.iter_modules(service.__path__, f"{service.__name__}."):
        if capability.ispkg and importlib.util.find_spec(f"{capability.name}.tables"):
            importlib.import_module(f"{capability.name}.tables")
    engine = create_engine(context.config.attributes["url"], poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=[base.metadata, ChassisTable.metadata],
            transaction_per_migration=True,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


def protect(*tables: str) -> None:
    """Put labelled tables under row-level security: read and changed only by who may see the row.

    FORCE binds the owner too, and reading without a principal is an error, never an empty answer. What may be
    written is policy (Cedar) and the rules; a row may be inserted by whoever passed those.
    """
    for table in tables:
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(f"create policy readers on {table} for select using ({PREDICATE})")
        op.execute(f"create policy writers on {table} for insert with check (true)")
        op.execute(f"create policy changers on {table} for update using ({PREDICATE}) with check (true)")
        op.execute(f"create policy removers on {table} for delete using ({PREDICATE})")


def append_only(*tables: str) -> None:
    """Take the right to change or remove rows from the service's role."""
    role = op.get_bind().exec_driver_sql("select replace(current_user, '_owner', '_app')").scalar()
    for table in tables:
        op.execute(f'revoke update, delete, truncate on {table} from "{role}"')
