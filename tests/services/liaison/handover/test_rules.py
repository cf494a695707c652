"""What a hand-over decides, without any I/O."""

import json
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from chassis.columns import new_id
from contracts.vocabulary import Sensitivity, Tlp
from services.liaison.handover.rules.contacts import CONTACTS
from services.liaison.handover.rules.engagements import ENGAGEMENTS
from services.liaison.handover.rules.history import HISTORY
from services.liaison.handover.rules.inventory import Inventory
from services.liaison.handover.rules.parties import PARTIES, parents_first
from services.liaison.handover.rules.reconciliation import Tally, reconciles, tally
from services.liaison.handover.rules.records import Flaw, label_of, own_key, read_line, strictest
from services.liaison.handover.rules.sifting import read_all, sift
from tests.services.liaison.handover.packages import contact, engagement, party

KEYS = lambda external_id: own_key(external_id) or uuid4()  # noqa: E731 - a name for a one-line function in a test


def lines_of(records: list[Any]) -> list[tuple[int, bytes]]:
    return [(n, json.dumps(each).encode()) for n, each in enumerate(records, start=1)]


counts = st.integers(0, 50)


@given(st.lists(st.tuples(st.sampled_from(["parties", "reports", "records"]), counts, counts, counts, counts, counts, counts)))
def test_r19_reconciliation_always_adds_up(rows: list[tuple[str, int, int, int, int, int, int]]) -> None:
    series = [
        Tally(kind, placed + matched + kept + bad + gone + left, placed, matched, kept, bad, gone)
        for kind, placed, matched, kept, bad, gone, left in rows
    ]
    sums = tally(series)
    assert sum(each.in_package for each in sums) == sum(each.in_package for each in series)
    for each in sums:
        assert each.in_package == each.placed + each.matched + each.kept + each.quarantined + each.elsewhere + each.waiting
    assert reconciles(sums) == all(row[-1] == 0 for row in rows)
    assert len({each.kind for each in sums}) == len(sums)


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
bits = st.dictionaries(st.sampled_from(["external_id", "kind", "name", "countries", "label", "parent", "members"]), junk)


@given(st.lists(st.builds(party, st.integers(1, 4)) | bits | junk, max_size=12))
def test_r19_every_line_is_placed_or_quarantined_with_a_reason(records: list[Any]) -> None:
    good, bad = sift(PARTIES, "parties", read_all(PARTIES, lines_of(records)), {}, set(), KEYS)
    assert len(good) + len(bad) == len(records)
    assert all(each.flaw.reason for each in bad)
    assert len({each.record.external_id for each in good}) == len(good), "none is placed twice"


@pytest.mark.parametrize(
    "line",
    [b"", b"\n", b"nonsense", b"[]", b"\xff\xfe", b'{"a": 1e999}', b'{"a": NaN}', b'{"a": "\\u0000"}', b'{"a": "\\ud800"}', b"[" * 10_000],
)
def test_a_line_that_is_no_storable_object_is_a_flaw(line: bytes) -> None:
    assert isinstance(read_line(line), Flaw)
    good, bad = sift(HISTORY, "reports", read_all(HISTORY, [(1, line)]), {}, set(), KEYS)
    assert not good
    assert bad[0].raw is not None or bad[0].payload is not None
    assert "\x00" not in (bad[0].raw or "")


def test_r19_what_was_scheduled_by_the_old_office_is_proposed_anew() -> None:
    found = {("parties", "P-1"): uuid4()}
    for state, comes_as in [
        ("scheduled", "proposed"),
        ("suspended", "proposed"),
        ("proposed", "proposed"),
        ("held", "held"),
        ("reported", "reported"),
        ("cancelled", "cancelled"),
    ]:
        good, _ = sift(ENGAGEMENTS, "engagements", read_all(ENGAGEMENTS, lines_of([engagement(1, state=state)])), found, set(), KEYS)
        assert ENGAGEMENTS.columns(good[0].record, found)["state"] == comes_as
        assert "concurrences" not in ENGAGEMENTS.columns(good[0].record, found)


