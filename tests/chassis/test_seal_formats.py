"""R17: seals of format 2 that are stored go on verifying, and the log begins with them."""

import json
from typing import Any

import psycopg
import pytest
from joserfc.jwk import OKPKey

from chassis.audit import row_hash
from chassis.audit_log import LogCut, log_leaf
from chassis.audit_trail import read_batches
from chassis.database import Database
from chassis.merkle import merkle_root
from chassis.principal import system_principal
from chassis.proofs import prove_row, verify_proof
from chassis.reactions import Reactions
from chassis.sealing import NO_SEAL, Sealer
from chassis.verification import PublicKeys, verify_export
from deploy.environment import SERVICES
from deploy.keys import Keys
from deploy.migrations import upgrade
from deploy.postgres.server import PostgresAddress
from tests.databases import database_at
from tests.waiting import eventually

# The revision before the log of seals.
BEFORE = {"liaison": "0009", "reports": "0020", "coordination": "0007", "gateway": "0006"}
AUDITED = (
    "insert into audit (seq, at, actor, organization, operation, ids, outcome, request_id,"
    " transaction, ordinal) overriding system value values"
    " (%s, '2026-01-01T00:00:00Z', 'Ж', 'centre', 'readParty', '{x}', '200', 'r', 7, %s)"
)
SEALED = (
    "insert into audit_seals (number, rows, format, upto_transaction, upto_seq, upto_ordinal, root,"
    " previous, signature, sealed_at) values (%s, %s, 2, 7, %s, %s, %s, %s, %s, now())"
)
SEQUENCE = "select setval(pg_get_serial_sequence('audit', 'seq'), 100)"


def exported(seq: int) -> dict[str, Any]:
    """A row as release 2 hashed it."""
    told = {"actor": "Ж", "organization": "centre", "operation": "readParty", "ids": ["x"]}
    told |= {"seq": seq, "transaction": 7, "at": "2026-01-01T00:00:00+00:00"}
    return told | {"outcome": "200", "request_id": "r"}


def fill(connection: Any, private: Any) -> list[str]:
    """Six rows of format 2 under three seals, and one row that waits; the seals' roots."""
    roots, previous, ordinal = list[str](), NO_SEAL, 0
    for number, seqs in enumerate([[3, 1], [2, 4, 5], [6]], start=1):
        for ordinal, seq in enumerate(seqs, start=ordinal + 1):  # noqa: B020 -- goes on counting
            connection.execute(AUDITED, (seq, ordinal))
        root = merkle_root([row_hash(exported(seq), 2) for seq in seqs]).hex()
        signed = f"2:{number}:{len(seqs)}:{ordinal}:{root}:{previous}"
        signature = private.sign(signed.encode()).hex()
        values = (number, len(seqs), seqs[-1], ordinal, root, previous, signature)
        connection.execute(SEALED, values)
        roots.append(root)
        previous = root
    connection.execute(AUDITED, (7, None))
    connection.execute(SEQUENCE)
    return roots


@pytest.mark.parametrize("service", SERVICES)
async def test_r17_stored_seals_of_format_2_verify_and_begin_the_log(
    service: str, postgres_address: PostgresAddress, worker_id: str, keys: Keys
) -> None:
    key = OKPKey.import_key(json.loads(keys.seal(service).read_text()))
    with database_at(postgres_address, service, BEFORE[service], worker_id) as urls:
        with psycopg.connect(urls.owner_url.replace("+psycopg", "")) as connection:
            roots = fill(connection, key.get_op_key("sign"))
        upgrade(service, urls.owner_url)
        database = Database(urls.app_url, Reactions(), pool_size=2)
        sealer = Sealer(database, service, keys.seal(service))
        assert await eventually(sealer.seal) == 1
        public = json.dumps(key.as_dict(private=False))
        async with database.transaction(system_principal(service)) as session:
            batches = await read_batches(session, 0, 10)
            proofs = [await prove_row(session, seq) for seq in range(1, 8)]
        assert [(each["format"], each["rows"]) for each in batches] == [(2, 2), (2, 3), (2, 1), (3, 1)]
        assert list(verify_export(map(json.dumps, batches), public)) == []
        leaves = [log_leaf(root) for root in [*roots, batches[-1]["root"]]]
        assert batches[-1]["log_root"] == merkle_root(leaves).hex()
        for proof in proofs:
            assert list(verify_proof(proof, PublicKeys(public))) == []
        await database.close()


async def test_f6_nothing_is_sealed_over_a_cut(postgres_address: PostgresAddress, worker_id: str, keys: Keys) -> None:
    with database_at(postgres_address, "liaison", BEFORE["liaison"], worker_id) as urls:
        with psycopg.connect(urls.owner_url.replace("+psycopg", ""), autocommit=True) as connection:
            private = OKPKey.import_key(json.loads(keys.seal("liaison").read_text()))
            fill(connection, private.get_op_key("sign"))
            upgrade("liaison", urls.owner_url)
            database = Database(urls.app_url, Reactions(), pool_size=2)
            sealer = Sealer(database, "liaison", keys.seal("liaison"))
            await eventually(sealer.seal)
            connection.execute("delete from audit_seals where number > 2")
            connection.execute("delete from audit where ordinal > 5")
            connection.execute(AUDITED, (50, None))
            with pytest.raises(LogCut, match="the log has 4 seals, the trail 2"):
                await eventually(sealer.seal)
        await database.close()
