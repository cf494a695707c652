"""Many rows at once: COPY into a temporary twin of the table, then one INSERT.

COPY into a table under row-level security is refused; through a twin every row passes its policies all the same.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from psycopg import AsyncConnection
from psycopg.sql import SQL, Identifier
from psycopg.types.json import Jsonb
from sqlalchemy import Column, Table
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import Base

Row = Mapping[str, Any]


async def insert_many(session: AsyncSession, table: type[Base], rows: Sequence[Row]) -> None:
    """Insert `rows` in the session's transaction; what they leave out takes the columns' defaults.

    The first row says which columns are meant; where a later one lacks one of them, it is null or takes the default.
    """
    if not rows:
        return
    described = cast(Table, table.__table__)
    columns = [column for column in described.columns if column.name in rows[0] or column.default is not None]
    values = [_value_of(column) for column in columns]
    names = SQL(", ").join(Identifier(column.name) for column in columns)
    target, twin = Identifier(described.name), Identifier(f"twin_of_{described.name}")
    connection = cast(AsyncConnection[Any], (await (await session.connection()).get_raw_connection()).driver_connection)
    async with connection.cursor() as cursor:
        # Made by `as`, the twin asks for nothing (no identity, no not-null): the table itself does.
        create = SQL("create temp table if not exists {} on commit drop as select {} from {} with no data")
        await cursor.execute(create.format(twin, names, target))
        async with cursor.copy(SQL("copy {} ({}) from stdin").format(twin, names)) as copy:
            for row in rows:
                await copy.write_row([value(row) for value in values])
        await cursor.execute(SQL("insert into {} ({}) select {} from {}").format(target, names, names, twin))
        await cursor.execute(SQL("truncate {}").format(twin))


def _value_of(column: Column[Any]) -> Callable[[Row], Any]:
    """How a column's value is found in a row; nothing, or null where a column takes none, is the column's default."""
    name, default, as_json = column.name, cast(Any, column.default), isinstance(column.type, JSONB)

    def value(row: Row) -> Any:
        said = row.get(name)
        if said is None and default is not None and not column.nullable:
            said = default.arg(None) if default.is_callable else default.arg
        return Jsonb(said) if as_json and said is not None else said

    return value if as_json or default is not None else lambda row: row.get(name)
