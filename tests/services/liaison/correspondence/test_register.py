"""The register of correspondence over the API: references, replies, attachments, who sees them."""

import asyncio
import hashlib
import io
import zipfile
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text

from chassis.principal import system_principal
from services.liaison.correspondence import actions
from tests.clients import Headers
from tests.services.liaison.conftest import Officer

Json = dict[str, Any]
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


def package(*names: str) -> bytes:
    """A zip with these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return out.getvalue()


@pytest.fixture
async def note(officer: Officer) -> Json:
    """A note verbale to a Ministry, as it is sent to the API."""
    party = await officer.party("government")
    dates = {"dated_on": "2026-11-02", "handled_on": "2026-11-03"}
    return {"direction": "out", "party": party["id"], "subject": "Concurrence to consultations", **dates}


async def test_references_never_repeat_or_skip_whatever_fails_beside(officer: Officer, note: Json) -> None:
    unknown = note | {"party": "01939c5e-7a10-7c3e-9d52-3f0a6b1c2d4e"}
    first = int((await officer.make("/correspondence", note))["reference"].split("-")[-1])
    answers = await asyncio.gather(*(officer.post("/correspondence", note if n % 3 else unknown) for n in range(60)))
    numbers = sorted(int(answer.json()["reference"].split("-")[-1]) for answer in answers if answer.status_code == 201)
    assert numbers == list(range(first + 1, first + 41))
    refused = [answer.json()["errors"][0]["pointer"] for answer in answers if answer.status_code == 422]
    assert refused == ["/party"] * 20


async def test_a_reply_closes_the_letter_it_answers_once(officer: Officer, note: Json) -> None:
    asked = await officer.make("/correspondence", note | {"reply_by": "2026-11-10"})
    assert (asked["state"], asked["overdue"]) == ("open", True)
    assert asked["id"] in {each["id"] for each in (await officer.get("/correspondence/overdue?limit=200"))["items"]}
    reply = note | {"direction": "in", "answers": asked["id"], "their_reference": "No. 14/2-118"}
    wrong_way = await officer.post("/correspondence", note | {"answers": asked["id"]})
    assert wrong_way.status_code == 422
    assert wrong_way.json()["errors"][0]["pointer"] == "/answers"
    answers = await asyncio.gather(*(officer.post("/correspondence", reply) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409]
    made = next(answer.json() for answer in answers if answer.status_code == 201)
    found = await officer.get(f"/correspondence/{asked['id']}")
    assert (found["state"], found["overdue"], found["answered_by"]) == ("answered", False, made["id"])
    assert asked["id"] not in {each["id"] for each in (await officer.get("/correspondence/overdue?limit=200"))["items"]}


async def test_a_letter_nobody_will_answer_is_closed_with_a_reason_once(officer: Officer, note: Json) -> None:
    asked = await officer.make("/correspondence", note | {"reply_by": "2026-11-10"})
    close = f"/correspondence/{asked['id']}/close"
    assert (await officer.post(close)).status_code == 422
    closed = await officer.post(close, {"reason": "Settled by telephone."})
    assert (closed.json()["state"], closed.json()["reason"]) == ("closed", "Settled by telephone.")
    again = await officer.post(close, {"reason": "Once more."})
    assert again.status_code == 409
    assert again.json()["type"].endswith("/wrong-state")


async def attach(officer: Officer, letter: str, name: str, content: bytes) -> httpx.Response:
    """Send a file as a browser does."""
    address = f"/v1/correspondence/{letter}/attachments"
    return await officer.client.post(address, files={"file": (name, content)}, headers=officer.headers)


async def test_a_file_is_kept_once_and_comes_back_as_it_was(officer: Officer, note: Json) -> None:
    letter = (await officer.make("/correspondence", note))["id"]
    first = await attach(officer, letter, "..\\..\\Нота.pdf", PDF)
    assert first.status_code == 201, first.text
    assert (first.json()["name"], first.json()["media_type"], first.json()["size"]) == ("Нота.pdf", "application/pdf", len(PDF))
    assert (await attach(officer, letter, "again.pdf", PDF)).json()["id"] == first.json()["id"]
    assert [each["id"] for each in (await officer.get(f"/correspondence/{letter}"))["attachments"]] == [first.json()["id"]]
    address = f"/v1/correspondence/{letter}/attachments/{first.json()['id']}/content"
    got = await officer.client.get(address, headers=officer.headers)
    assert got.content == PDF
    assert got.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%D0%9D")
    assert got.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in got.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("minutes.docx", package("[Content_Types].xml", "word/document.xml"), 201),
        ("note.txt", "Нота\n".encode(), 201),
        ("minutes.docx", package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), 422),
        ("note.pdf", b"<html><script>alert(1)</script></html>", 422),
        ("note.pdf", b"MZ\x90\x00" + b"\x00" * 200, 422),
        ("note.pdf", package("evil.exe"), 422),
        ("note.pdf", b"PK\x03\x04damaged", 422),
        ("empty.pdf", b"", 422),
        ("large.pdf", PDF + b"\x00" * 20_000_000, 413),
    ],
)
async def test_a_file_is_what_its_content_says(officer: Officer, note: Json, name: str, content: bytes, status: int) -> None:
    letter = (await officer.make("/correspondence", note))["id"]
    answer = await attach(officer, letter, name, content)
    assert answer.status_code == status, answer.text
    assert len((await officer.get(f"/correspondence/{letter}"))["attachments"]) == (1 if status == 201 else 0)


async def test_r18_a_letter_and_its_files_show_to_those_who_may_know_of_them(
    officer: Officer, note: Json, as_: Callable[..., Headers]
) -> None:
    letter = await officer.make("/correspondence", note | {"label": {"sensitivity": "strictly-confidential"}})
    attachment = (await attach(officer, letter["id"], "note.pdf", PDF)).json()["id"]
    addresses = [f"/v1/correspondence/{letter['id']}", f"/v1/correspondence/{letter['id']}/attachments/{attachment}/content"]
    for address in addresses:
        assert (await officer.client.get(address, headers=as_("analyst", access="confidential"))).status_code == 404
        assert (await officer.client.get(address, headers=as_("partner", organization="osce"))).status_code == 403
        assert (await officer.client.get(address, headers=as_("analyst"))).status_code == 200
    other = await officer.make("/correspondence", note)
    assert (
        await officer.client.get(f"/v1/correspondence/{other['id']}/attachments/{attachment}/content", headers=officer.headers)
    ).status_code == 404


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"handled_on": "2026-11-01"}, ""),
        ({"reply_by": "2026-11-01"}, ""),
        ({"dated_on": "2026-02-30"}, "/dated_on"),
        ({"direction": "sideways"}, "/direction"),
        ({"answers": "01939c5e-7a10-7c3e-9d52-3f0a6b1c2d4e"}, "/answers"),
        ({"engagement": "01939c5e-7a10-7c3e-9d52-3f0a6b1c2d4e"}, "/engagement"),
        ({"subject": ""}, "/subject"),
    ],
)
async def test_what_makes_no_sense_is_refused_by_name(officer: Officer, note: Json, change: Json, pointer: str) -> None:
    refused = await officer.post("/correspondence", note | change)
    assert refused.status_code == 422
    assert pointer in [each["pointer"] for each in refused.json()["errors"]]
    assert (await officer.post("/correspondence", note)).status_code == 201


async def test_a_reference_taken_by_what_was_rolled_back_is_given_to_the_next(
    officer: Officer, note: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = int((await officer.make("/correspondence", note))["reference"].split("-")[-1])

    async def torn(*_: Any) -> None:
        raise OSError("the disk is full")

    # The number is taken, and what comes behind it in the same transaction fails.
    with monkeypatch.context() as fault:
        fault.setattr(actions, "announce", torn)
        assert (await officer.post("/correspondence", note)).status_code == 500
    assert int((await officer.make("/correspondence", note))["reference"].split("-")[-1]) == first + 1


async def test_one_file_at_two_letters_is_kept_once_and_seen_at_each(officer: Officer, note: Json) -> None:
    letters = [await officer.make("/correspondence", note) for _ in range(2)]
    content = PDF + uuid4().hex.encode()
    for number, letter in enumerate(letters):
        files = {"file": (f"note {number}.pdf", content, "application/pdf")}
        path = f"/v1/correspondence/{letter['id']}/attachments"
        attached = (await officer.client.post(path, files=files, headers=officer.headers)).json()
        given = await officer.client.get(f"{path}/{attached['id']}/content", headers=officer.headers)
        assert (attached["name"], given.content) == (f"note {number}.pdf", content)
    database: Any = officer.client.app.state.database  # type: ignore[attr-defined]
    query = "select count(*) from attachment_contents where sha256 = :digest"
    async with database.transaction(system_principal("liaison")) as session:
        kept = (await session.execute(text(query), {"digest": hashlib.sha256(content).hexdigest()})).scalar_one()
    assert kept == 1


async def test_the_note_that_carries_a_request_is_in_the_register(officer: Officer, note: Json) -> None:
    sent = await officer.make("/correspondence", note)
    answered = await officer.make("/correspondence", note | {"direction": "in"})
    party = await officer.party()
    body = {"country": "TJK", "parties": [party["id"]], "themes": ["border"], "basis": "oral"}
    body |= {"valid_from": "2020-01-01T00:00:00Z", "valid_until": "2031-01-01T00:00:00Z"}
    for wrong in ("NVO-2026-9999", answered["reference"]):
        refused = await officer.post("/concurrences", body | {"carried_by": wrong})
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/carried_by"), wrong
    asked = await officer.make("/concurrences", body | {"carried_by": sent["reference"]})
    assert (await officer.make("/concurrences", body | {"carried_by": "NV/2007/14"}))["carried_by"] == "NV/2007/14"

    for path, wrong in (("grant", sent["reference"]), ("grant", "NVI-2026-9999")):
        refused = await officer.post(f"/concurrences/{asked['id']}/{path}", {"answered_by": wrong})
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/answered_by")
    await officer.step(f"/concurrences/{asked['id']}/grant")
    assert (await officer.post(f"/concurrences/{asked['id']}/confirm", {"answered_by": sent["reference"]})).status_code == 422
    confirmed = await officer.step(f"/concurrences/{asked['id']}/confirm", {"answered_by": answered["reference"]})
    assert confirmed["answered_by"] == answered["reference"]
