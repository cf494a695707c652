"""Alerts and translations of before: the migration gives them the chain and the words that newer ones have from the start (R5)."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from chassis.columns import new_id
from deploy.migrations import upgrade
from deploy.postgres.bootstrap import DatabaseUrls
from deploy.postgres.server import PostgresAddress
from tests.databases import database_at
from tests.services.reports.feeds.reading import CAP, accepted, read
from tests.services.reports.feeds.test_cap import alert

SENDER, SENT = "hydromet@example.tj", "2026-03-01T10:00:00+05:00"
FEED = """
    insert into feeds (id, name, organization, trust, expected_interval_minutes, configured, country, default_sensitivity,
        default_tlp, default_releasable_to, adapter, leads_only, version, created_at, updated_at, sensitivity, tlp, originator,
        themes, countries, releasable_to, readers)
    values ('alerts', 'Exercise', 'unct-tjk', 'high', 60, true, 'TJK', 'unclassified',
        'GREEN', '{}', 'cap', false, 1, now(), now(), 0, 'GREEN', 'unct-tjk', '{}', '{TJK}', '{}', '{}')
"""
STORED = """
    insert into observations (id, created_at, updated_at, version, submission_id, row, feed, source, originator, readers, external_id,
        occurred_at, subject_themes, title, text, figures, content_hash, located, regions, spelled, sensitivity, tlp, themes, countries,
        releasable_to, incident_id, themes_by_rule)
    values (%(id)s, now(), now(), 1, %(id)s, 1, 'alerts', 'unct-tjk', 'unct-tjk', '{}', %(external_id)s, %(occurred_at)s, '{}', %(title)s,
        %(text)s, '{}', %(id)s::text::bytea, '{}', '{}', '{canal24}', 0, 'GREEN', '{}', '{TJK}', '{}', %(id)s, false)
"""
TRANSLATED = """
    insert into translations (id, created_at, updated_at, observation_id, language, title, text, translated_by)
    values (%s, now(), now(), %s, %s, %s, %s, 'analyst')
"""
FOUND = "select count(*) as number from observations where translated @@ phraseto_tsquery('russian', %s)"
TABLES = ("feeds", "observations", "translations")


@pytest.fixture
def urls(postgres_address: PostgresAddress, worker_id: str) -> Iterator[DatabaseUrls]:
    """A database as the release before kept it."""
    with database_at(postgres_address, "reports", "0016", worker_id) as made:
        yield made


def _stored(**more: str) -> dict[str, Any]:
    """An alert as its adapter read it, under a key of its own."""
    [native] = accepted(read("cap", CAP, alert(**more)))
    return {"id": new_id()} | {name: native[name] for name in ("external_id", "occurred_at", "title", "text")}


def _before(urls: DatabaseUrls) -> None:
    first = _stored()
    update = _stored(identifier="A2", msgType="Update", sent="2026-03-01T12:00:00+05:00", references=f"{SENDER},A1,{SENT}")
    with psycopg.connect(urls.owner_url.replace("+psycopg", "")) as connection:
        for table in TABLES:
            connection.execute(f"alter table {table} no force row level security".encode())
        connection.execute(FEED)
        for each in (first, update):
            connection.execute(STORED, each)
        for language, title in (("en", "Landslide"), ("en", "Mudflow"), ("ru", "Сель")):
            connection.execute(TRANSLATED, (new_id(), first["id"], language, title, "In the upper valley."))
        for table in TABLES:
            connection.execute(f"alter table {table} force row level security".encode())


def test_r5_what_was_stored_before_has_its_chain_and_its_translations_are_found(urls: DatabaseUrls) -> None:
    _before(urls)
    upgrade("reports", urls.owner_url)
    with psycopg.connect(urls.owner_url.replace("+psycopg", ""), row_factory=dict_row) as connection:
        connection.execute("alter table observations no force row level security")
        chains = connection.execute("select feed, message, chain from chained_messages order by message").fetchall()
        said = connection.execute(
            "select extract(hour from said_at at time zone 'UTC')::int as hour from observations order by 1"
        ).fetchall()
        known = connection.execute("select word from spellings where word in ('canal24', 'mudflov', 'landslide') order by 1").fetchall()
        words = [connection.execute(FOUND, [each]).fetchone() for each in ("upper valley", "mudflows", "сели", "landslide")]
    key = f"cap-{SENDER},A1"
    assert chains == [{"feed": "alerts", "message": f"cap-{SENDER},{name}", "chain": key} for name in ("A1", "A2")]
    assert [each["hour"] for each in said] == [5, 7]
    assert [each and each["number"] for each in words] == [1, 1, 1, 0], "the last into a language holds"
    assert [each["word"] for each in known] == ["canal24", "mudflov"], "what begins or is misspelled is looked for among these"
