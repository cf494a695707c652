"""R19: our own office closes by the same command, and importing what it made gives equal content."""

import io
import json
import zipfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.environment import Surroundings
from deploy.migrations import upgrade
from deploy.postgres.bootstrap import DatabaseUrls, drop_database, prepare_database
from deploy.postgres.server import PostgresAddress
from services.liaison.app import create_app
from tests.clients import Headers
from tests.conftest import running
from tests.services.liaison.handover.conftest import Head
from tests.services.liaison.handover.packages import contact, engagement, party, series, whole

Json = dict[str, Any]
BODY = {
    "office": "centre",
    "name": "The Centre",
    "countries": ["TJK", "UZB"],
    "period_begin": "2007-12-10",
    "period_end": "2030-12-31",
    "prepared_at": "2031-01-01T00:00:00Z",
}


@pytest.fixture
def emptied(postgres_address: PostgresAddress, worker_id: str) -> Iterator[list[DatabaseUrls]]:
    """Two empty databases of liaison."""
    names = [f"test_{worker_id}_office_{n}" for n in (1, 2)]
    urls = [prepare_database(postgres_address, "liaison", name) for name in names]
    for each in urls:
        upgrade("liaison", each.owner_url)
    yield urls
    for name in names:
        drop_database(postgres_address, name)


@pytest.fixture
async def offices(
    emptied: list[DatabaseUrls], surroundings: Surroundings, as_: Callable[..., Headers], tmp_path: Path
) -> AsyncIterator[list[Head]]:
    """Two offices, each with its own database."""
    heads = []
    async with AsyncExitStack() as stack:
        for number, urls in enumerate(emptied):
            around = replace(surroundings, database_urls=dict(surroundings.database_urls) | {"liaison": urls.app_url})
            client: httpx.AsyncClient = await stack.enter_async_context(running(create_app, "liaison", around))
            folder = tmp_path / str(number)
            folder.mkdir()
            heads.append(Head(client, as_("head-of-centre"), folder))
        yield heads


def content_of(package: bytes) -> dict[str, list[str]]:
    """The records by kind, sorted, and the attachments."""
    found: dict[str, list[str]] = {}
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        for name in archive.namelist():
            kind = name.split("/")[-2]
            if name.endswith(".ndjson"):
                found[kind] = sorted(found.get(kind, []) + archive.read(name).decode().splitlines())
            elif kind == "attachments":
                found[kind] = sorted([*found.get(kind, []), name.rsplit("/", 1)[1]])
    return found


async def exported(head: Head) -> bytes:
    """The package of an office, over the API."""
    answer = await head.post("/export", BODY)
    assert answer.status_code == 200, answer.text
    return answer.content


async def review_all(head: Head, key: str) -> None:
    """Each series as the giving office labelled it."""
    for each in await head.get(f"/handovers/{key}/series"):
        if each["addressee"] == "centre":
            assert (await head.post(f"/{key}/series/{each['series']}/review", {"reason": "As given."})).status_code == 200


async def test_r19_importing_our_own_export_into_an_empty_office_gives_equal_content(offices: list[Head]) -> None:
    ours, successor = offices
    ministry = party(2, kind="government", name="Министерство", names=[{"language": "en", "name": "Ministry"}])
    promise = {
        "external_id": "M-1",
        "engagement": "E-1",
        "promised_by": "P-1",
        "text": "To send the list.",
        "due_on": "2008-01-01",
        "state": "open",
    }
    parts = [
        series("parties", [ministry, party(1, parent="P-2")]),
        series("contacts", [contact(1), contact(2, merged_into="C-1", channels=[{"kind": "phone", "value": "+992 1"}])]),
        series("engagements", [engagement(1, reference="TJ/04/17", under_concurrences=["K-1"], contacts=["C-1"], place="Dushanbe")]),
        series("commitments", [promise]),
        *whole()[3:5],
    ]
    old = await ours.imported(parts)
    await review_all(ours, old["id"])
    made = await ours.client.post("/v1/parties", json={"kind": "un-entity", "name": "UNAMA", "countries": ["AFG"]}, headers=ours.headers)
    assert made.status_code == 201

    first = await exported(ours)
    answer = await successor.send(first)
    assert answer.status_code == 202, answer.text
    assert sum(each["would_quarantine"] for each in answer.json()["forecast"]) == 0, answer.json()["forecast"]
    taken = await successor.finish(answer.json()["id"])
    await review_all(successor, taken["id"])
    second = await exported(successor)

    before, after = content_of(first), content_of(second)
    assert {kind: len(lines) for kind, lines in before.items()} == {
        "parties": 3, "contacts": 2, "engagements": 1, "commitments": 1, "concurrences": 1, "reports": 1, "attachments": 1,
    }  # fmt: skip
    for kind, lines in before.items():
        assert lines == after[kind], f"{kind} came back changed"
    person = next(each for each in map(json.loads, before["contacts"]) if "merged_into" not in each)
    assert person["positions"][0]["title"] == "Secretary"


async def test_labels_are_respected_by_who_exports(offices: list[Head], as_: Callable[..., Headers]) -> None:
    ours = offices[0]
    for country in ("TJK", "UZB"):
        body = {"kind": "other-party", "name": f"Group of {country}", "countries": [country]}
        assert (await ours.client.post("/v1/parties", json=body, headers=ours.headers)).status_code == 201
    narrow = Head(ours.client, as_("head-of-centre", countries=["TJK"]), ours.folder)
    assert len(content_of(await exported(ours))["parties"]) == 2
    assert [json.loads(each)["name"] for each in content_of(await exported(narrow))["parties"]] == ["Group of TJK"]


async def test_r17_what_was_exported_is_in_the_audit_trail(offices: list[Head], as_: Callable[..., Headers]) -> None:
    ours = offices[0]
    made = await ours.client.post("/v1/parties", json={"kind": "un-entity", "name": "UNAMA", "countries": ["AFG"]}, headers=ours.headers)
    await exported(ours)
    rows = (await ours.client.get("/audit", headers=as_("auditor"))).json()
    assert any(row["operation"] == "exportHandover" and made.json()["id"] in row["ids"] for row in rows)
