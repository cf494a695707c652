"""CSV and vCard 4.0 in and out."""

from typing import Any
from uuid import uuid4

import pytest

from tests.services.liaison.contacts.conftest import Desk, new_name

Json = dict[str, Any]
CARD = (
    "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:{name}\r\nEMAIL;TYPE=work:{mail}\r\n"
    "ORG:Ministry;Waters\r\nTITLE:Deputy\r\nNOTE:a\\, b\r\nEND:VCARD\r\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251"])
async def test_a_csv_is_read_in_the_encoding_it_was_saved_in(desk: Desk, encoding: str) -> None:
    surname = new_name().split()[0]
    rows = f"name,purpose,notes\nСергей {surname},Переговоры о воде,Говорит по-русски и по-таджикски\n"
    answer = await desk.send(rows.encode(encoding))
    assert answer.status_code == 200, answer.text
    assert answer.json()["entered"] == 1
    assert (await desk.get(f"/contacts/{answer.json()['rows'][0]['id']}"))["name"] == f"Сергей {surname}"


async def test_a_refused_row_is_named_and_its_neighbours_are_kept(desk: Desk) -> None:
    known, good = await desk.enter(), new_name()
    rows = [f"{good},Talks,,2024-01-01,Deputy,Ministry", f"{new_name()},,,,,", f"{known['name']},Talks,,,,", "only,two"]
    rows += [f"{new_name()},Talks,not-a-mail\x00,,,", f"{new_name()},Talks,,,Deputy,"]
    raw = "\n".join(["name,purpose,notes,position_from,position_title,position_organization", *rows])
    answer = (await desk.send(raw.encode())).json()
    assert [each["state"] for each in answer["rows"]] == ["entered", *["refused"] * 5]
    assert answer["rows"][2]["duplicates"] == [known["id"]]
    assert all(each["reasons"] for each in answer["rows"][1:])
    assert len(await desk.find(q=good)) == 1


@pytest.mark.parametrize(
    ("raw", "status", "problem"),
    [
        (",".join(f"column{n}" for n in range(200)).encode(), 422, "/invalid"),
        (b"purpose\nTalks", 422, "/invalid"),
        (b"", 422, "/invalid"),
        ("name,notes\nСергей,x\n".encode() + "Сергей,y\n".encode("windows-1251"), 400, "/unreadable"),
        (b"\xff\xfen\x00a\x00m", 400, "/unreadable"),
        (b"name,purpose\n" + b"x,y\n" * 2001, 413, "/too-many-rows"),
    ],
)
async def test_what_is_no_file_of_contacts_is_refused_as_a_whole(desk: Desk, raw: bytes, status: int, problem: str) -> None:
    before = await desk.find(limit="200")
    answer = await desk.send(raw, purpose="Talks")
    assert answer.status_code == status, answer.text
    assert answer.json()["type"].endswith(problem)
    assert await desk.find(limit="200") == before, "nothing of it was entered"


async def test_other_media_are_refused(desk: Desk) -> None:
    assert (await desk.send(b"{}", "application/json")).status_code == 415


async def test_a_csv_out_computes_nothing_and_comes_back_equal(desk: Desk, head: Desk) -> None:
    name = new_name()
    channel = {"kind": "phone", "value": f"+{uuid4().int % 10**12}"}
    person = await desk.enter(name=name, notes="=HYPERLINK(1)", channels=[channel], countries=["TJK", "KGZ"], other_names=["@alias"])
    answer = await desk.client.get("/v1/contacts/file.csv", params={"q": name}, headers=desk.headers)
    assert answer.headers["content-type"].startswith("text/csv")
    cells = [cell for line in answer.content.decode("utf-8-sig").splitlines()[1:] for cell in line.split(",")]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    await head.post(f"/contacts/{person['id']}/erase", {"reason": "To enter it again."})
    again = (await desk.send(answer.content)).json()
    back = await desk.get(f"/contacts/{again['rows'][0]['id']}")
    for field in ("name", "latin_name", "notes", "channels", "countries", "other_names", "purpose", "review_on"):
        assert back[field] == person[field], field


