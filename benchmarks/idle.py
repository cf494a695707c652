"""What the platform takes while nobody asks: CPU of the four services over a minute of rest."""

import asyncio
import os
from pathlib import Path

from benchmarks.figures import Figure
from tests.platforms import LoadedPlatform

SETTLE_SECONDS, SECONDS = 10, 30
CORE_PERCENT = 3.0


async def measure(platform: LoadedPlatform) -> list[Figure]:
    """Percent of one core, all four together; PostgreSQL and NATS not counted (settled.md 9)."""
    services = [each.pid for each in platform.platform.services()]
    await asyncio.sleep(SETTLE_SECONDS)
    before = sum(map(_ticks, services))
    await asyncio.sleep(SECONDS)
    used = (sum(map(_ticks, services)) - before) / os.sysconf("SC_CLK_TCK") / SECONDS * 100
    return [Figure("idle CPU of the four services", used, "% of a core", "limit", CORE_PERCENT, most=1)]


def _ticks(pid: int) -> int:
    """CPU time of a process, its own and the kernel's for it, in clock ticks."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
    return int(fields[11]) + int(fields[12])
