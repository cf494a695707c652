"""Alerts that name only their predecessor are versions of what the first of their chain began (R5), in whatever order they come."""

import itertools
import random
from collections.abc import Sequence
from typing import Any, Final
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reports.intake.rules import Message, trace_chains
from tests.services.reports.conftest import Desk, Make
from tests.services.reports.feeds.reading import CAP
from tests.services.reports.feeds.test_cap import AREA, alert
from tests.services.reports.feeds.test_deliveries import fed

Json = dict[str, Any]
SENDER: Final = "hydromet@example.tj"


class Chain:
    """A warning that is updated twice and cancelled; each names only the one before."""

    def __init__(self) -> None:
        self.name = uuid4().hex
        north, east = round(random.uniform(37.5, 40.5), 4), round(random.uniform(68, 74), 4)
        self.area = AREA.replace("40.2,69.6", f"{north},{east}")

    def key(self, number: int) -> str:
        """The external_id of the alert with that number."""
        return f"cap-{SENDER},{self.name}-{number}"

    def alert(self, number: int, names: Sequence[int] | None = None) -> bytes:
        """The alert with that number, sent at that hour."""
        names = ([number - 1] if number else []) if names is None else names
        kind = ("Alert", "Update", "Update", "Cancel")[number]
        body = alert(
            identifier=f"{self.name}-{number}",
            msgType=kind,
            sent=_hour(number),
            references=" ".join(f"{SENDER},{self.name}-{each},{_hour(each)}" for each in names),
        )
        return body.replace(AREA.encode(), self.area.encode())


def _hour(number: int) -> str:
    return f"2026-03-01T1{number}:00:00+05:00"


def _feed(alerts: Sequence[bytes]) -> bytes:
    return b"<feed xmlns='http://www.w3.org/2005/Atom'>" + b"".join(b"<entry>" + each + b"</entry>" for each in alerts) + b"</feed>"


async def _versions(analyst: Desk, feed: str) -> list[Json]:
    found: list[Json] = (await analyst.get("/observations", feed=feed, limit=200))["items"]
    return found


async def _require_one_chain(analyst: Desk, feed: str) -> Json:
    """All four were kept, in one incident, with one id; the cancellation, which is given back, stands for all."""
    versions = await _versions(analyst, feed)
    [standing] = [each for each in versions if each["superseded_by"] is None]
    assert standing["title"].startswith("Cancelled: ")
    assert len({each["external_id"] for each in versions}) == len({each["incident"] for each in versions}) == 1
    told = {each["text"].split("\n")[0].split(" of ")[0] for each in versions}
    assert len(versions) == len(told) == 4
    return standing


async def test_r5_each_alert_names_only_the_one_before(desk: Make, analyst: Desk) -> None:
    feed, voice = await fed(desk, "cap")
    chain = Chain()
    for number in range(4):
        answer = await voice.send(feed, chain.alert(number), CAP)
        assert (answer.status_code, answer.json()["accepted"]) == (202, 1), answer.text
    standing = await _require_one_chain(analyst, feed)
    assert standing["external_id"] == chain.key(0)


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))), ids=lambda order: "".join(map(str, order)))
async def test_r5_alerts_come_in_any_order_and_the_last_that_was_sent_stands(desk: Make, analyst: Desk, order: tuple[int, ...]) -> None:
    feed, voice = await fed(desk, "cap")
    chain = Chain()
    for number in order:
        assert (await voice.send(feed, chain.alert(number), CAP)).json()["accepted"] == 1
    standing = await _require_one_chain(analyst, feed)
    again = await voice.send(feed, _feed([chain.alert(number) for number in order]), CAP)
    assert (again.json()["duplicate"], again.json()["accepted"]) == (4, 0), again.text
    incident = await analyst.get(f"/incidents/{standing['incident']}")
    assert [each["observation"]["id"] for each in incident["accounts"]] == [standing["id"]]


@pytest.mark.parametrize("order", [(3, 2, 1, 0), (1, 3, 0, 2)])
async def test_r5_a_chain_in_one_delivery_is_put_in_order(desk: Make, analyst: Desk, order: tuple[int, ...]) -> None:
    feed, voice = await fed(desk, "cap")
    chain = Chain()
    answer = await voice.send(feed, _feed([chain.alert(number) for number in order]), CAP)
    assert answer.json()["accepted"] == 4, answer.text
    await _require_one_chain(analyst, feed)


