"""Lists open in under a second at 100,000 contacts, through the API and under row-level security."""

import time
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest

from chassis.columns import new_id
from chassis.principal import system_principal
from chassis.visibility import parameters
from deploy.postgres.bootstrap import DatabaseUrls
from services.liaison.contacts.rules import latin, searchable
from tests.services.liaison.contacts.conftest import Desk

MANY = 100_000
FIRST = ["Сергей", "Раҳмон", "Айгүл", "Бахтиёр", "احمد", "Gulnora", "Жомарт", "Meret", "Чыңгыз", "Dilnoza"]
LAST = ["Каримов", "Toqaev", "Мамытова", "Atayev", "Юсуфзода", "محمودی", "Rahimov", "Эргашев", "Nazarov", "Байрамов"]
COLUMNS = "id, created_at, updated_at, version, state, name, latin_name, other_names, languages, channels, contact_countries, purpose, "
COLUMNS += "review_on, search, sensitivity, tlp, originator, themes, countries, releasable_to, readers"
LABEL = "1, 'AMBER', 'centre', '{}', '{TJK}', '{}', '{}'"


@pytest.fixture
def many(databases: dict[str, DatabaseUrls]) -> Any:
    """100,000 contacts, copied into a staging table and placed by one statement; gone again at the end."""
    spelled: dict[str, str] = {}
    mark = uuid4().hex[:8]
    with psycopg.connect(databases["liaison"].owner_url.replace("+psycopg", "")) as connection:
        for key, value in parameters(system_principal("liaison")).items():
            connection.execute("select set_config(%s, %s, false)", [key, value])
        connection.execute("create temp table staged (id uuid, name text, latin text, search text)")
        with connection.cursor().copy("copy staged from stdin") as copy:
            for number in range(MANY):
                name = f"{FIRST[number % 10]} {LAST[number // 10 % 10]} {mark}{number % 1000:03d}"
                found = spelled.get(name) or spelled.setdefault(name, searchable([name], []))
                copy.write_row((new_id(), name, latin(name), found))
        connection.execute(
            f"insert into contacts ({COLUMNS}) select id, now(), now(), 1, 'active', name, latin, '{{}}', '{{}}', '[]', '{{TJK}}',"
            f" 'Measured', current_date + 100, search, {LABEL} from staged".encode()
        )
        connection.commit()
        connection.execute("analyze contacts")
        connection.commit()
        yield mark
        connection.execute("delete from contacts where purpose = 'Measured'")
        connection.commit()


async def seconds(desk: Desk, **query: str) -> tuple[float, int]:
    """How long the first page takes, and how many it shows."""
    began = time.perf_counter()
    found = await desk.find(**query)
    return time.perf_counter() - began, len(found)


async def test_lists_and_searches_of_100_000_contacts_open_in_under_a_second(
    liaison: httpx.AsyncClient, many: str, as_: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    narrow = Desk(liaison, as_("political-officer", access="confidential", countries=["TJK"]))
    elsewhere = Desk(liaison, as_("political-officer", access="confidential", countries=["UZB"]))
    await seconds(narrow)
    cases = {"plain": {}, "common": {"q": "Sergei"}, "two words": {"q": "Сергей Karimov"}, "rare": {"q": f"احمد {many}504"}}
    cases |= {"nobody": {"q": "Zzyzx"}, "country": {"country": "TJK"}}
    for name, query in cases.items():
        took, shown = await seconds(narrow, **query)
        with capsys.disabled():
            print(f"  {name}: {took * 1000:.0f} ms, {shown} shown")
        assert took < 1.0, name
        assert (shown > 0) == (name != "nobody")
    took, shown = await seconds(elsewhere, q="Sergei Karimov")
    assert (took < 1.0, shown) == (True, 0)