def test_r19_imported_records_carry_the_strictest_label_but_keep_their_originator() -> None:
    read = read_all(
        PARTIES, lines_of([party(1, label={"sensitivity": "unclassified", "tlp": "CLEAR", "originator": "osce", "releasable_to": ["cis"]})])
    )
    label = strictest(*label_of(read[0].record, "untop", ["TJK"]))  # type: ignore[arg-type]  # a record, as it has no flaw
    assert (label.sensitivity, label.tlp, label.originator, label.releasable_to) == (Sensitivity.strictly_confidential, Tlp.red, "osce", [])


def test_r4_a_person_without_a_purpose_is_not_kept() -> None:
    found = {("parties", "P-1"): uuid4()}
    with_purpose, without = contact(1), contact(2)
    del without["purpose"]
    good, bad = sift(CONTACTS, "contacts", read_all(CONTACTS, lines_of([with_purpose, without])), found, set(), KEYS)
    assert [each.record.external_id for each in good] == ["C-1"]
    assert (bad[0].external_id, bad[0].flaw.pointer) == ("C-2", "/purpose")


def test_a_position_ends_after_it_began_and_is_somewhere() -> None:
    found = {("parties", "P-1"): uuid4()}
    backwards = contact(1, positions=[{"party": "P-1", "title": "Head", "valid_from": "2005-01-01", "valid_until": "2004-01-01"}])
    nowhere = contact(2, positions=[{"title": "Head", "valid_from": "2005-01-01"}])
    _, bad = sift(CONTACTS, "contacts", read_all(CONTACTS, lines_of([backwards, nowhere])), found, set(), KEYS)
    assert [each.flaw.pointer for each in bad] == ["/positions/0", "/positions/0"]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=10))
def test_parents_stand_before_what_names_them_and_loops_end(links: list[tuple[int, int]]) -> None:
    records: list[dict[str, Any]] = [{"external_id": str(n), "members": [str(to) for one, to in links if one == n]} for n in range(6)]
    ordered = [each["external_id"] for each in parents_first(records)]
    assert sorted(ordered) == [str(n) for n in range(6)]
    if all(to < one for one, to in links):
        assert all(ordered.index(str(to)) < ordered.index(str(one)) for one, to in links)


INVENTORY: dict[str, Any] = {
    "format": "goodoffices-handover",
    "version": 1,
    "office": {"slug": "untop", "name": "Office", "countries": ["TJK"]},
    "period": {"begin": "2000-06-01", "end": "2007-07-31"},
    "prepared_at": "2007-07-31T12:00:00Z",
    "counts": {"parties": 2},
    "series": [{"id": "all", "title": "All", "kind": "parties", "path": "data/parties.ndjson", "records": 2}],
}


@pytest.mark.parametrize(
    "wrong",
    [
        {"counts": {"parties": 3}},
        {"period": {"begin": "2007-06-01", "end": "2000-07-31"}},
        {"series": [INVENTORY["series"][0] | {"path": "data/../../etc/passwd"}]},
        {"series": [INVENTORY["series"][0] | {"kind": "secrets"}], "counts": {"secrets": 2}},
        {"series": [INVENTORY["series"][0] | {"path": None}]},
        {"series": [INVENTORY["series"][0], INVENTORY["series"][0] | {"id": "more"}], "counts": {"parties": 4}},
        {"version": 2},
        {"more": 1},
    ],
)
def test_r19_an_inventory_that_contradicts_itself_is_refused(wrong: dict[str, Any]) -> None:
    assert Inventory.model_validate(INVENTORY).counted() == {"parties": 2}
    with pytest.raises(ValidationError):
        Inventory.model_validate(INVENTORY | wrong)


def test_a_former_parent_nobody_knows_any_more_is_left_out_and_members_stay_members() -> None:
    one, other, gone = new_id(), new_id(), "P-404"
    version = {"recorded_at": "2005-01-01T00:00:00Z", "recorded_by": "ann", "name": "Before", "countries": ["TJK"]}
    history = [version | {"parent": gone, "members": ["P-1", str(other)]}, version | {"parent": "P-1"}]
    record = PARTIES.model.model_validate(party(2, history=history))
    found = {("parties", "P-1"): one}
    rows = PARTIES.children(new_id(), PARTIES.columns(record, found), record, found)["versions"]
    assert [(row["parent_id"], row["members"]) for row in rows] == [(None, [one, other]), (one, [])]
