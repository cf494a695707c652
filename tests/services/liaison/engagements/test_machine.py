"""R1 and R2 by a state machine over the real API: 1,000 steps against an oracle that knows the rules, not the code.

The oracle keeps for every concurrence the plain facts and asks of each meeting, hour by hour, whether every State, party
and theme is covered. What it forbids, the API must refuse; what it allows, the API must do.
"""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, Verbosity, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from tests.clients import Headers
from tests.services.liaison.conftest import Json, Officer

STATES = ("KGZ", "TJK")
THEMES = ("border", "political")
DAY = datetime(2030, 5, 1, tzinfo=UTC)
EXAMPLES, STEPS = 35, 40
some_themes = st.lists(st.sampled_from(THEMES), min_size=1, unique=True)
which = st.integers(0, 10_000)
some_day = st.integers(0, 3)


class Talks(RuleBasedStateMachine):
    """A political officer at work, on bad days too."""

    officer: Officer
    sign: Callable[..., Headers]
    loop: asyncio.AbstractEventLoop
    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.given: list[Json] = []
        self.meetings: list[Json] = []

    def ask(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run `work` on the loop of the service."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(30)

    @initialize()
    def meet_the_parties(self) -> None:
        """A party of one State, one of both, and a Government. A principal is good for a minute, the machine runs longer."""
        self.officer.headers = self.sign("political-officer")
        kinds = [("other-party", ("TJK",)), ("other-party", STATES), ("government", ("TJK",))]
        self.parties = [self.ask(self.officer.party(kind, countries)) for kind, countries in kinds]

    @rule(country=st.sampled_from(STATES), party=st.integers(0, 2), themes=some_themes, first=some_day, last=some_day, oral=st.booleans())
    def request(self, country: str, party: int, themes: list[str], first: int, last: int, oral: bool) -> None:
        """Ask a Government: for one of the parties, or (2) for all of their kind."""
        scope: Json = {"party_kinds": ["other-party"]} if party == 2 else {}
        named = [] if party == 2 else [self.parties[party]["id"]]
        # From 2020, because one that is held before its time was brought forward to now.
        dates = {"valid_from": "2020-01-01T00:00:00Z" if first < 3 else (DAY + timedelta(days=1)).isoformat()}
        dates["valid_until"] = (DAY + timedelta(days=2 + last)).isoformat()
        basis = "oral" if oral else "note-verbale"
        asked = self.ask(self.officer.request(country, named, tuple(themes), basis=basis, **dates, **scope))
        self.given.append(asked | {"facts": "requested"})
        self._count()

    @precondition(lambda self: self.given)
    @rule(one=which, verb=st.sampled_from(["grant", "decline", "withdraw", "confirm", "narrow"]), themes=some_themes)
    def answer(self, one: int, verb: str, themes: list[str]) -> None:
        """A Government answers, or takes its word back."""
        concurrence = self.given[one % len(self.given)]
        needs = {"withdraw": "granted", "confirm": "granted"}.get(verb, "requested")
        body: Json = {"grant": {}, "narrow": {"themes": themes}, "confirm": {"answered_by": "NV 1"}}.get(verb, {"reason": "So."})
        step = "grant" if verb == "narrow" else verb
        answer = self.ask(self.officer.post(f"/concurrences/{concurrence['id']}/{step}", body))
        if concurrence["facts"] != needs:
            assert answer.status_code == 409, answer.text
        elif verb == "narrow" and not set(themes) <= set(concurrence["themes"]):
            assert answer.status_code == 422, answer.text
        elif verb == "confirm" and (concurrence["basis"] != "oral" or concurrence["confirmed_at"]):
            assert answer.status_code == 409, answer.text
        else:
            assert answer.status_code == 200, answer.text
            facts = {"grant": "granted", "narrow": "granted", "confirm": "granted", "decline": "declined", "withdraw": "withdrawn"}[verb]
            concurrence |= answer.json() | {"facts": facts}
            if verb == "withdraw":
                self._suspend(concurrence["id"])
        self._count()

    @rule(parties=st.lists(st.integers(0, 2), min_size=1, max_size=2, unique=True), themes=some_themes, day=some_day)
    def propose(self, parties: list[int], themes: list[str], day: int) -> None:
        """Propose an hour on one of the days."""
        start = DAY + timedelta(days=day)
        times = {"starts_at": start.isoformat(), "ends_at": (start + timedelta(hours=1)).isoformat()}
        named = [self.parties[each]["id"] for each in parties]
        self.meetings.append(self.ask(self.officer.engagement(named, themes=themes, **times)) | {"who": parties})
        self._count()

    @precondition(lambda self: self.meetings)
    @rule(one=which, verb=st.sampled_from(["schedule", "schedule", "hold", "report", "cancel"]))
    def step(self, one: int, verb: str) -> None:
        """Take a meeting a step further."""
        meeting = self.meetings[one % len(self.meetings)]
        starts = {"schedule": ("proposed", "suspended"), "hold": ("scheduled",), "report": ("held",)}
        then = {"schedule": "scheduled", "hold": "held", "report": "reported", "cancel": "cancelled"}[verb]
        may = meeting["state"] in starts.get(verb, ("proposed", "scheduled", "suspended"))
        gated = verb in ("schedule", "hold") and not self._covered(meeting, brought_forward=verb == "hold")
        answer = self.ask(self.officer.post(f"/engagements/{meeting['id']}/{verb}", {"reason": "So."} if verb == "cancel" else None))
        assert answer.status_code == (200 if may and not gated else 409), (verb, meeting, self.given, answer.text)
        if answer.status_code == 200:
            meeting |= answer.json()
            assert meeting["state"] == then
        self._count()

    @precondition(lambda self: self.meetings)
    @rule(one=which, day=some_day)
    def move(self, one: int, day: int) -> None:
        """Move a meeting to another day: it has to be scheduled anew."""
        meeting = self.meetings[one % len(self.meetings)]
        start = DAY + timedelta(days=day)
        kept = ("kind", "title", "parties", "countries", "themes")
        body = {name: meeting[name] for name in kept}
        body |= {"starts_at": start.isoformat(), "ends_at": (start + timedelta(hours=1)).isoformat()}
        answer = self.ask(
            self.officer.client.put(f"/v1/engagements/{meeting['id']}", json=body, headers=self.officer.headers | {"if-match": "*"})
        )
        editable = meeting["state"] in ("proposed", "scheduled", "suspended")
        assert answer.status_code == (200 if editable else 409), answer.text
        if editable:
            moved = datetime.fromisoformat(meeting["starts_at"]) != start
            expected = "proposed" if moved else meeting["state"]
            meeting |= answer.json()
            assert meeting["state"] == expected
        self._count()

    @invariant()
    def nothing_is_on_the_calendar_that_is_not_covered(self) -> None:
        """What is scheduled is covered, by the oracle's own reckoning and the API's own list."""
        for meeting in self.meetings:
            if meeting["state"] == "scheduled":
                assert self._covered(meeting, brought_forward=False)

    def teardown(self) -> None:
        """At the end the API says what the oracle says. Standing grants are taken back: they would cover the next example's parties."""
        for meeting in self.meetings:
            assert self.ask(self.officer.get(f"/engagements/{meeting['id']}"))["state"] == meeting["state"]
        for concurrence in self.given:
            if concurrence["facts"] == "granted":
                self.ask(self.officer.step(f"/concurrences/{concurrence['id']}/withdraw", {"reason": "The example is over."}))

    def _covered(self, meeting: Json, brought_forward: bool) -> bool:
        start, end = [datetime.fromisoformat(meeting[name]) for name in ("starts_at", "ends_at")]
        begins = min(start, datetime.now(UTC)) if brought_forward else start
        states = {"TJK"} | ({"KGZ"} if 1 in meeting["who"] else set())
        gated = [self.parties[each]["id"] for each in meeting["who"] if each != 2]
        return all(
            any(self._covers(each, state, party, meeting, begins, end) for each in self.given) for state in states for party in gated
        )

    @staticmethod
    def _covers(given: Json, state: str, party: str, meeting: Json, begins: datetime, end: datetime) -> bool:
        return (
            given["facts"] == "granted"
            and given["country"] == state
            and (party in given["parties"] or given["party_kinds"] == ["other-party"])
            and set(meeting["themes"]) <= set(given["themes"])
            and datetime.fromisoformat(given["valid_from"]) <= begins
            and end <= datetime.fromisoformat(given["valid_until"])
        )

    def _suspend(self, concurrence: str) -> None:
        for meeting in self.meetings:
            if meeting["state"] == "scheduled" and concurrence in meeting["concurrences"]:
                meeting["state"] = "suspended"

    @classmethod
    def _count(cls) -> None:
        Talks.steps += 1


async def test_r1_r2_no_thousand_steps_lead_past_the_gate(officer: Officer, as_: Callable[..., Headers]) -> None:
    Talks.officer, Talks.loop, Talks.steps = officer, asyncio.get_running_loop(), 0
    Talks.sign = staticmethod(as_)
    profile = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS + 1,
        deadline=None,
        derandomize=True,
        database=None,
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
    )
    await asyncio.to_thread(run_state_machine_as_test, Talks, settings=profile)
    assert Talks.steps >= 1_000
