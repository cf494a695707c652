"""The servers keep their port and their data through SIGKILL, and one folder has one server."""

import os
from pathlib import Path

import nats as nats_client
import psycopg
import pytest
from nats.js.api import StreamConfig

from deploy.errors import FolderInUse
from deploy.postgres.places import others_can_pass
from deploy.servers import NatsServer, PostgresServer, attach_nats, attach_postgres, start_nats, start_postgres


def _ask(server: PostgresServer, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(server.url().replace("+psycopg", ""), autocommit=True) as connection:
        answer = connection.execute(statement)
        return list(answer.fetchall()) if answer.description else []


def test_postgres_keeps_port_and_data_through_kill(postgres: PostgresServer) -> None:
    _ask(postgres, "CREATE TABLE kept AS SELECT 42 AS answer")
    port, pid = postgres.port, postgres.pid
    postgres.kill()
    assert not postgres.running
    postgres.restart()
    assert (postgres.port, postgres.pid != pid) == (port, True)
    assert _ask(postgres, "SELECT answer FROM kept") == [(42,)]


def test_postgres_is_durable_and_asks_for_a_password(postgres: PostgresServer) -> None:
    assert _ask(postgres, "SHOW fsync") == [("on",)]
    assert _ask(postgres, "SELECT 'Мир' ILIKE '%мир%'") == [(True,)]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(postgres.url(password="wrong").replace("+psycopg", ""))
    assert (postgres.folder / "superuser-password").stat().st_mode & 0o777 == 0o600


def test_a_folder_has_one_server_and_others_attach(postgres: PostgresServer, nats: NatsServer) -> None:
    with pytest.raises(FolderInUse):
        start_postgres(postgres.folder)
    with pytest.raises(FolderInUse):
        start_nats(nats.folder)
    assert attach_postgres(postgres.folder).url() == postgres.url()
    assert attach_nats(nats.folder).url == nats.url


def test_a_stopped_server_starts_on_its_old_data(folder: Path) -> None:
    first = start_postgres(folder / "postgres")
    _ask(first, "CREATE TABLE kept AS SELECT 42 AS answer")
    first.stop()
    second = start_postgres(folder / "postgres")
    assert _ask(second, "SELECT answer FROM kept") == [(42,)]
    second.erase()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another user")
def test_data_moves_where_the_servers_user_can_reach_it(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    said: list[str] = []
    first = start_postgres(closed / "postgres", said.append)
    assert others_can_pass(first.data.parent)
    assert [line.startswith("PostgreSQL keeps its data in") for line in said] == [True]
    first.stop()
    second = start_postgres(closed / "postgres", said.append)
    assert (second.data, len(said)) == (first.data, 1)
    second.erase()
    assert not first.data.parent.exists()


async def test_nats_keeps_port_and_messages_through_kill(nats: NatsServer) -> None:
    async def quiet(problem: Exception) -> None:
        """The client would otherwise print a traceback."""

    client = await nats_client.connect(nats.url, error_cb=quiet)
    await client.jetstream().add_stream(StreamConfig(name="kept", subjects=["kept"]))
    await client.jetstream().publish("kept", b"42")
    await client.close()
    nats.kill()
    nats.restart()
    client = await nats_client.connect(nats.url, error_cb=quiet)
    message = await client.jetstream().get_last_msg("kept", "kept")
    await client.close()
    assert message.data == b"42"
