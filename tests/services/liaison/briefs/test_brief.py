"""The brief at the API: what it holds, for whom, and how it is marked."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from chassis.database import Database
from chassis.principal import system_principal
from tests.clients import Headers
from tests.services.liaison.conftest import Json, Officer

STRICT = {"sensitivity": "strictly-confidential"}
BEFORE = {"starts_at": "2025-03-01T09:00:00Z", "ends_at": "2025-03-01T10:00:00Z"}


async def brief(officer: Officer, engagement: Json) -> Json:
    """The brief for a meeting."""
    return await officer.get(f"/engagements/{engagement['id']}/brief")


async def ids(officer: Officer, engagement: Json, part: str) -> list[str]:
    """The ids of a part of the brief."""
    return [each["id"] for each in (await brief(officer, engagement))[part]]


async def encounter(head: Officer, party: Json, **more: Any) -> Json:
    """Something that was held."""
    return await head.engagement([party["id"]], kind="unplanned-encounter", **BEFORE | more)


async def filed(officer: Officer, engagement: Json, **more: Any) -> Json:
    """A note to file on `engagement`."""
    body = {"engagement": engagement["id"], "title": "What was said", "statements": [{"text": "They agreed."}]}
    note = await officer.make("/notes-to-file", body | more)
    assert (await officer.post(f"/notes-to-file/{note['id']}/file")).status_code == 200
    return note


async def person(officer: Officer, **more: Any) -> Json:
    """A contact with a position until 2030 and another from then on."""
    positions = [
        {"organization": "Ministry", "title": "Counsellor", "valid_from": "2020-01-01", "valid_until": "2030-05-01"},
        {"organization": "Ministry", "title": "Minister", "valid_from": "2030-05-01"},
    ]
    body = {"name": "Сироҷиддин Ғаниев", "purpose": "Interlocutor on pastures", "positions": positions}
    return await officer.make("/contacts", body | more)


@pytest.fixture
def reader(liaison: httpx.AsyncClient, as_: Callable[..., Headers]) -> Officer:
    """An officer who may see what is confidential, and no more."""
    return Officer(liaison, as_("political-officer", access="confidential"))


async def test_says_what_is_planned_and_with_whom(officer: Officer) -> None:
    ministry, contact = await officer.party(kind="government"), await person(officer)
    plan = {"time_zone": "Asia/Dushanbe", "agenda": "Pastures", "delegation": ["A. Officer"], "interpreters": ["I. Voice"]}
    meeting = await officer.engagement([ministry["id"]], contacts=[contact["id"]], **plan)
    found = await brief(officer, meeting)
    assert plan.items() <= found["engagement"].items()
    assert [each["name"] for each in found["parties"]] == [ministry["name"]]
    assert [each["name"] for each in found["contacts"]] == ["Сироҷиддин Ғаниев"]


async def test_r3_positions_are_those_of_the_day_at_the_place(officer: Officer) -> None:
    contact, ministry = await person(officer, name="Гулнора Ӯрунова"), await officer.party(kind="government")
    times = {"starts_at": "2030-04-30T20:00:00Z", "ends_at": "2030-04-30T21:00:00Z", "contacts": [contact["id"]]}
    in_utc = await officer.engagement([ministry["id"]], **times)
    in_dushanbe = await officer.engagement([ministry["id"]], time_zone="Asia/Dushanbe", **times)
    titles = [(await brief(officer, each))["contacts"][0]["positions"][0]["title"] for each in (in_utc, in_dushanbe)]
    assert titles == ["Counsellor", "Minister"], "it is the first of May already in Dushanbe"


async def test_r1_names_the_concurrence_it_rests_on_and_what_is_missing(officer: Officer) -> None:
    party = await officer.party()
    meeting = await officer.engagement([party["id"]])
    lacking = await brief(officer, meeting)
    assert [(each["country"], each["party_name"], each["themes"]) for each in lacking["missing"]] == [("TJK", party["name"], ["border"])]
    assert lacking["concurrences"] == []
    given = await officer.concurrence("TJK", [party["id"]], conditions="In the presence of a focal point.")
    resting = await brief(officer, meeting)
    assert resting["missing"] == []
    assert [(each["id"], each["conditions"], each["standing"]) for each in resting["concurrences"]] == [
        (given["id"], "In the presence of a focal point.", "in-force")
    ]


async def test_r2_a_withdrawn_concurrence_is_missing_again(officer: Officer) -> None:
    party = await officer.party()
    given = await officer.concurrence("TJK", [party["id"]])
    meeting = await officer.engagement([party["id"]])
    assert (await officer.post(f"/engagements/{meeting['id']}/schedule")).status_code == 200
    assert (await brief(officer, meeting))["missing"] == []
    assert (await officer.post(f"/concurrences/{given['id']}/withdraw", {"reason": "By note."})).status_code == 200
    found = await brief(officer, meeting)
    assert found["engagement"]["state"] == "suspended"
    assert [each["country"] for each in found["missing"]] == ["TJK"]
    assert [each["standing"] for each in found["concurrences"]] == ["withdrawn"]


async def test_tells_what_went_before_with_these_parties(officer: Officer, head: Officer) -> None:
    party, stranger = await officer.party(), await officer.party()
    earlier, other = await encounter(head, party), await encounter(head, stranger)
    note, unseen = await filed(officer, earlier), await filed(officer, other)
    meeting = await officer.engagement([party["id"]])
    found = await brief(officer, meeting)
    assert [each["id"] for each in found["history"]] == [earlier["id"]]
    assert [each["id"] for each in found["records"]] == [note["id"]]
    assert unseen["id"] not in str(found)


async def test_a_draft_is_in_nobodys_brief(officer: Officer, head: Officer) -> None:
    party = await officer.party()
    earlier = await encounter(head, party)
    body = {"engagement": earlier["id"], "title": "Draft", "statements": [{"text": "Perhaps."}]}
    draft = await officer.make("/notes-to-file", body)
    meeting = await officer.engagement([party["id"]])
    assert (await brief(officer, meeting))["records"] == []
    assert (await officer.post(f"/notes-to-file/{draft['id']}/file")).status_code == 200
    assert await ids(officer, meeting, "records") == [draft["id"]]


async def test_holds_open_promises_and_awaited_replies(officer: Officer) -> None:
    party, stranger = await officer.party(), await officer.party()
    promise = {"text": "To send the list.", "due_on": "2026-01-01"}
    theirs = await officer.make("/commitments", promise | {"promised_by": party["id"]})
    ours = await officer.make("/commitments", promise | {"promised_to": party["id"], "due_on": "2031-01-01"})
    await officer.make("/commitments", promise | {"promised_by": stranger["id"]})
    dates = {"dated_on": "2026-01-01", "handled_on": "2026-01-02", "reply_by": "2026-02-01"}
    letter = await officer.make("/correspondence", {"direction": "out", "party": party["id"], "subject": "Pastures"} | dates)
    meeting = await officer.engagement([party["id"]])
    found = await brief(officer, meeting)
    assert [(each["id"], each["standing"], each["promised_by"]) for each in found["commitments"]] == [
        (theirs["id"], "overdue", party["name"]),
        (ours["id"], "open", None),
    ]
    assert [(each["id"], each["overdue"]) for each in found["correspondence"]] == [(letter["id"], True)]
    assert (await officer.post(f"/commitments/{theirs['id']}/meet", {})).status_code == 200
    assert await ids(officer, meeting, "commitments") == [ours["id"]]


async def test_r18_what_the_reader_may_not_know_of_leaves_no_trace(officer: Officer, head: Officer, reader: Officer) -> None:
    party = await officer.party()
    hidden = await head.make(
        "/parties", {"kind": "other-party", "name": "A secret front", "countries": ["TJK"], "label": STRICT | {"countries": ["TJK"]}}
    )
    due = {"text": "Quietly.", "due_on": "2030-01-01"}
    secret = [
        await head.make("/commitments", due | {"promised_by": party["id"], "label": STRICT}),
        await encounter(head, party, label=STRICT),
        # Both may be seen by themselves; the party on the other side may not.
        await head.make("/commitments", due | {"promised_by": hidden["id"], "promised_to": party["id"]}),
    ]
    meeting = await head.engagement([party["id"], hidden["id"]])
    seen_by_head, seen = await brief(head, meeting), await brief(reader, meeting)
    assert all(each["id"] in str(seen_by_head) for each in [*secret, hidden])
    assert not any(each["id"] in str(seen) for each in [*secret, hidden])
    assert "secret front" in str(seen_by_head)
    assert "secret front" not in str(seen)
    assert seen["label"]["sensitivity"] == "confidential"


async def test_r18_a_meeting_whose_only_party_is_hidden_has_an_empty_brief(head: Officer, reader: Officer) -> None:
    hidden = await head.make("/parties", {"kind": "other-party", "name": "Unheard of", "countries": ["TJK"], "label": STRICT})
    await head.make("/commitments", {"promised_by": hidden["id"], "text": "To come.", "due_on": "2030-01-01"})
    meeting = await head.engagement([hidden["id"]])
    assert [len((await brief(head, meeting))[part]) for part in ("parties", "commitments", "missing")] == [1, 1, 1]
    found = await brief(reader, meeting)
    assert [found[part] for part in ("parties", "commitments", "missing", "history", "records", "correspondence")] == [[]] * 6


async def test_bears_the_strictest_label_of_all_it_holds(head: Officer) -> None:
    party = await head.party()
    meeting = await head.engagement([party["id"]], label={"sensitivity": "unclassified", "tlp": "GREEN"})
    plain = (await brief(head, meeting))["label"]
    promise = {"promised_by": party["id"], "text": "Quietly.", "due_on": "2030-01-01"}
    await head.make("/commitments", promise | {"label": STRICT | {"tlp": "RED", "countries": ["UZB"]}})
    strict = (await brief(head, meeting))["label"]
    assert (plain["sensitivity"], plain["tlp"]) == ("confidential", "AMBER"), "as the party is"
    assert (strict["sensitivity"], strict["tlp"]) == ("strictly-confidential", "RED")
    assert "UZB" in strict["countries"]


async def test_screening_is_a_matter_for_the_head(officer: Officer, head: Officer) -> None:
    party = await officer.party()
    meeting = await officer.engagement([party["id"]])
    assert (await brief(officer, meeting))["screenings"] is None
    assert (await brief(head, meeting))["screenings"] == []


async def test_r17_the_audit_names_all_that_was_shown(officer: Officer, database: Database) -> None:
    party = await officer.party()
    promise = await officer.make("/commitments", {"promised_by": party["id"], "text": "To send.", "due_on": "2030-01-01"})
    meeting = await officer.engagement([party["id"]])
    for path in ("", "/pdf", "/docx"):
        answer = await officer.client.get(f"/v1/engagements/{meeting['id']}/brief{path}", headers=officer.headers)
        assert answer.status_code == 200, answer.text
    async with database.transaction(system_principal("liaison")) as session:
        query = text("select operation, ids from audit where operation like 'readBrief%' and ids @> array[:id] order by seq")
        rows = (await session.execute(query, {"id": meeting["id"]})).all()
    assert [row.operation for row in rows] == ["readBrief", "readBriefPdf", "readBriefDocx"]
    assert all(set(row.ids) == {meeting["id"], party["id"], promise["id"]} for row in rows)


async def test_r18_an_unseen_meeting_has_no_brief(
    liaison: httpx.AsyncClient, as_: Callable[..., Headers], head: Officer, reader: Officer
) -> None:
    party = await head.party()
    hidden = await head.engagement([party["id"]], label=STRICT)
    headers: list[Headers] = [reader.headers, head.headers, as_("auditor")]
    answers = [(await liaison.get(f"/v1/engagements/{hidden['id']}/brief", headers=each)).status_code for each in headers]
    assert answers == [404, 200, 403]


async def test_says_that_there_is_more(officer: Officer, head: Officer) -> None:
    party = await officer.party()
    for _ in range(11):
        await encounter(head, party)
    meeting = await officer.engagement([party["id"]])
    found = await brief(officer, meeting)
    assert len(found["history"]) == 10
    assert found["shortened"] == ["history"]
