"""R3: positions answer what was true on a day, as known at a moment."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.liaison.contacts.rules import positions_at
from tests.services.liaison.contacts.conftest import Desk

EPOCH, DAY = datetime(2026, 1, 1, tzinfo=UTC), date(2026, 1, 1)


@dataclass
class Row:
    """What a row of the table says."""

    seq: int
    position_id: UUID
    valid_from: date
    valid_until: date | None
    void: bool
    recorded_at: datetime


@st.composite
def histories(draw: st.DrawFn) -> list[Row]:
    rows = []
    for seq in range(draw(st.integers(0, 8))):
        begin = draw(st.integers(0, 9))
        end = draw(st.none() | st.integers(begin + 1, 12))
        until = None if end is None else DAY + timedelta(days=end)
        position, void = UUID(int=draw(st.integers(0, 2))), draw(st.booleans())
        rows.append(Row(seq, position, DAY + timedelta(days=begin), until, void, EPOCH + timedelta(hours=seq)))
    return rows


@given(histories(), st.integers(0, 12), st.integers(-1, 9))
def test_r3_the_last_word_until_then_counts(rows: list[Row], day: int, hour: int) -> None:
    as_of, known_at = DAY + timedelta(days=day), EPOCH + timedelta(hours=hour)
    expected = set()
    for position in {row.position_id for row in rows}:
        said = [row for row in rows if row.position_id == position and row.seq <= hour]
        last = said[-1] if said else None
        if last and not last.void and last.valid_from <= as_of and (last.valid_until is None or as_of < last.valid_until):
            expected.add(last.seq)
    assert {row.seq for row in positions_at(reversed(rows), as_of, known_at)} == expected


async def test_r3_as_of_a_day_as_known_at_a_moment(desk: Desk) -> None:
    person = await desk.enter(positions=[{"organization": "Ministry", "title": "Deputy", "valid_from": "2024-01-01"}])
    path = f"/contacts/{person['id']}/positions"
    position = person["positions"][0]
    known_then = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    ended = {"organization": "Ministry", "title": "Deputy", "valid_from": "2024-01-01", "valid_until": "2025-06-01"}
    corrected = await desk.post(f"{path}/{position['id']}/correct", ended)
    assert corrected.status_code == 200, corrected.text
    await desk.make(path, {"organization": "Ministry", "title": "Minister", "valid_from": "2025-06-01"})

    async def titles(**query: str) -> list[str]:
        answer = await desk.client.get(f"/v1{path}", params=query, headers=desk.headers)
        return [each["title"] for each in answer.json()["items"]]

    assert await titles(as_of="2025-05-31") == ["Deputy"]
    assert await titles(as_of="2025-06-01") == ["Minister"]
    assert await titles(as_of="2025-06-01", known_at=known_then) == ["Deputy"]
    assert await titles(known_at="2020-01-01T00:00:00Z") == []
    assert await titles() == ["Minister", "Deputy"]


async def test_a_position_recorded_by_mistake_is_voided_once(desk: Desk) -> None:
    person = await desk.enter(positions=[{"organization": "Ministry", "title": "Deputy", "valid_from": "2024-01-01"}])
    path = f"/contacts/{person['id']}/positions"
    void = f"{path}/{person['positions'][0]['id']}/void"
    assert (await desk.post(void)).status_code == 200
    assert (await desk.get(path))["items"] == []
    assert (await desk.post(void)).status_code == 404


async def test_a_position_is_at_one_place_and_ends_after_it_begins(desk: Desk) -> None:
    person = await desk.enter()
    good = {"organization": "Ministry", "title": "Deputy", "valid_from": "2024-01-01"}
    hidden = {"party": person["id"], "title": "Deputy", "valid_from": "2024-01-01"}
    for wrong in (good | {"valid_until": "2024-01-01"}, good | {"party": person["id"]}, hidden):
        assert (await desk.post(f"/contacts/{person['id']}/positions", wrong)).status_code == 422
    assert (await desk.post(f"/contacts/{person['id']}/positions", good)).status_code == 201
