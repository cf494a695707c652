"""Numbers people can say aloud: SIT-2026-0042."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now

_NEXT = text(
    "insert into reference_numbers (prefix, year, last) values (:prefix, :year, :count)"
    " on conflict (prefix, year) do update set last = reference_numbers.last + :count returning last"
)


async def next_references(session: AsyncSession, prefix: str, count: int = 1) -> list[str]:
    """The next `count` references of `prefix` this year, never given twice and none left out once committed.

    The row stays locked to the end of the transaction: take references late.
    """
    stem, first = await reserve_references(session, prefix, count)
    return [f"{stem}{number:04d}" for number in range(first, first + count)]


async def reserve_references(session: AsyncSession, prefix: str, count: int) -> tuple[str, int]:
    """The same for those who number in SQL: what the references begin with, and the first number, to be four digits or more."""
    year = now().year
    last = (await session.execute(_NEXT, {"prefix": prefix, "year": year, "count": count})).scalar_one()
    return f"{prefix}-{year}-", last - count + 1
