"""Retention: what is too old goes, what something needs stays, and nothing else may be deleted."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from pydantic import ValidationError

from chassis.database import Database
from chassis.reactions import Reactions
from chassis.retention import BATCH, Bound, own_bounds, retire
from chassis.settings import Settings
from deploy.environment import Surroundings, service_environment
from deploy.migrations import upgrade
from deploy.postgres.bootstrap import DatabaseUrls, drop_database, prepare_database
from deploy.postgres.server import PostgresAddress
from services.gateway.app import SERVICE as GATEWAY
from services.gateway.settings import GatewaySettings
from services.reports.app import SERVICE as REPORTS
from tests.conftest import environment_of

Urls = dict[str, DatabaseUrls]
Bounds = list[Bound]
Run = Callable[[str, str], list[tuple[Any, ...]]]
LABEL = "0, 'CLEAR', 'centre', '{}', '{}', '{}', '{}'"
LABELS = "sensitivity, tlp, originator, themes, countries, releasable_to, readers"
EVENT = f"insert into events (id, type, time, version, subject_type, subject_id, {LABELS}) values"
OUTBOX = "insert into outbox (id, type, event, recorded_at, published_at, ordinal) values"


@pytest.fixture(scope="module")
def urls(postgres_address: PostgresAddress, worker_id: str) -> Iterator[Urls]:
    """Databases of gateway and reports that nobody else uses."""
    names = {service: f"test_retention_{service}_{worker_id}" for service in ("gateway", "reports")}
    made = {each: prepare_database(postgres_address, each, name) for each, name in names.items()}
    for service, found in made.items():
        upgrade(service, found.owner_url)
    yield made
    for name in names.values():
        drop_database(postgres_address, name)


@pytest.fixture
def run(urls: Urls, postgres_address: PostgresAddress) -> Run:
    """A statement as the superuser, whom no policy binds."""

    def execute(service: str, statement: str) -> list[tuple[Any, ...]]:
        name = urls[service].owner_url.rsplit("/", 1)[1]
        url = postgres_address.url(name).replace("+psycopg", "")
        with psycopg.connect(url, autocommit=True) as connection:
            found = connection.execute(statement.encode())
            return found.fetchall() if found.description else []

    return execute


@asynccontextmanager
async def serving(url: str) -> AsyncIterator[Database]:
    """The database under the service's role."""
    database = Database(url, Reactions(), pool_size=2)
    try:
        yield database
    finally:
        await database.close()


@pytest.fixture
def gateway_bounds(surroundings: Surroundings) -> list[Bound]:
    """As a gateway is started with them."""
    with environment_of("gateway", surroundings):
        settings = GatewaySettings()  # type: ignore[call-arg]
    return [*own_bounds(settings), *GATEWAY.bounds(settings)]


async def sweep(urls: Urls, service: str, bounds: list[Bound]) -> None:
    """Rounds until there is nothing to do."""
    async with serving(urls[service].app_url) as database:
        while await retire(database, service, bounds) == 0:
            await asyncio.sleep(0)


def key(number: int) -> str:
    return str(uuid.UUID(int=number))


async def test_outbox_keeps_what_is_not_published_or_wanted_again(urls: Urls, run: Run, gateway_bounds: Bounds) -> None:
    run("gateway", "truncate outbox, publishing")
    old = "now() - interval '200 days'"
    run(
        "gateway",
        f"{OUTBOX} ('{key(1)}', 'a', '{{}}', {old}, {old}, 1),"
        f" ('{key(2)}', 'a', '{{}}', {old}, {old}, 2), ('{key(3)}', 'a', '{{}}', {old}, {old}, 3),"
        f" ('{key(4)}', 'a', '{{}}', {old}, null, null)",
    )
    await sweep(urls, "gateway", gateway_bounds)
    assert len(run("gateway", "select 1 from outbox")) == 4, "the stream is not known"
    run("gateway", "insert into publishing values ('gateway', 's', 9, 3, 0, 1, 2)")
    await sweep(urls, "gateway", gateway_bounds)
    assert run("gateway", "select ordinal from outbox order by seq") == [(2,), (3,), (None,)]
    run("gateway", "update publishing set wanted = null")
    await sweep(urls, "gateway", gateway_bounds)
    # The last that was published stays: numbers go on behind it.
    assert run("gateway", "select ordinal from outbox order by seq") == [(3,), (None,)]
    run("gateway", f"{OUTBOX} ('{key(5)}', 'a', '{{}}', now(), now() - interval '80 days', 4)")
    run("gateway", "update publishing set ordinal = 5")
    await sweep(urls, "gateway", gateway_bounds)
    assert run("gateway", "select ordinal from outbox order by seq") == [(None,), (4,)]


