"""F4: what an earlier release numbered by transactions keeps its order, and its seals go on verifying."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from joserfc.jwk import OKPKey

from chassis.audit import row_hash
from chassis.audit_trail import read_batches
from chassis.database import Database
from chassis.merkle import merkle_root
from chassis.principal import system_principal
from chassis.reactions import Reactions
from chassis.sealing import NO_SEAL, Sealer
from chassis.verification import verify_export
from deploy.environment import SERVICES
from deploy.keys import Keys
from deploy.migrations import upgrade
from deploy.postgres.server import PostgresAddress
from tests.databases import database_at

# The revision before positions that outlive a cluster.
BEFORE = {"liaison": "0008", "reports": "0019", "coordination": "0005", "gateway": "0004"}
BEGUN = datetime(2026, 1, 1, tzinfo=UTC)
AUDITED = (
    "insert into audit (seq, at, actor, organization, operation, ids, outcome, request_id, transaction)"
    " overriding system value values (%s, %s, 'a', 'centre', 'readParty', '{}', '200', 'r', %s)"
)
SEALED = "insert into audit_seals values (%s, %s, %s, %s, %s, %s, %s, now())"
ANNOUNCED = (
    "insert into outbox (id, type, event, transaction, recorded_at, published_at)"
    " values (gen_random_uuid(), 'a.b.c.v1', '{}', %s, now(), %s)"
)
KEPT = (
    "insert into events (id, type, time, version, subject_type, subject_id, sensitivity, tlp, originator,"
    " themes, countries, releasable_to, readers, position, transaction) overriding system value"
    " values (gen_random_uuid(), 'a.b.c.v1', now(), 1, 'party', %s, 0, 'GREEN', 'centre', '{}', '{}', '{}', '{}', %s, %s)"
)
# A transaction that began early and committed late: number 2 comes behind number 3 and 4.
ROWS = [(1, 100), (2, 103), (3, 101), (4, 102), (5, 104), (6, 105)]
SEALED_IN_ORDER = [1, 3, 4, 2, 5]
HUGE = 9_000_000_000


def exported(seq: int, transaction: int) -> dict[str, Any]:
    """A row as it was hashed."""
    at = (BEGUN + timedelta(seconds=seq)).isoformat()
    told = {"actor": "a", "organization": "centre", "operation": "readParty", "ids": []}
    return told | {"seq": seq, "transaction": transaction, "at": at, "outcome": "200", "request_id": "r"}


def fill_audit(connection: Any, key: Path) -> None:
    """Six rows, five of them under two seals of the first form."""
    private: Any = OKPKey.import_key(json.loads(key.read_text())).get_op_key("sign")
    for seq, transaction in ROWS:
        connection.execute(AUDITED, (seq, BEGUN + timedelta(seconds=seq), transaction))
    of, previous = dict(ROWS), NO_SEAL
    for number, covered in enumerate((SEALED_IN_ORDER[:3], SEALED_IN_ORDER[3:]), start=1):
        last = covered[-1]
        root = merkle_root([row_hash(exported(seq, of[seq]), 1) for seq in covered]).hex()
        signed = f"{number}:{len(covered)}:{of[last]}:{last}:{root}:{previous}"
        signature = private.sign(signed.encode()).hex()
        values = (number, len(covered), of[last], last, root, previous, signature)
        connection.execute(SEALED, values)
        previous = root


@pytest.mark.parametrize("service", SERVICES)
async def test_seals_of_the_first_form_go_on_verifying_and_new_ones_follow(
    service: str, postgres_address: PostgresAddress, worker_id: str, keys: Keys
) -> None:
    with database_at(postgres_address, service, BEFORE[service], worker_id) as urls:
        with psycopg.connect(urls.owner_url.replace("+psycopg", "")) as connection:
            fill_audit(connection, keys.seal(service))
        upgrade(service, urls.owner_url)
        database = Database(urls.app_url, Reactions(), pool_size=2)
        assert await Sealer(database, service, keys.seal(service)).seal() == 1
        async with database.transaction(system_principal(service)) as session:
            batches = await read_batches(session, 0, 10)
        await database.close()
        told = [(each["format"], [row["seq"] for row in each["entries"]]) for each in batches]
        assert told == [(1, [1, 3, 4]), (1, [2, 5]), (3, [6])]
        public = OKPKey.import_key(json.loads(keys.seal(service).read_text()))
        verified = json.dumps(public.as_dict(private=False))
        assert list(verify_export(map(json.dumps, batches), verified)) == []
        # As an export of an earlier release has it.
        old = [{k: v for k, v in each.items() if k not in ("format", "upto_ordinal", "log_root")} for each in batches[:2]]
        assert list(verify_export(map(json.dumps, old), verified)) == []


@pytest.mark.parametrize("service", SERVICES)
def test_an_outbox_is_numbered_and_what_waits_is_settled_whatever_its_transaction(
    service: str, postgres_address: PostgresAddress, worker_id: str
) -> None:
    with database_at(postgres_address, service, BEFORE[service], worker_id) as urls:
        address = urls.owner_url.replace("+psycopg", "")
        with psycopg.connect(address) as connection:
            for transaction, published in ((5, BEGUN), (HUGE, BEGUN), (HUGE, None)):
                connection.execute(ANNOUNCED, (transaction, published))
        upgrade(service, urls.owner_url)
        with psycopg.connect(address) as connection:
            found = connection.execute("select ordinal from outbox order by seq").fetchall()
        assert found == [(1,), (2,), (None,)]


def test_events_keep_the_order_in_which_streams_have_read_them(postgres_address: PostgresAddress, worker_id: str) -> None:
    with database_at(postgres_address, "gateway", BEFORE["gateway"], worker_id) as urls:
        address = urls.owner_url.replace("+psycopg", "")
        with psycopg.connect(address) as connection:
            for subject, position, transaction in (("a", 1, 50), ("b", 2, 53), ("c", 3, 51)):
                connection.execute(KEPT, (subject, position, transaction))
        upgrade("gateway", urls.owner_url)
        with psycopg.connect(address) as connection:
            connection.execute("alter table events no force row level security")
            query = "select subject_id, position from events order by position"
            assert connection.execute(query).fetchall() == [("a", 1), ("c", 2), ("b", 3)]
            connection.rollback()
