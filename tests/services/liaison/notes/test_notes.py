"""Notes to file: an author's draft, an immutable record, evidence; and the readout the Head makes public."""

from collections.abc import Callable

import httpx
from sqlalchemy import text

from chassis.database import Database
from chassis.principal import system_principal
from tests.clients import Headers
from tests.services.liaison.conftest import Json, Officer

TEXT: Json = {"title": "Talks on the border", "statements": [{"text": "EXERCISE: they would meet again in June."}]}


async def held(officer: Officer) -> Json:
    """An engagement held under a concurrence."""
    party = await officer.party()
    await officer.concurrence("TJK", [party["id"]])
    meeting = await officer.engagement([party["id"]])
    await officer.step(f"/engagements/{meeting['id']}/schedule")
    return await officer.step(f"/engagements/{meeting['id']}/hold")


async def test_a_note_is_drafted_by_its_author_filed_once_and_reports_its_engagement(
    officer: Officer, head: Officer, database: Database
) -> None:
    planned = await officer.engagement([(await officer.party())["id"]])
    assert (await officer.post("/notes-to-file", TEXT | {"engagement": planned["id"]})).status_code == 409
    meeting = await held(officer)
    note = await officer.make("/notes-to-file", TEXT | {"engagement": meeting["id"]})
    assert note["label"]["sensitivity"] == "confidential"
    path = f"/v1/notes-to-file/{note['id']}"
    assert (await head.client.get(path, headers=head.headers)).status_code == 404, "a draft is its author's"
    assert (await head.post(f"/notes-to-file/{note['id']}/file")).status_code == 404
    edited = await officer.client.put(path, json=TEXT | {"title": "Talks"}, headers=officer.headers | {"if-match": '"1"'})
    assert (edited.status_code, edited.json()["version"]) == (200, 2)
    stale = await officer.client.put(path, json=TEXT, headers=officer.headers | {"if-match": '"1"'})
    assert stale.status_code == 412

    filed = await officer.step(f"/notes-to-file/{note['id']}/file")
    assert (filed["state"], filed["title"]) == ("filed", "Talks")
    assert (await officer.get(f"/engagements/{meeting['id']}"))["state"] == "reported"
    assert (await head.get(f"/notes-to-file/{note['id']}"))["statements"] == filed["statements"]
    changed = await officer.client.put(path, json=TEXT, headers=officer.headers | {"if-match": "*"})
    assert (changed.status_code, changed.json()["type"].rsplit("/", 1)[-1]) == (409, "wrong-state")
    async with database.transaction(system_principal("liaison")) as session:
        told = text("select event->'data' from outbox where type = 'liaison.notes.filed.v1' and event->>'subject' = :subject")
        data = (await session.execute(told, {"subject": f"note-to-file/{note['id']}"})).scalar_one()
    assert (data["engagement"], data["concurrences"]) == (meeting["id"], meeting["concurrences"])
    assert "EXERCISE" not in str(data), "an event names, and quotes nothing"


async def test_a_readout_is_public_once_the_head_approved_what_somebody_else_wrote(
    officer: Officer, head: Officer, liaison: httpx.AsyncClient, as_: Callable[..., Headers]
) -> None:
    meeting = await held(officer)
    note = await officer.make("/notes-to-file", TEXT | {"engagement": meeting["id"]})
    readout = f"/notes-to-file/{note['id']}/readout"
    words = {"title": "Readout", "text": "The Centre met a party."}
    assert (await officer.post(readout, words)).status_code == 409, "the note is no record yet"
    await officer.step(f"/notes-to-file/{note['id']}/file")
    drafted = await officer.make(readout, words)
    assert (drafted["label"]["sensitivity"], drafted["label"]["tlp"]) == ("unclassified", "CLEAR")
    assert (await officer.post(readout, words)).status_code == 409
    assert (await officer.post(f"{readout}/approve")).status_code == 403
    await head.client.put(f"/v1{readout}", json=words, headers=head.headers | {"if-match": "*"})
    own = await head.post(f"{readout}/approve")
    assert (own.status_code, own.json()["type"].rsplit("/", 1)[-1]) == (403, "own-text")
    await officer.client.put(f"/v1{readout}", json=words, headers=officer.headers | {"if-match": "*"})
    assert (await head.step(f"{readout}/approve"))["state"] == "approved"
    assert (await officer.client.put(f"/v1{readout}", json=words, headers=officer.headers | {"if-match": "*"})).status_code == 409

    public = Officer(liaison, as_("analyst", access="unclassified"))
    assert (await public.get(readout))["text"] == words["text"]
    assert (await public.client.get(f"/v1/notes-to-file/{note['id']}", headers=public.headers)).status_code == 404
