"""F6: a trail cut anywhere does not verify against what was announced, and the place is named."""

import json
from collections.abc import Callable
from typing import NamedTuple

import pytest

from chassis.verification import Announced, PublicKeys, Verification
from tests.chassis.trails import Json, Signer, announced, row, sealed, written

SIGNER, OTHER = Signer("liaison"), Signer("reports")
KEYS = json.dumps({"keys": [SIGNER.public, OTHER.public]})
BATCHES = [[row(1), row(2), row(3)], [row(4)], [row(5), row(6)], [row(7), row(8)]]
TRAIL = sealed(SIGNER, BATCHES)
ROOTS = announced(TRAIL) + announced(sealed(OTHER, [[row(1)]], "reports"))


class Case(NamedTuple):
    """What somebody did, and what the verification says of it."""

    done: str
    lines: list[str]
    said: str
    roots: list[Json] = ROOTS


def edited(number: int, edit: Callable[[list[Json]], list[Json]]) -> list[str]:
    """The export with other rows under one seal."""
    lines = [dict(each) for each in TRAIL]
    lines[number - 1]["entries"] = edit(lines[number - 1]["entries"])
    return written(lines)


def anew(actor: str, batches: list[list[Json]]) -> list[str]:
    """The whole trail sealed again by whoever holds the key, with another actor in it."""
    return written(sealed(SIGNER, [[each | {"actor": actor} for each in rows] for rows in batches]))


WHOLE = written(TRAIL)
CASES = [
    Case("newest seals and rows deleted", WHOLE[:2], "seals 3 to 4: were announced and are missing"),
    Case("only the newest deleted", WHOLE[:3], "seals 4 to 4: were announced and are missing"),
    Case("deleted and sealed anew", anew("b", BATCHES), "seal 1: is not the one that was announced"),
    Case("sealed anew, and shorter", anew("b", BATCHES[:1]), "seals 2 to 4: were announced"),
    Case("sealed anew from the third on", anew("a", [*BATCHES[:2], [row(9)]]), "seal 3: is not the one"),
    Case("export cut in half", [*WHOLE[:2], WHOLE[2][: len(WHOLE[2]) // 2]], "line 3: no whole batch"),
    Case("export that begins late", WHOLE[1:], "seal 2: seal 1 should stand here"),
    Case("empty export", [], "the export is empty"),
    Case("a blank line only", ["\n"], "line 1: no whole batch"),
    Case("a number missing", [*WHOLE[:1], *WHOLE[2:]], "seal 3: seal 2 should stand here"),
    Case("a seal twice", [WHOLE[0], *WHOLE], "seal 1: seal 2 should stand here"),
    Case("two seals exchanged", [WHOLE[1], WHOLE[0], *WHOLE[2:]], "seal 2: seal 1 should stand"),
    Case("a row changed", edited(3, lambda rows: [rows[0] | {"actor": "b"}, rows[1]]), "seal 3: a row was"),
    Case("origin changed", edited(3, lambda rows: [rows[0] | {"origin": "?"}, rows[1]]), "seal 3: a row"),
    Case("a row removed", edited(1, lambda rows: [rows[0], rows[2]]), "seal 1: 3 rows were sealed, 2"),
    Case("all rows of a seal removed", edited(2, lambda rows: []), "seal 2: 1 rows were sealed, 0"),
    Case("a row added", edited(2, lambda rows: [*rows, row(9)]), "seal 2: 1 rows were sealed, 2"),
    Case("rows exchanged", edited(3, lambda rows: rows[::-1]), "seal 3: a row was changed"),
    Case("a field added", edited(2, lambda rows: [rows[0] | {"note": "x"}]), "seal 2: a row was changed"),
    Case("a number left out of a row", edited(2, lambda rows: [{}]), "seal 2: a row was changed"),
    Case("another service's trail", written(sealed(OTHER, [[row(1)]], "liaison")), "signature does not"),
    Case("roots lack the service", WHOLE, "the roots lack this service", ROOTS[4:]),
    Case("no roots at all", WHOLE, "the roots lack this service", []),
    Case("a root lacks in the middle", WHOLE, "seal 2: was never announced", [ROOTS[0], *ROOTS[2:]]),
]


def problems(lines: list[str], roots: list[Json] | None) -> list[str]:
    told = None if roots is None else Announced.read(written(roots))
    return list(Verification(PublicKeys(KEYS), told).problems(lines))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.done)
def test_f6_every_cut_fails_and_names_its_place(case: Case) -> None:
    found = problems(case.lines, case.roots)
    assert any(case.said in problem for problem in found), found


def test_f6_what_was_not_touched_verifies() -> None:
    assert problems(WHOLE, ROOTS) == []
    assert problems(WHOLE, None) == []


def test_f6_a_second_cut_is_named_beside_the_first() -> None:
    lines = edited(1, lambda rows: rows[:2])
    lines[2] = edited(3, lambda rows: rows[::-1])[2]
    found = problems(lines, ROOTS)
    assert [problem.split(":")[0] for problem in found] == ["seal 1", "seal 3"]


def test_f6_seals_newer_than_the_roots_are_counted_and_do_not_fail() -> None:
    verification = Verification(PublicKeys(KEYS), Announced.read(written(ROOTS[:3])))
    assert list(verification.problems(WHOLE)) == []
    assert verification.unannounced == 1


def test_f6_an_old_key_goes_on_verifying() -> None:
    newer = Signer("liaison")
    keys = PublicKeys(json.dumps({"keys": [newer.public, SIGNER.public]}))
    assert list(Verification(keys).problems(WHOLE)) == []
    alone = PublicKeys(json.dumps({"keys": [newer.public]}))
    assert "seal 1: the signature does not hold" in list(Verification(alone).problems(WHOLE))


def test_f6_an_export_that_says_no_service_is_named_one() -> None:
    lines = written([{k: v for k, v in each.items() if k != "service"} for each in TRAIL])
    roots = Announced.read(written(ROOTS))
    assert list(Verification(PublicKeys(KEYS), roots, "liaison").problems(lines)) == []
    found = list(Verification(PublicKeys(KEYS), roots).problems(lines))
    assert found == ["the export does not say whose it is: name it with --service"]
    found = list(Verification(PublicKeys(KEYS), roots, "reports").problems(lines))
    assert "seal 1: the signature does not hold" in found
