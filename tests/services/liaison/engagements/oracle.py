"""The oracle of the state machine: plain facts, and what the rules make of them. It knows nothing of the code."""

from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]
KINDS = ("other-party", "other-party", "government", "de-facto-authorities", "other-party")
"""Of the parties of an example; the Government needs nobody's word."""
UNGATED = 2
AFGHAN = 3
EDITABLE = ("proposed", "scheduled", "suspended")


def moment(value: str) -> datetime:
    """A time of the API."""
    return datetime.fromisoformat(value)


class Oracle:
    """Every concurrence as the Governments gave it, every meeting as it must stand."""

    def __init__(self) -> None:
        self.parties: list[Json] = []
        self.given: list[Json] = []
        self.meetings: list[Json] = []

    def states(self, meeting: Json) -> set[str]:
        """The States concerned: those of the meeting and of all its parties."""
        return set(meeting["countries"]).union(*(self.parties[each]["countries"] for each in meeting["who"]))

    def gated(self, meeting: Json) -> list[int]:
        """The parties that are met only with concurrence."""
        return [each for each in meeting["who"] if each != UNGATED]

    def covered(self, meeting: Json, begun: datetime | None = None) -> bool:
        """Whether for every State concerned and every such party one concurrence covers all of it."""
        start, end = moment(meeting["starts_at"]), moment(meeting["ends_at"])
        span = (min(start, begun or start), end)
        return all(
            any(self._covers(each, state, party, meeting, span) for each in self.given)
            for state in self.states(meeting)
            for party in self.gated(meeting)
        )

    def _covers(self, given: Json, state: str, party: int, meeting: Json, span: tuple[datetime, datetime]) -> bool:
        ends = min(moment(each) for each in (given["valid_until"], given["until"]) if each)
        return (
            given["facts"] in ("granted", "withdrawn")
            and given["country"] == state
            and (self.parties[party]["id"] in given["parties"] or KINDS[party] in given["party_kinds"])
            and set(meeting["themes"]) <= set(given["themes"])
            and moment(given["valid_from"]) <= span[0]
            and span[1] <= ends
        )

    def end(self, concurrence: Json, since: datetime, *, is_withdrawn: bool) -> None:
        """What leaned on it and comes after `since` is suspended; what a withdrawal finds held after it is flagged."""
        for meeting in self.meetings:
            if concurrence["id"] not in meeting["concurrences"]:
                continue
            if meeting["state"] == "scheduled" and moment(meeting["ends_at"]) > since:
                meeting["state"] = "suspended"
            elif is_withdrawn and meeting["state"] in ("held", "reported"):
                over = min(moment(meeting["ends_at"]), moment(meeting["held_at"]))
                meeting["held_after_withdrawal"] = meeting["held_after_withdrawal"] or over > since

    def move(self, party: int, countries: list[str]) -> None:
        """A party is found to be of other States: what is scheduled and concerns one more is suspended."""
        before = [self.states(each) for each in self.meetings]
        self.parties[party]["countries"] = countries
        for meeting, states in zip(self.meetings, before, strict=True):
            if meeting["state"] == "scheduled" and self.gated(meeting) and self.states(meeting) - states:
                meeting["state"] = "suspended"

    @staticmethod
    def now() -> datetime:
        """The clock."""
        return datetime.now(UTC)


def differs(one: Any, other: Any) -> bool:
    """Whether two values of a field differ; times are compared as times."""
    return bool(moment(one) != moment(other)) if isinstance(one, str) else bool(one != other)