AGED = {
    "inbox": (99, 101, "insert into inbox values ('{id}', 'a', {at})"),
    "idempotency_keys": (
        0.9,
        1.1,
        "insert into idempotency_keys values ('c', 'o', '{id}', 'h', 200, '{{}}', '', {at})",
    ),
    "revoked_tokens": (0.01, 0.1, "insert into revoked_tokens values ('{id}', {at})"),
}


@pytest.mark.parametrize("table", AGED)
async def test_rows_go_when_their_time_is_over(urls: Urls, run: Run, gateway_bounds: Bounds, table: str) -> None:
    young, aged, insert = AGED[table]
    run("gateway", f"truncate {table}")
    for number, days in ((1, young), (2, aged)):
        run("gateway", insert.format(id=key(number), at=f"now() - interval '{days} days'"))
    await sweep(urls, "gateway", gateway_bounds)
    kept = run("gateway", f"select {table}::text from {table}")
    assert len(kept) == 1
    assert key(1) in kept[0][0]


async def test_events_go_and_the_newest_stays(urls: Urls, run: Run, gateway_bounds: Bounds) -> None:
    run("gateway", "truncate events")
    for number, days in ((1, 95), (2, 89), (3, 94)):
        run(
            "gateway",
            f"{EVENT} ('{key(number)}', 'a', now() - interval '{days} days', 1, 'a', 'x', {LABEL})",
        )
    await sweep(urls, "gateway", gateway_bounds)
    assert run("gateway", "select id::text from events order by position") == [(key(2),), (key(3),)]


CLIENT = (
    "insert into clients (id, client_id, name, organization, roles, access, countries, state,"
    f" epoch, version, created_at, updated_at) values ('{key(1)}', 'c', 'C', 'centre', '{{}}',"
    " 'unclassified', '{}', 'active', 0, 1, now(), now()) on conflict do nothing"
)


async def test_sessions_that_ended_go(urls: Urls, run: Run, gateway_bounds: Bounds) -> None:
    run("gateway", CLIENT)
    run("gateway", "truncate browser_sessions")
    for number, ends, ended in (
        (1, "- interval '31 days'", "null"),
        (2, "+ interval '1 day'", "now() - interval '31 days'"),
        (3, "", "null"),
    ):
        run(
            "gateway",
            "insert into browser_sessions (id, client_key, hash, epoch, ends_at, ended_at,"
            f" created_at, updated_at) values ('{key(number)}', '{key(1)}', '{number}', 0,"
            f" now() {ends}, {ended}, now(), now())",
        )
    await sweep(urls, "gateway", gateway_bounds)
    assert run("gateway", "select hash from browser_sessions") == [("3",)]


async def test_deliveries_go_and_what_waits_stays(urls: Urls, run: Run, gateway_bounds: Bounds) -> None:
    run("gateway", CLIENT)
    run("gateway", "truncate webhook_deliveries, webhooks")
    stamp = "now() - interval '91 days', now() - interval '{} days'"
    run(
        "gateway",
        "insert into webhooks"
        f" (id, url, events, client_key, state, version, created_at, updated_at, {LABELS})"
        f" values ('{key(9)}', 'u', '{{}}', '{key(1)}', 'active', 1, now(), now(), {LABEL})",
    )
    for number, state, days in ((1, "delivered", 91), (2, "pending", 91), (3, "failed", 89)):
        run(
            "gateway",
            "insert into webhook_deliveries (id, webhook_id, event_id, type, payload, state,"
            f" attempts, created_at, updated_at, {LABELS}) values ('{key(number)}', '{key(9)}',"
            f" '{key(number)}', 'a', '{{}}', '{state}', 0, {stamp.format(days)}, {LABEL})",
        )
    await sweep(urls, "gateway", gateway_bounds)
    assert run("gateway", "select state from webhook_deliveries order by id") == [
        ("pending",),
        ("failed",),
    ]


