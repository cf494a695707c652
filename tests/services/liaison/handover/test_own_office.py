"""R19: what our own office entered through its own doors comes back whole to whoever takes over."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.clients import Headers
from tests.services.liaison.conftest import Officer
from tests.services.liaison.handover.conftest import Head
from tests.services.liaison.handover.offices import content_of, exported, review_all

Json = dict[str, Any]
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class Filled:
    """What the office entered, by what it is."""

    def __init__(self, head: Head, sign: Callable[..., Headers]) -> None:
        self.head = Officer(head.client, head.headers)
        self.officer = Officer(head.client, sign("political-officer"))

    async def put(self, path: str, body: Json) -> Json:
        """PUT that must succeed."""
        answer = await self.officer.client.put(f"/v1{path}", json=body, headers=self.officer.headers | {"if-match": "*"})
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    async def fill(self) -> "Filled":
        """Through every door of liaison."""
        await self._parties()
        await self._people()
        await self._talks()
        await self._letters()
        return self

    async def _parties(self) -> None:
        officer = self.officer
        self.ministry = await officer.make("/parties", {"kind": "government", "name": "Ministry", "countries": ["TJK"]})
        body = {"kind": "other-party", "name": "The council", "countries": ["TJK"]}
        self.council = await officer.make("/parties", body)
        names = [{"language": "tg", "name": "Шӯро"}]
        renamed = body | {"name": "The renamed council", "names": names, "parent": self.ministry["id"]}
        await self.put(f"/parties/{self.council['id']}", renamed)

    async def _people(self) -> None:
        officer = self.officer
        made = []
        for n, name in enumerate(
            [
                "Sardor Exempliev",
                "Сардор Образцов",
                "Gulnora Namunaeva",
                "Nodir Misolov",
            ]
        ):
            channels = [{"kind": "phone", "value": f"+992 37 221 00 1{n}"}, {"kind": "email", "value": f"person{n}@example.org"}]
            made.append(
                await officer.make("/contacts", {"name": name, "purpose": "Water talks", "countries": ["TJK"], "channels": channels})
            )
        self.person, self.twin, self.other, self.erased = made
        position = {"party": self.council["id"], "title": "Secretary", "valid_from": "2020-01-01"}
        held = await officer.make(f"/contacts/{self.person['id']}/positions", position)
        await officer.step(f"/contacts/{self.person['id']}/positions/{held['id']}/correct", position | {"valid_from": "2020-02-01"})
        await officer.step(f"/contacts/{self.twin['id']}/merge", {"into": self.person["id"]})
        # Merged the other way round by mistake, once.
        await officer.step(f"/contacts/{self.person['id']}/merge", {"into": self.other["id"]})
        await officer.step(f"/contacts/{self.person['id']}/unmerge")
        await officer.step(f"/contacts/{self.person['id']}/review", {})

    async def _talks(self) -> None:
        officer, head = self.officer, self.head
        self.concurrence = await officer.concurrence("TJK", [self.council["id"]])
        meeting = await officer.engagement([self.council["id"]], contacts=[self.person["id"], self.erased["id"]])
        await officer.step(f"/engagements/{meeting['id']}/schedule")
        self.meeting = await officer.step(f"/engagements/{meeting['id']}/hold")
        await head.step(f"/contacts/{self.erased['id']}/erase", {"reason": "Asked for."})
        said = [{"text": "They will come again.", "said_by": self.council["id"]}, {"text": "Our own remark."}]
        note = await officer.make("/notes-to-file", {"engagement": meeting["id"], "title": "Talks", "statements": said})
        self.note = await officer.step(f"/notes-to-file/{note['id']}/file")
        await officer.make(f"/notes-to-file/{note['id']}/readout", {"title": "Readout", "text": "They met."})
        self.readout = await head.step(f"/notes-to-file/{note['id']}/readout/approve")
        await officer.make("/notes-to-file", {"engagement": meeting["id"], "title": "A draft", "statements": said})
        promise = {"engagement": meeting["id"], "promised_by": self.council["id"], "text": "To send the list.", "due_on": "2031-01-01"}
        await officer.make("/commitments", promise)
        withdrawal = {"reason": "Late note.", "effective_at": self.concurrence["granted_at"]}
        await officer.step(f"/concurrences/{self.concurrence['id']}/withdraw", withdrawal)

    async def _letters(self) -> None:
        letter = {
            "party": self.ministry["id"],
            "subject": "Pastures",
            "dated_on": "2026-01-02",
            "handled_on": "2026-01-03",
            "language": "ru",
        }
        self.note_verbale = await self.officer.make("/correspondence", letter | {"direction": "in", "reply_by": "2026-02-01"})
        await self.attach(self.note_verbale, "note.pdf", PDF)
        answer = {"direction": "out", "answers": self.note_verbale["id"], "engagement": self.meeting["id"]}
        self.answer = await self.officer.make("/correspondence", letter | answer)
        await self.attach(self.answer, "note again.pdf", PDF)
        await self.attach(self.answer, "words.txt", "Слова".encode())

    async def attach(self, letter: Json, name: str, content: bytes) -> None:
        """Attach a file."""
        files = {"file": (name, content, "application/octet-stream")}
        path = f"/v1/correspondence/{letter['id']}/attachments"
        answer = await self.officer.client.post(path, files=files, headers=self.officer.headers)
        assert answer.status_code == 201, answer.text


@pytest.fixture
async def handed(offices: list[Head], as_: Callable[..., Headers]) -> tuple[Filled, Head, bytes]:
    """Our office, its successor, and the package between them, imported and reviewed as given."""
    ours, successor = offices
    filled = await Filled(ours, as_).fill()
    package = await exported(ours)
    sent = await successor.send(package)
    assert sum(each["would_quarantine"] for each in sent.json()["forecast"]) == 0, sent.json()["forecast"]
    taken = await successor.finish(sent.json()["id"])
    counts = await successor.counts(taken["id"])
    assert sum(each["quarantined"] for each in counts.values()) == 0
    await review_all(successor, taken["id"])
    return filled, successor, package


async def test_r19_what_our_office_entered_comes_back_whole(handed: tuple[Filled, Head, bytes]) -> None:
    filled, successor, package = handed
    before, after = content_of(package), content_of(await exported(successor))
    assert {kind: len(lines) for kind, lines in before.items()} == {
        "parties": 2, "contacts": 4, "engagements": 1, "commitments": 1, "letters": 2, "notes": 1, "readouts": 1,
        "concurrences": 1, "attachments": 2,
    }  # fmt: skip
    for kind, lines in before.items():
        assert lines == after[kind], f"{kind} came back changed"
    by_key = {each["external_id"]: each for lines in before.values() for each in map(_read, lines) if each}
    assert [each["name"] for each in by_key[filled.council["id"]]["history"]] == ["The council", "The renamed council"]
    assert [each["state"] for each in by_key[filled.concurrence["id"]]["history"]] == ["requested", "granted", "withdrawn"]
    assert by_key[filled.meeting["id"]]["held_after_withdrawal"] is True
    mergers = [merger for each in by_key.values() for merger in each.get("mergers", [])]
    assert sorted(bool(each.get("undone_at")) for each in mergers) == [False, True]
    assert "Misolov" not in str(before), "an erased person comes as a pseudonym"


def _read(line: str) -> Json:
    found: Json = json.loads(line) if line.startswith("{") else {}
    return found


async def test_r19_the_successor_reads_letters_notes_and_history_at_its_own_doors(handed: tuple[Filled, Head, bytes]) -> None:
    filled, successor, _ = handed
    answer = await successor.get(f"/correspondence/{filled.answer['id']}")
    assert (answer["answers"], answer["party"], answer["engagement"]) == (
        filled.note_verbale["id"], filled.ministry["id"], filled.meeting["id"],
    )  # fmt: skip
    assert [each["name"] for each in answer["attachments"]] == ["note again.pdf", "words.txt"]
    for each in answer["attachments"]:
        path = f"/v1/correspondence/{answer['id']}/attachments/{each['id']}/content"
        content: httpx.Response = await successor.client.get(path, headers=successor.headers)
        assert content.content == {"note again.pdf": PDF, "words.txt": "Слова".encode()}[each["name"]]
    note = await successor.get(f"/notes-to-file/{filled.note['id']}")
    assert [each["said_by"] for each in note["statements"]] == [filled.council["id"], None]
    assert (await successor.get(f"/notes-to-file/{filled.note['id']}/readout"))["approved_by"] == filled.readout["approved_by"]
    assert [each["name"] for each in (await successor.get(f"/parties/{filled.council['id']}/history"))["items"]] == [
        "The renamed council", "The council",
    ]  # fmt: skip


async def test_a_merger_that_came_over_can_be_undone_and_its_names_found_by(handed: tuple[Filled, Head, bytes]) -> None:
    filled, successor, _ = handed
    found = await successor.get("/contacts?q=Образцов")
    assert [each["id"] for each in found["items"]] == [filled.person["id"]]
    undone = await successor.client.post(f"/v1/contacts/{filled.twin['id']}/unmerge", headers=successor.headers)
    assert undone.status_code == 200, undone.text
    assert (undone.json()["state"], undone.json()["label"]) == ("active", filled.twin["label"])
    found = await successor.get("/contacts?q=Образцов")
    assert [each["id"] for each in found["items"]] == [filled.twin["id"]]
