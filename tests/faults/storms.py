"""What people and systems do while something is killed, each step until it is acknowledged."""

import asyncio
from typing import Any

from tests.faults.stubborn import insist, read_in_the_end
from tests.journeys.test_journey import OPEN, situation_report
from tests.platforms import People

Json = dict[str, Any]
OFFICER = "political-officer"
YEAR = {"valid_from": "2030-01-01T00:00:00Z", "valid_until": "2031-01-01T00:00:00Z"}
HOURS = {"starts_at": "2030-05-01T09:00:00Z", "ends_at": "2030-05-01T11:00:00Z"}
CLEARANCE = [("analyst", "submit"), ("reviewer", "review"), ("head-of-centre", "clear"), ("head-of-centre", "issue")]


async def post_submissions(people: People, rows: list[Json], acknowledged: list[Json]) -> None:
    """One row after the other."""
    for row in rows:
        receipt = await insist(people, "unama-field", "/feeds/unama-field/submissions", [row])
        acknowledged.append(receipt)


async def clear_a_report(people: People, row: Json, title: str) -> Json:
    """From evidence to issue."""
    await insist(people, "unct-tjk", "/feeds/unct-tjk/submissions", [row])
    incident = (await observations(people, row))[0]["incident"]
    await insist(people, "analyst", f"/incidents/{incident}/grade", {"reliability": "B", "credibility": 2})
    report = await insist(people, "analyst", "/reports", situation_report([incident], title, OPEN))
    for name, step in CLEARANCE:
        report = await insist(people, name, f"/reports/{report['id']}/{step}")
    return report


async def observations(people: People, row: Json) -> list[Json]:
    """What is stored of one row."""
    found = await read_in_the_end(people, "analyst", f"/observations?external_id={row['external_id']}")
    items: list[Json] = found["items"]
    return items


class Talks:
    """Meetings with one other party: concurrence asked and given, a meeting scheduled on it, and the concurrence withdrawn."""

    def __init__(self, people: People, party: str) -> None:
        self.people, self.party = people, party
        self.concurrences: list[str] = []
        self.engagements: list[str] = []

    @classmethod
    async def begin(cls, people: People, name: str) -> "Talks":
        """With a party of its own."""
        party = await insist(people, OFFICER, "/parties", {"kind": "other-party", "name": name, "countries": ["KGZ"]})
        return cls(people, party["id"])

    async def go_on(self, calm: asyncio.Event, rounds: int = 3) -> None:
        """Round after round, until it has been calm for some."""
        while rounds:
            rounds -= calm.is_set()
            await self._round()

    async def _round(self) -> None:
        about = {"parties": [self.party], "themes": ["border"]}
        asked = {"country": "KGZ", "basis": "note-verbale"} | about | YEAR
        concurrence = (await insist(self.people, OFFICER, "/concurrences", asked))["id"]
        self.concurrences.append(concurrence)
        granted = await insist(self.people, OFFICER, f"/concurrences/{concurrence}/grant")
        assert granted["state"] == "granted"
        meeting = {"kind": "meeting", "title": "In the storm", "countries": ["KGZ"]} | about | HOURS
        engagement = (await insist(self.people, OFFICER, "/engagements", meeting))["id"]
        self.engagements.append(engagement)
        assert (await insist(self.people, OFFICER, f"/engagements/{engagement}/schedule"))["state"] == "scheduled"
        withdrawn = await insist(self.people, OFFICER, f"/concurrences/{concurrence}/withdraw", {"reason": "A note of today."})
        assert withdrawn["state"] == "withdrawn"
        after = await read_in_the_end(self.people, OFFICER, f"/engagements/{engagement}")
        assert after["state"] == "suspended", "a withdrawal that was acknowledged has suspended its meeting (R2)"