async def test_parts_of_deliveries_go_once_those_have_ended(urls: Urls, run: Run) -> None:
    for number, status, days in ((1, "completed", 8), (2, "processing", 8), (3, "completed", 6)):
        run(
            "reports",
            "insert into submissions (id, feed, media_type, sha256, size, access, status,"
            " read_bytes, received, accepted, duplicate, rejected, set_aside, attempts, created_at,"
            f" updated_at, {LABELS}) values ('{key(number)}', 'f', 'm', '{number}', 1, 0,"
            f" '{status}', 1, 0, 0, 0, 0, 0, 0, now(), now() - interval '{days} days', {LABEL})",
        )
        run("reports", f"insert into delivery_parts values ('{key(number)}', 0, '')")
    await sweep(urls, "reports", REPORTS.bounds(None))
    assert run("reports", "select submission_id::text from delivery_parts order by 1") == [
        (key(2),),
        (key(3),),
    ]


def fill_audit(run: Run, seals: int = 3, rows: int = 2) -> None:
    """Seals of two rows each, all 400 days old, and a row that no seal covers."""
    run("gateway", "truncate audit, audit_seals")
    columns = "at, actor, organization, operation, ids, outcome, request_id, ordinal"
    row = f"insert into audit ({columns})"
    old = "now() - interval '400 days'"
    run(
        "gateway",
        f"{row} select {old}, 'a', 'o', 'x', '{{}}', '200', 'r', n from generate_series(1, {seals * rows}) n",
    )
    run("gateway", f"{row} values ({old}, 'a', 'o', 'x', '{{}}', '200', 'r', null)")
    run(
        "gateway",
        "insert into audit_seals (number, rows, format, upto_transaction, upto_seq, upto_ordinal,"
        f" root, previous, signature, sealed_at) select n, {rows}, 2, 0, 0, n * {rows},"
        f" 'r', 'p', 's', {old} from generate_series(1, {seals}) n",
    )


async def test_the_audit_is_kept_for_ever_and_else_cut_between_seals(urls: Urls, run: Run, gateway_bounds: Bounds) -> None:
    fill_audit(run)
    await sweep(urls, "gateway", gateway_bounds)
    assert len(run("gateway", "select 1 from audit")) == 7
    # One seal is younger than the others: what it covers stays whole.
    younger = "sealed_at = now() - interval '370 days'"
    run("gateway", f"update audit_seals set {younger} where number = 2")
    await sweep(urls, "gateway", [Bound("audit", timedelta(days=380))])
    assert run("gateway", "select number from audit_seals order by 1") == [(2,), (3,)]
    assert run("gateway", "select ordinal from audit order by 1") == [
        (3,),
        (4,),
        (5,),
        (6,),
        (None,),
    ]
    # The newest seal stays whatever is asked, and so does what is younger than a year.
    await sweep(urls, "gateway", [Bound("audit", timedelta(0))])
    assert run("gateway", "select number from audit_seals order by 1") == [(3,)]
    assert run("gateway", "select ordinal from audit order by 1") == [(5,), (6,), (None,)]


async def test_nothing_younger_than_its_floor_goes(urls: Urls, run: Run) -> None:
    run("gateway", "truncate inbox")
    run("gateway", f"insert into inbox values ('{key(1)}', 'a', now() - interval '14 days')")
    await sweep(urls, "gateway", [Bound("inbox", timedelta(days=-5))])
    assert len(run("gateway", "select 1 from inbox")) == 1


async def test_more_than_a_batch_goes_in_one_round(urls: Urls, run: Run, gateway_bounds: Bounds) -> None:
    run("gateway", "truncate inbox")
    many = "select gen_random_uuid(), 'a', now() - interval '200 days'"
    run("gateway", f"insert into inbox {many} from generate_series(1, {2 * BATCH + 1})")
    async with serving(urls["gateway"].app_url) as database:
        assert await retire(database, "gateway", gateway_bounds) is None
    assert run("gateway", "select count(*) from inbox") == [(0,)]


def test_settings_that_would_lose_or_double_events_are_refused(surroundings: Surroundings) -> None:
    told = service_environment("liaison", surroundings)
    given = {name.removeprefix("GOODOFFICES_").lower(): value for name, value in told.items()}
    settings = Settings(**given)  # type: ignore[arg-type]
    assert (settings.outbox_days, settings.inbox_days, settings.audit_days) == (90, 100, None)
    for wrong in (
        {"outbox_days": 7},
        {"inbox_days": 96},
        {"idempotency_hours": 23},
        {"audit_days": 364},
    ):
        with pytest.raises(ValidationError):
            Settings(**given | wrong)  # type: ignore[arg-type]
