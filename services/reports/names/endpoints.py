"""How a request asks for names in a file."""

from typing import Annotated

from fastapi import Depends, Query

from services.reports.names.schemas import Names, NamesAsked


async def _read_asked(
    names: Annotated[Names, Query(description="Files leave the house: they hold names of persons only when asked for.")] = Names.withheld,
    reason: Annotated[str | None, Query(min_length=1, max_length=500, description="Why the file has to hold names; it is kept.")] = None,
) -> NamesAsked:
    return NamesAsked(names, reason)


NamesQuery = Annotated[NamesAsked, Depends(_read_asked)]
"""`names=shown` with a `reason`; names are withheld without."""
