"""Many rows at once: COPY into a temporary twin of the table, then one INSERT.

COPY into a table under row-level security is refused; through a twin every row passes its policies all the same.
"""

from collections.abc import Mapping, Sequence
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
    names = SQL(", ").join(Identifier(column.name) for column in columns)
    target, twin = Identifier(described.name), Identifier(f"twin_of_{described.name}")
    connection = cast(AsyncConnection[Any], (await (await session.connection()).get_raw_connection()).driver_connection)
    async with connection.cursor() as cursor:
        # Made by `as`, the twin asks for nothing (no identity, no not-null): the table itself does.
        create = SQL("create temp table if not exists {} on commit drop as select {} from {} with no data")
        await cursor.execute(create.format(twin, names, target))
        async with cursor.copy(SQL("copy {} ({}) from stdin").format(twin, names)) as copy:
            for row in rows:
                await copy.write_row([_value(column, row) for column in columns])
        await cursor.execute(SQL("insert into {} ({}) select {} from {}").format(target, names, names, twin))
        await cursor.execute(SQL("truncate {}").format(twin))


def _value(column: Column[Any], row: Row) -> Any:
    value = row.get(column.name) if column.default is None or column.nullable else _given(column, row)
    return Jsonb(value) if isinstance(column.type, JSONB) and value is not None else value


def _given(column: Column[Any], row: Row) -> Any:
    """What the row says; nothing, or null where a column takes none, is the column's default."""
    if (value := row.get(column.name)) is not None:
        return value
    default: Any = column.default
    return default.arg(None) if default.is_callable else default.arg
