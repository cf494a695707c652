"""`make bench`: starts platforms of its own, measures one thing after the other, prints a table.

Non-zero when a limit is missed. `python -m benchmarks gateway search` measures those alone.
"""

import asyncio
import os
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import events, gateway, handover, idle, ingest, matching, memory, persons, search, start
from tests.platforms import start_platform

SEVERAL = (gateway, idle, events, ingest, handover, matching, persons, memory, search)


def main() -> int:
    """Exit code 0 when every limit holds. Each measures on a platform of its own: what one leaves behind is no load of the next."""
    # The rate limit would cut a benchmark short; what it costs is measured, since it is asked all the same.
    os.environ["GOODOFFICES_REQUESTS_PER_MINUTE"] = "1000000"
    wanted = sys.argv[1:]
    figures = start.measure() if not wanted or "start" in wanted else []
    for each in (one for one in SEVERAL if not wanted or one.__name__.rsplit(".", 1)[-1] in wanted):
        with tempfile.TemporaryDirectory(prefix="goodoffices-bench-") as name:
            Path(name).chmod(0o711)
            with start_platform(Path(name)) as platform:
                figures += asyncio.run(each.measure(platform))
    table = Table("what", "figure", "against", "ratio", "limit", "holds", title="Good Offices benchmarks")
    for figure in figures:
        table.add_row(*figure.cells())
    Console(width=150).print(table)
    return 0 if all(figure.holds for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
