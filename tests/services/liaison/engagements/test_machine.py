"""R1 to R3 by a state machine over the real API: more than 1,000 steps against an oracle that knows the rules, not the code.

The oracle keeps for every concurrence the plain facts and asks of each meeting, hour by hour, whether every State, party
and theme is covered. What it forbids, the API must refuse; what it allows, the API must do.
"""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any, ClassVar

import httpx
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import text

from chassis.database import Database
from chassis.principal import system_principal
from services.liaison.jobs import sweep_once
from tests.clients import Headers
from tests.services.liaison.conftest import Json, Officer
from tests.services.liaison.engagements.draws import (
    DAY,
    PROFILE,
    STARTS,
    STATES,
    THEMES,
    officers,
    some_day,
    some_parties,
    some_states,
    some_themes,
    which,
)  # fmt: skip
from tests.services.liaison.engagements.oracle import AFGHAN, EDITABLE, KINDS, UNGATED, Oracle, differs, moment


class Talks(RuleBasedStateMachine):
    """Two political officers and the Head at work, on bad days too."""

    client: httpx.AsyncClient
    sign: Callable[..., Headers]
    database: Database
    loop: asyncio.AbstractEventLoop
    steps: ClassVar[dict[str, int]] = {}

    def __init__(self) -> None:
        super().__init__()
        self.oracle = Oracle()
        self.desks: dict[str, Officer] = {}
        self.encounters = 0

    def ask(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run `work` on the loop of the service."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(30)

    @initialize()
    def meet_the_parties(self) -> None:
        """Parties of one State, of both, of Afghanistan, and a Government. A principal is good for a minute, the machine runs longer."""
        roles = {"ann": "political-officer", "ben": "political-officer", "head": "head-of-centre"}
        self.desks = {name: Officer(self.client, self.sign(role, client_id=name)) for name, role in roles.items()}
        places = (("TJK",), STATES, ("TJK",), ("AFG",), ("AFG", "TJK"))
        self.oracle.parties = [self.ask(self.desks["ann"].party(kind, where)) for kind, where in zip(KINDS, places, strict=True)]
        # Something is on the calendar already, so that whatever is drawn first has something to bite on.
        for number, who in enumerate(([0], [1, UNGATED], [AFGHAN, 0])):
            self._propose("ann", self._plan(who, ["TJK"], list(THEMES[: 1 + number % 2]), number), who)
            self._arrange("ben", self.oracle.meetings[-1], is_oral=number == 1)

    @rule(
        by=officers,
        country=st.sampled_from([*STATES, "AFG"]),
        party=some_parties,
        is_class=st.booleans(),
        themes=some_themes,
        days=st.tuples(some_day, some_day),
        how=st.sampled_from(["note-verbale", "oral", "no-objection", "silence"]),
    )
    def request(self, by: str, country: str, party: list[int], is_class: bool, themes: list[str], days: tuple[int, int], how: str) -> None:
        """Ask a Government, or UNAMA for AFG: for parties, or for all of a kind. Silence until the term ends gives its word, too."""
        named = [each for each in party if each != UNGATED]
        kinds = sorted({KINDS[each] for each in named or [0]}) if is_class or not named else []
        # From 2020, because one that is held before its time was brought forward to now.
        dates = {"valid_from": "2020-01-01T00:00:00Z" if days[0] < 3 else (DAY + timedelta(days=1)).isoformat()}
        dates["valid_until"] = (DAY + timedelta(days=2 + days[1])).isoformat()
        basis = "no-objection" if how == "silence" or country == "AFG" else how
        term = {"term_ends": (Oracle.now() - timedelta(seconds=1)).isoformat()} if how == "silence" else {}
        keys = [] if kinds else [self.oracle.parties[each]["id"] for each in named]
        asked = self.ask(self.desks[by].request(country, keys, tuple(themes), basis=basis, party_kinds=kinds, **dates, **term))
        self.oracle.given.append(asked | {"facts": "granted" if how == "silence" else "requested", "until": None})
        self._count("request")

    @precondition(lambda self: self._any_in("proposed", "suspended"))
    @rule(by=officers, one=which, is_oral=st.booleans(), is_held=st.booleans())
    def arrange(self, by: str, one: int, is_oral: bool, is_held: bool) -> None:
        """Every State that a meeting concerns is asked for what it needs and gives its word; it is scheduled, or even held."""
        meeting = self._one_in(one, "proposed", "suspended")
        self._arrange(by, meeting, is_oral)
        if is_held:
            self._step(by, meeting, "hold")

    def _arrange(self, by: str, meeting: Json, is_oral: bool) -> None:
        keys = [self.oracle.parties[each]["id"] for each in self.oracle.gated(meeting)]
        dates = {"valid_from": "2020-01-01T00:00:00Z", "valid_until": (DAY + timedelta(days=9)).isoformat()}
        for country in sorted(self.oracle.states(meeting)) if keys else []:
            basis = "no-objection" if country == "AFG" else "oral" if is_oral else "note-verbale"
            given = self.ask(self.desks[by].concurrence(country, keys, tuple(meeting["themes"]), basis=basis, **dates))
            self.oracle.given.append(given | {"facts": "granted", "until": None})
        self._step(by, meeting, "schedule")

    @precondition(lambda self: self.oracle.given)
    @rule(by=officers, one=which, verb=st.sampled_from(["grant", "grant", "decline", "confirm", "narrow"]), themes=some_themes)
    def answer(self, by: str, one: int, verb: str, themes: list[str]) -> None:
        """A Government answers, whole or in part, or confirms what it said."""
        given = self.oracle.given[one % len(self.oracle.given)]
        body: Json = {"grant": {}, "narrow": {"themes": themes}, "confirm": {"answered_by": "NV 1"}, "decline": {"reason": "So."}}[verb]
        answer = self.ask(self.desks[by].post(f"/concurrences/{given['id']}/{'grant' if verb == 'narrow' else verb}", body))
        lapsed = given["until"] is not None or moment(given["valid_until"]) <= Oracle.now()
        if given["facts"] != ("granted" if verb == "confirm" else "requested"):
            assert answer.status_code == 409, answer.text
        elif verb == "narrow" and not set(themes) <= set(given["themes"]):
            assert answer.status_code == 422, answer.text
        elif verb == "confirm" and (given["basis"] != "oral" or given["confirmed_at"] or lapsed):
            assert answer.status_code == 409, answer.text
        else:
            assert answer.status_code == 200, answer.text
            given |= answer.json() | {"facts": "declined" if verb == "decline" else "granted"}
        self._count(verb)

    @precondition(lambda self: self.oracle.given)
    @rule(by=officers, one=which, when=st.sampled_from(["now", "late", "ahead"]), day=some_day)
    def withdraw(self, by: str, one: int, when: str, day: int) -> None:
        """A Government takes its word back: from now on, from a day to come, or from the day it gave it, recorded late."""
        given = self.oracle.given[one % len(self.oracle.given)]
        # A whole class must be free of it when the next example begins.
        when = "now" if when == "ahead" and given["party_kinds"] else when
        since = {"late": given["granted_at"] or given["term_ends"], "ahead": (DAY + timedelta(days=day, minutes=30)).isoformat()}.get(when)
        body = {"reason": "So."} | ({"effective_at": since} if since else {})
        answer = self.ask(self.desks[by].post(f"/concurrences/{given['id']}/withdraw", body))
        assert answer.status_code == (200 if given["facts"] == "granted" else 409), answer.text
        if answer.status_code == 200:
            said = answer.json()
            until = min(filter(None, [given["until"], said["withdrawn_from"]]), key=moment)
            given |= said | {"facts": "withdrawn", "until": until}
            self.oracle.end(given, moment(said["withdrawn_from"]), is_withdrawn=True)
        self._count(f"withdraw {when}")

    @precondition(lambda self: self.oracle.given and self._any_in("scheduled"))
    @rule(one=which)
    def lapse(self, one: int) -> None:
        """The last day of a word passes, or the day by which it should have been confirmed."""
        given = self.oracle.given[one % len(self.oracle.given)]
        if given["facts"] != "granted" or moment(given["valid_from"]) > Oracle.now():
            return
        unconfirmed = given["basis"] == "oral" and not given["confirmed_at"]
        lapsed = self.ask(self._let_pass("confirm_by" if unconfirmed else "valid_until", given["id"]))
        given["until"] = min(filter(None, [given["until"], lapsed]), key=moment)
        if not unconfirmed:
            given["valid_until"] = given["until"]
        self.oracle.end(given, moment(given["until"]), is_withdrawn=False)
        self._count("lapse")

    async def _let_pass(self, field: str, key: str) -> str:
        """What the clock does, and the sweep behind it, by whichever process comes first."""
        change = text(f"update concurrences set {field} = least({field}, now()) where id = :id returning {field}")
        swept = text("select lapse_announced_at is not null from concurrences where id = :id")
        async with self.database.transaction(system_principal("liaison")) as session:
            passed: datetime = (await session.execute(change, {"id": key})).scalar_one()
        is_swept = False
        while not is_swept:
            await sweep_once(self.database)
            async with self.database.transaction(system_principal("liaison")) as session:
                is_swept = (await session.execute(swept, {"id": key})).scalar_one()
        return passed.isoformat()

    @rule(by=officers, who=some_parties, countries=some_states, themes=some_themes, day=some_day)
    def propose(self, by: str, who: list[int], countries: list[str], themes: list[str], day: int) -> None:
        """Propose an hour on one of the days."""
        self._propose(by, self._plan(who, countries, themes, day), who)

    def _propose(self, by: str, plan: Json, who: list[int]) -> None:
        made = self.ask(self.desks[by].make("/engagements", plan))
        self.oracle.meetings.append(made | {"who": who})
        self._count("propose")

    def _plan(self, who: list[int], countries: list[str], themes: list[str], day: int) -> Json:
        start = DAY + timedelta(days=day)
        times = {"starts_at": start.isoformat(), "ends_at": (start + timedelta(hours=1)).isoformat()}
        named = [self.oracle.parties[each]["id"] for each in who]
        return {"kind": "meeting", "title": "Talks", "parties": named, "countries": countries, "themes": themes} | times

    @precondition(lambda self: self.encounters < 3)
    @rule(by=officers, who=some_parties, themes=some_themes)
    def run_into(self, by: str, who: list[int], themes: list[str]) -> None:
        """Somebody was met unplanned: the Head records it, nobody else."""
        self.encounters += 1
        begun = Oracle.now() - timedelta(hours=2)
        times = {"starts_at": begun.isoformat(), "ends_at": (begun + timedelta(hours=1)).isoformat()}
        body = self._plan(who, ["TJK"], themes, 0) | {"kind": "unplanned-encounter"} | times
        answer = self.ask(self.desks[by].post("/engagements", body))
        assert answer.status_code == (201 if by == "head" else 403), answer.text
        if by == "head":
            self.oracle.meetings.append(answer.json() | {"who": who})
            assert answer.json()["concurrences"] == []
        self._count("encounter")

    @precondition(lambda self: self.oracle.meetings)
    @rule(by=officers, one=which, verb=st.sampled_from(["hold", "schedule", "report", "cancel"]))
    def step(self, by: str, one: int, verb: str) -> None:
        """Take a meeting a step further."""
        self._step(by, self._one_in(one, *STARTS[verb]), verb)

    def _any_in(self, *states: str) -> bool:
        return any(each["state"] in states for each in self.oracle.meetings)

    def _one_in(self, one: int, *states: str) -> Json:
        """A meeting in one of the states, if there is any; every fifth time any meeting, so that refusals are met, too."""
        liked = [each for each in self.oracle.meetings if each["state"] in states]
        found = liked if liked and one % 5 else self.oracle.meetings
        return found[one % len(found)]

    def _step(self, by: str, meeting: Json, verb: str) -> None:
        then = {"schedule": "scheduled", "hold": "held", "report": "reported", "cancel": "cancelled"}[verb]
        may = meeting["state"] in STARTS[verb]
        begun = Oracle.now() if verb == "hold" else None
        gated = verb in ("schedule", "hold") and not self.oracle.covered(meeting, begun)
        answer = self.ask(self.desks[by].post(f"/engagements/{meeting['id']}/{verb}", {"reason": "So."} if verb == "cancel" else None))
        assert answer.status_code == (200 if may and not gated else 409), (verb, meeting, self.oracle.given, answer.text)
        if answer.status_code == 200:
            meeting |= answer.json()
            assert meeting["state"] == then
        self._count(verb if answer.status_code == 200 else f"{verb} refused")

    @precondition(lambda self: self.oracle.meetings)
    @rule(by=officers, one=which, what=st.sampled_from(["day", "who", "countries", "themes", "title"]), who=some_parties, day=some_day,
          countries=some_states, themes=some_themes)  # fmt: skip
    def edit(self, by: str, one: int, what: str, who: list[int], day: int, countries: list[str], themes: list[str]) -> None:
        """Change one thing of a meeting: if the gate looks at it, it has to be scheduled anew."""
        meeting = self.oracle.meetings[one % len(self.oracle.meetings)]
        kept = ("kind", "title", "parties", "countries", "themes", "starts_at", "ends_at")
        changed = self._plan(who, countries, themes, day) | {"title": "Other talks"}
        fields = {"day": ("starts_at", "ends_at"), "who": ("parties",)}.get(what, (what,))
        body = {name: meeting[name] for name in kept} | {name: changed[name] for name in fields}
        is_other = what != "title" and any(differs(meeting[name], body[name]) for name in fields)
        answer = self.ask(self._put(by, f"/engagements/{meeting['id']}", body))
        editable = meeting["state"] in EDITABLE
        assert answer.status_code == (200 if editable else 409), answer.text
        if editable:
            expected = "proposed" if is_other else meeting["state"]
            meeting |= answer.json() | {"who": who if what == "who" else meeting["who"]}
            assert meeting["state"] == expected
        self._count(f"edit {what}")

    @precondition(lambda self: self.oracle.meetings)
    @rule(by=officers, party=st.sampled_from([0, 1, UNGATED]), countries=some_states)
    def move(self, by: str, party: int, countries: list[str]) -> None:
        """The register learns that a party acts in other States."""
        moved = self.oracle.parties[party]
        answer = self.ask(
            self._put(by, f"/parties/{moved['id']}", {name: moved[name] for name in ("kind", "name")} | {"countries": countries})
        )
        assert answer.status_code == 200, answer.text
        self.oracle.move(party, countries)
        self._count("move party")

    async def _put(self, by: str, path: str, body: Json) -> httpx.Response:
        desk = self.desks[by]
        return await desk.client.put(f"/v1{path}", json=body, headers=desk.headers | {"if-match": "*"})

    @invariant()
    def nothing_is_on_the_calendar_that_is_not_covered(self) -> None:
        """What is scheduled is covered, by the oracle's own reckoning."""
        for meeting in self.oracle.meetings:
            if meeting["state"] == "scheduled":
                assert self.oracle.covered(meeting), meeting

    def teardown(self) -> None:
        """At the end the API says what the oracle says. Words for a class are taken back: they would cover the next example's parties."""
        for meeting in self.oracle.meetings:
            found = self.ask(self.desks["head"].get(f"/engagements/{meeting['id']}"))
            assert (found["state"], found["held_after_withdrawal"]) == (meeting["state"], meeting["held_after_withdrawal"]), meeting
        for given in self.oracle.given:
            if given["facts"] == "granted" and given["party_kinds"]:
                self.ask(self.desks["ann"].step(f"/concurrences/{given['id']}/withdraw", {"reason": "The example is over."}))

    @classmethod
    def _count(cls, what: str) -> None:
        cls.steps[what] = cls.steps.get(what, 0) + 1


async def test_r1_r2_r3_no_thousand_steps_lead_past_the_gate(officer: Officer, as_: Callable[..., Headers], database: Database) -> None:
    Talks.client, Talks.database, Talks.loop = officer.client, database, asyncio.get_running_loop()
    Talks.sign, Talks.steps = staticmethod(as_), {}
    await asyncio.to_thread(run_state_machine_as_test, Talks, settings=PROFILE)
    assert sum(Talks.steps.values()) >= 1_000
    # Every way leads somewhere: a machine whose meetings are never scheduled proves little.
    assert {"schedule", "hold", "lapse", "withdraw late", "withdraw ahead", "encounter", "confirm", "move party"} <= Talks.steps.keys()
