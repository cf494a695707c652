"""Keeping the words that accounts hold, for those who begin or misspell one (tables.Spelling)."""

import re
from collections.abc import Iterable
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.reports.incidents.tables import KNOWN_WORD

_KNOWN: Final = re.compile(KNOWN_WORD)
_LEARN: Final = text("insert into spellings select unnest(cast(:words as text[])) on conflict do nothing")


async def learn_words(session: AsyncSession, words: Iterable[str]) -> None:
    """Keep those from four letters on, always in one order: who learns the same at the same time waits, and stands in nobody's way."""
    known = sorted({word for word in words if _KNOWN.match(word)})
    await session.execute(_LEARN, {"words": known})
