"""What people do in the storm, and what has to hold: the oracle knows what was acknowledged."""

import asyncio
import time
from collections import Counter
from contextlib import suppress
from typing import Any
from uuid import uuid4

import httpx

from tests.faults.storms import CLEARANCE, observations
from tests.faults.stubborn import insist, may_be_repeated
from tests.journeys.test_journey import OPEN, situation_report
from tests.platforms import People

Json = dict[str, Any]
# A copy decides for five seconds after it was fresh; one more for the way there.
STALE_SECONDS = 6.0
PATIENCE = 150.0


class Oracle:
    """Posts rows, issues and recalls reports, and reads as a partner, until told to end."""

    def __init__(self, people: People, mark: str) -> None:
        self.people, self.mark = people, mark
        self.rows: set[str] = set()
        self.issued: set[str] = set()
        self.recalled: dict[str, float] = {}
        self.reports: list[str] = []
        self.reads = Counter[str]()
        self.wrong: list[str] = []
        self.ended = asyncio.Event()
        self.may_be_read: set[str] = set()

    async def run(self) -> None:
        """All of it at once, until `ended`; AssertionError for an answer that nobody may give."""
        async with asyncio.TaskGroup() as group:
            for work in (self._post, self._report, self._read, self._read):
                group.create_task(work())

    async def _post(self) -> None:
        number = 0
        while not self.ended.is_set():
            batch = [self._row(number + each) for each in range(5)]
            number += len(batch)
            await self._insist("unama-field", "/feeds/unama-field/submissions", batch)
            self.rows.update(row["external_id"] for row in batch)
            await asyncio.sleep(0.1)

    def _row(self, number: int, country: str = "AFG") -> Json:
        day = f"20{10 + number % 15}-{1 + number // 15 % 12:02d}-{1 + number // 180 % 28:02d}"
        return {
            "external_id": f"{self.mark}-{country}-{number}",
            "occurred_at": f"{day}T00:00:00Z",
            "country": country,
            "themes": ["border"],
            "title": f"In the storm {self.mark} {number}",
        }

    async def _insist(self, name: str, path: str, body: Any = None) -> Json:
        return await insist(self.people, name, path, body, PATIENCE)

    async def _report(self) -> None:
        turn = 0
        while not self.ended.is_set():
            report = await self.issue(turn)
            if turn % 2:
                await self.recall(report)
            turn += 1

    async def issue(self, turn: int) -> str:
        """A report from evidence to issue; its key."""
        row = self._row(turn, "TJK")
        await self._insist("unct-tjk", "/feeds/unct-tjk/submissions", [row])
        self.rows.add(row["external_id"])
        incident = (await observations(self.people, row))[0]["incident"]
        grade = {"reliability": "B", "credibility": 2}
        await self._insist("analyst", f"/incidents/{incident}/grade", grade)
        body = situation_report([incident], f"{self.mark} {turn}", OPEN)
        report = str((await self._insist("analyst", "/reports", body))["id"])
        self.reports.append(report)
        for name, step in CLEARANCE:
            if step == "issue":
                self.may_be_read.add(report)
            await self._insist(name, f"/reports/{report}/{step}")
        self.issued.add(report)
        return report

    async def recall(self, report: str) -> None:
        """From when it is acknowledged nobody reads it."""
        reason = {"reason": "In the storm."}
        await self._insist("head-of-centre", f"/reports/{report}/recall", reason)
        self.recalled[report] = time.monotonic()

    async def _read(self) -> None:
        while not self.ended.is_set():
            for report in self.reports[-4:]:
                # A connection that breaks off tells nothing.
                with suppress(httpx.TransportError):
                    await self.look_at(report)
            await asyncio.sleep(0.1)

    async def look_at(self, report: str) -> bool | None:
        """Whether OSCE reads the report; None when it is to be patient. What is wrong is noted."""
        found = await self._get(f"/packages?item=report:{report}")
        if found is None:
            return None
        if not found["items"]:
            return False
        asked = time.monotonic()
        package = await self._get(f"/packages/{found['items'][0]['id']}")
        if package is None:
            return None
        is_read = bool(package.get("content"))
        self.reads["content" if is_read else "none"] += 1
        if is_read and report not in self.may_be_read:
            self.wrong.append(f"{report} was read before it was issued")
        if is_read and asked - self.recalled.get(report, asked) > STALE_SECONDS:
            late = asked - self.recalled[report]
            self.wrong.append(f"{report} was read {late:.1f} s after its recall")
        return is_read

    async def _get(self, path: str) -> Json | None:
        answer = await self.people.try_get("osce", path)
        if answer.status_code in (403, 404, 410):
            return {}
        if not answer.is_success:
            assert may_be_repeated(answer), f"{path}: {answer.status_code} {answer.text[:300]}"
            return None
        found: Json = answer.json()
        return found


def mark_of(seed: int) -> str:
    """Of this run alone."""
    return f"storm-{seed}-{uuid4().hex[:6]}"