async def test_an_update_of_an_alert_nobody_knows_stands_for_itself(desk: Make, analyst: Desk) -> None:
    feed, voice = await fed(desk, "cap")
    one, other = Chain(), Chain()
    for each in (one.alert(2), other.alert(2)):
        await voice.send(feed, each, CAP)
    assert {each["external_id"] for each in await _versions(analyst, feed)} == {one.key(1), other.key(1)}
    await voice.send(feed, one.alert(3), CAP)
    assert {each["external_id"]: each["title"][:9] for each in await _versions(analyst, feed) if each["superseded_by"] is None} == {
        one.key(1): "Cancelled",
        other.key(1): "Mudflow: ",
    }


async def test_what_two_alerts_became_is_found_under_both_incidents_and_can_be_undone(desk: Make, analyst: Desk) -> None:
    feed, voice = await fed(desk, "cap")
    chain = Chain()
    await voice.send(feed, chain.alert(0), CAP)
    await voice.send(feed, chain.alert(3), CAP)
    apart = {each["incident"] for each in await _versions(analyst, feed)}
    assert len(apart) == 2
    await voice.send(feed, chain.alert(2), CAP)
    await voice.send(feed, chain.alert(1), CAP)
    standing = await _require_one_chain(analyst, feed)
    assert {(await analyst.get(f"/incidents/{each}"))["id"] for each in apart} == {standing["incident"]}
    [move] = (await analyst.get(f"/incidents/{standing['incident']}/moves"))["items"]
    assert move["reason"] == "Their source says that one alert updates the other."


async def test_what_continues_a_discarded_alert_waits_for_a_person(desk: Make, analyst: Desk) -> None:
    feed, voice = await fed(desk, "cap", trust="high")
    chain = Chain()
    await voice.send(feed, chain.alert(0), CAP)
    [first] = await _versions(analyst, feed)
    await analyst.post(f"/incidents/{first['incident']}/discard", {"reason": "A test of the siren."})
    for number in (3, 2, 1):
        await voice.send(feed, chain.alert(number), CAP)
    standing = await _require_one_chain(analyst, feed)
    assert standing["held_back"] == "waiting"


async def test_an_alert_sent_tomorrow_is_refused_since_nothing_could_correct_it(desk: Make) -> None:
    feed, voice = await fed(desk, "cap")
    body = Chain().alert(0).replace(b"2026-03-01T10", b"2126-03-01T10")
    began = body.replace(b"<area>", b"<onset>2026-03-01T10:00:00+05:00</onset><area>")
    receipt = (await voice.send(feed, began, CAP)).json()
    [rejection] = (await voice.get(f"/submissions/{receipt['id']}/rejections"))["items"]
    assert (rejection["field"], rejection["reason"]) == ("sent", "lies in the future")


async def test_another_feed_does_not_continue_the_chain(desk: Make, analyst: Desk) -> None:
    (feed, voice), (elsewhere, _) = await fed(desk, "cap"), await fed(desk, "cap")
    chain = Chain()
    for number, to in ((0, feed), (1, feed), (2, elsewhere)):
        await voice.send(to, chain.alert(number), CAP)
    assert [each["external_id"] for each in await _versions(analyst, elsewhere)] == [chain.key(1)]
    assert len(await _versions(analyst, feed)) == 2


@given(st.permutations(range(12)), st.integers(1, 4), st.data())
def test_r5_a_chain_is_found_whole_whatever_its_order_and_deliveries(order: list[int], size: int, data: st.DataObject) -> None:
    """Each names some of those before it, its predecessor among them; what was learned in one delivery is known in the next."""
    names = {n: sorted({n - 1, *data.draw(st.sets(st.integers(0, n - 1)))}) if n else [] for n in range(12)}
    known: dict[str, str] = {}
    for batch in (order[n : n + size] for n in range(0, 12, size)):
        messages = [Message(str(n), tuple(map(str, names[n])), str(next(iter(names[n]), n))) for n in batch]
        known, joined = trace_chains(messages, known)
        assert not joined.keys() & set(known.values()), "nothing is left in a chain that became another"
    assert len(set(known.values())) == 1


def test_a_long_chain_told_backwards_is_traced_in_no_time() -> None:
    messages = [Message(str(n), (str(n - 1),), str(n - 1)) for n in range(20_000, 0, -1)]
    chains, _ = trace_chains(messages, {})
    assert len(set(chains.values())) == 1