async def test_vcards_come_in_and_go_out_and_come_back_equal(desk: Desk, head: Desk) -> None:
    name, mail = f"Юсуф {new_name()}", f"{uuid4().hex}@example.org"
    answer = await desk.send(CARD.format(name=name, mail=mail).encode(), "text/vcard", purpose="From a card")
    assert answer.json()["entered"] == 1, answer.text
    person = await desk.get(f"/contacts/{answer.json()['rows'][0]['id']}")
    assert (person["name"], person["notes"], person["purpose"]) == (name, "a, b", "From a card")
    assert person["positions"][0]["organization"] == "Ministry / Waters"
    out = await desk.client.get("/v1/contacts/file.vcf", params={"q": name}, headers=desk.headers)
    assert out.headers["content-type"].startswith("text/vcard")
    assert all(len(line) <= 75 for line in out.content.split(b"\r\n"))
    await head.post(f"/contacts/{person['id']}/erase", {"reason": "To enter it again."})
    again = (await desk.send(out.content, "text/vcard")).json()
    back = await desk.get(f"/contacts/{again['rows'][0]['id']}")
    for field in ("name", "latin_name", "notes", "channels", "purpose"):
        assert back[field] == person[field], field
    assert back["positions"][0]["valid_from"] == person["positions"][0]["valid_from"]


async def test_broken_cards_are_refused_by_number_and_others_kept(desk: Desk) -> None:
    good = CARD.format(name=new_name(), mail=f"{uuid4().hex}@example.org")
    old, torn, lineless = good.replace("4.0", "3.0"), good.replace("END:VCARD\r\n", ""), good.replace("ORG:", "ORG ")
    answer = (await desk.send((old + lineless + torn + good).encode(), "text/vcard", purpose="Cards")).json()
    assert [each["state"] for each in answer["rows"]] == ["refused", "refused", "refused", "entered"]
    nameless = (await desk.send(b"BEGIN:VCARD\r\nVERSION:4.0\r\nEND:VCARD", "text/vcard", purpose="Cards")).json()
    assert nameless["rows"][0]["reasons"]


HELD = ("title", "organization", "valid_from", "valid_until")


@pytest.mark.parametrize(("file", "media"), [("file.csv", "text/csv"), ("file.vcf", "text/vcard")])
async def test_several_positions_go_out_and_come_back(desk: Desk, head: Desk, file: str, media: str) -> None:
    posts = [
        {"organization": "Ministry; Department of Waters", "title": "Deputy", "valid_from": "2020-01-01"},
        {"organization": "Academy", "title": "Professor", "valid_from": "2021-05-01", "valid_until": "2040-01-01"},
    ]
    person = await desk.enter(name=new_name(), positions=posts)
    out = await desk.client.get(f"/v1/contacts/{file}", params={"q": person["name"]}, headers=desk.headers)
    await head.post(f"/contacts/{person['id']}/erase", {"reason": "To enter it again."})
    again = (await desk.send(out.content, media)).json()
    assert again["entered"] == 1, again
    back = await desk.get(f"/contacts/{again['rows'][0]['id']}")
    kept = [{name: each[name] for name in HELD} for each in back["positions"]]
    separated = {"file.csv": "Ministry, Department of Waters", "file.vcf": "Ministry / Department of Waters"}[file]
    expected = [posts[1], posts[0] | {"organization": separated, "valid_until": None}]
    assert kept == expected


async def test_a_row_that_says_of_more_posts_than_titles_is_refused(desk: Desk) -> None:
    header = "name,purpose,position_title,position_organization"
    rows = [f"{new_name()},Talks,Deputy;Professor,Ministry", f"{new_name()},Talks,Deputy;Professor,Ministry;Academy"]
    answer = (await desk.send("\n".join([header, *rows]).encode())).json()
    assert [each["state"] for each in answer["rows"]] == ["refused", "entered"]
    assert "more positions" in answer["rows"][0]["reasons"][0]


async def test_a_card_of_another_programme_with_two_posts_brings_both(desk: Desk) -> None:
    posts = "ORG:Ministry\r\nTITLE:Deputy\r\nitem1.ORG:Academy\r\nitem1.TITLE:Professor"
    card = f"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:{new_name()}\r\n{posts}\r\nEND:VCARD\r\n"
    answer = (await desk.send(card.encode(), "text/vcard", purpose="From a card")).json()
    found = await desk.get(f"/contacts/{answer['rows'][0]['id']}")
    assert {(each["organization"], each["title"]) for each in found["positions"]} == {("Ministry", "Deputy"), ("Academy", "Professor")}
