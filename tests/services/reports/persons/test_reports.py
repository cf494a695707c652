"""Names of persons in reports: withheld from sister missions and in documents, and where they stand is told to who releases (R4)."""

import random
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from pypdfium2 import PdfDocument
from sqlalchemy import select

from chassis.principal import system_principal
from chassis.tables import OutboxRow
from tests.services.reports.conftest import Desk, Make
from tests.services.reports.drafts import citing, report, statement

Json = dict[str, Any]
OPEN = {"sensitivity": "unclassified", "tlp": "GREEN", "releasable_to": ["hq", "unama", "osce"]}


@pytest.fixture
async def issued(desk: Make, analyst: Desk, tajik_team: Desk, row: Callable[..., Json]) -> Json:
    """An issued report whose text names a person by rule, and one whom only the incident it cites names."""
    told = row(
        title="The one called grey wolf was seen", text="Commander Zarbat fled.", label=OPEN | {"releasable_to": ["hq", "unama", "osce"]}
    )
    await tajik_team.deliver("unct-tjk", [told])
    incident = await analyst.incident_of(told)
    await analyst.post(f"/observations/{(await analyst.observation_of(told))['id']}/persons", {"words": "grey wolf"}, 201)
    await analyst.post(f"/incidents/{incident['id']}/grade", {"reliability": "B", "credibility": 2})
    said = statement("Jamshed Karimov met grey wolf; Zarbat left. Карим Рахимов остался.", evidence=citing(incident))
    made = await analyst.post("/reports", report(said, title=f"Karimov {random.getrandbits(30)}", label=OPEN), 201)
    head = desk("head-of-centre")
    for step, by in {"submit": analyst, "review": desk("reviewer"), "clear": head, "issue": head}.items():
        made = await by.post(f"/reports/{made['id']}/{step}")
    return made


def office(desk: Make, organization: str) -> Desk:
    """A sister office."""
    return desk("office", organization=organization, client_id=organization)


def words(shown: Json) -> str:
    """The one statement."""
    return str(shown["sections"][0]["statements"][0]["text"])


async def text_of(desk: Desk, path: str, **params: Any) -> str:
    """The text of a document."""
    answer = await desk.call("GET", path, params=params)
    assert answer.status_code == 200, answer.text
    if path.endswith("html"):
        return answer.text
    with PdfDocument(answer.content) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)


async def test_r4_a_sister_mission_reads_reports_without_names_and_headquarters_with_them(desk: Make, issued: Json) -> None:
    shown = await office(desk, "unama").get(f"/reports/{issued['id']}")
    assert words(shown) == "[name withheld] met [name withheld]; [name withheld] left. [name withheld] остался."
    assert shown["title"].startswith("[name withheld] ")
    listed = (await office(desk, "unama").get("/reports", limit=200))["items"]
    assert [each for each in listed if each["id"] == issued["id"]] == [shown]
    assert words(await office(desk, "hq").get(f"/reports/{issued['id']}")) == words(issued)


@pytest.mark.parametrize("form", ["html", "pdf"])
async def test_r4_documents_hold_no_names_unless_asked_with_a_reason(form: str, desk: Make, analyst: Desk, issued: Json) -> None:
    path = f"/reports/{issued['id']}/{form}"
    for reader in (analyst, office(desk, "hq"), office(desk, "unama")):
        plain = await text_of(reader, path)
        assert "[name withheld] met [name withheld]" in plain
        assert not any(name in plain for name in ("Karimov", "grey wolf", "Zarbat", "Рахимов"))
    assert "[имя не указано] met" in await text_of(analyst, path, locale="ru")
    assert (await analyst.get(path, 422, names="shown"))["type"].endswith("/reason-needed")
    assert (await office(desk, "unama").get(path, 403, names="shown", reason="To know"))["type"].endswith("/names-withheld")
    for reader in (analyst, office(desk, "hq")):
        assert "Jamshed Karimov met grey wolf" in await text_of(reader, path, names="shown", reason="For the Secretary-General")
    noted = (await desk("head-of-centre").get("/names-shown", limit=2))["items"]
    assert {each["shown_by"] for each in noted} == {"analyst", "hq"}
    assert {each["operation"] for each in noted} == {f"readReport{form.title()}"}


async def test_r4_a_draft_leaves_the_house_without_names_too(analyst: Desk) -> None:
    made = await analyst.post("/reports", report(statement("Jamshed Karimov left.", kind="gap")), 201)
    assert words(await analyst.get(f"/reports/{made['id']}")) == "Jamshed Karimov left."
    assert "[name withheld] left." in await text_of(analyst, f"/reports/{made['id']}/html")


async def test_r4_where_names_stand_is_told_before_the_report_is(reports: httpx.AsyncClient, issued: Json) -> None:
    async with reports.app.state.database.transaction(system_principal("reports")) as session:  # type: ignore[attr-defined]
        query = select(OutboxRow).where(OutboxRow.event["data"]["id"].astext == issued["id"]).order_by(OutboxRow.seq.desc()).limit(2)
        told, named = (await session.execute(query)).scalars().all()
    assert [named.type, told.type] == ["reports.persons.named.v1", "reports.production.issued.v1"]
    data = named.event["data"]
    assert (data["authors"], data["places"]["persons"], data["places"]["title"]) == (["analyst"], 4, [[0, 7]])
    assert [words(issued)[start:end] for start, end in data["places"]["sections"][0]["statements"][0]] == [
        "Jamshed Karimov", "grey wolf", "Zarbat", "Карим Рахимов",
    ]  # fmt: skip
    assert "Karimov" not in str(data)
