"""`make bench`: starts platforms of its own, measures, prints a table; non-zero when a limit is missed."""

import asyncio
import os
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import events, gateway, handover, ingest, matching, memory, persons, search, start
from benchmarks.figures import Figure
from tests.platforms import LoadedPlatform, start_platform


async def measure(platform: LoadedPlatform) -> list[Figure]:
    """All figures, one after the other: two cores bear no two loads at once."""
    several = (gateway, events, ingest, handover, matching, persons, memory, search)
    return [figure for each in several for figure in await each.measure(platform)]


def main() -> int:
    """Exit code 0 when every limit holds."""
    # The rate limit would cut a benchmark short; what it costs is measured, since it is asked all the same.
    os.environ["GOODOFFICES_REQUESTS_PER_MINUTE"] = "1000000"
    figures = start.measure()
    with tempfile.TemporaryDirectory(prefix="goodoffices-bench-") as name:
        Path(name).chmod(0o711)
        with start_platform(Path(name)) as platform:
            figures += asyncio.run(measure(platform))
    table = Table("what", "figure", "against", "ratio", "limit", "holds", title="Good Offices benchmarks")
    for figure in figures:
        table.add_row(*figure.cells())
    Console(width=150).print(table)
    return 0 if all(figure.holds for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
