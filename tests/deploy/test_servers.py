"""The servers keep their port and their data through SIGKILL, and one folder has one server."""

import os
from pathlib import Path

import nats as nats_client
import psycopg
import pytest
from nats.js.api import StreamConfig

from deploy.errors import FolderInUse
from deploy.postgres import places
from deploy.postgres.places import data_home, others_can_pass
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


def test_postgres_is_durable_and_asks_for_a_password(shared_postgres: PostgresServer) -> None:
    assert _ask(shared_postgres, "SHOW fsync") == [("on",)]
    assert _ask(shared_postgres, "SELECT 'Мир' ILIKE '%мир%'") == [(True,)]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(shared_postgres.url(password="wrong").replace("+psycopg", ""))
    assert (shared_postgres.folder / "superuser-password").stat().st_mode & 0o777 == 0o600


def test_a_folder_has_one_server_and_others_attach(shared_postgres: PostgresServer, nats: NatsServer) -> None:
    with pytest.raises(FolderInUse):
        start_postgres(shared_postgres.folder)
    with pytest.raises(FolderInUse):
        start_nats(nats.folder)
    assert attach_postgres(shared_postgres.folder).url() == shared_postgres.url()
    assert attach_nats(nats.folder).url == nats.url


def test_a_stopped_server_starts_on_its_old_data(folder: Path) -> None:
    first = start_postgres(folder / "postgres")
    _ask(first, "CREATE TABLE kept AS SELECT 42 AS answer")
    first.stop()
    second = start_postgres(folder / "postgres")
    assert _ask(second, "SELECT answer FROM kept") == [(42,)]
    second.erase()


def test_data_in_a_closed_folder_is_kept_between_starts(folder: Path) -> None:
    """Whoever runs this: root's server is another user's and gets a folder it can reach, anybody else's is their own."""
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    said: list[str] = []
    first = start_postgres(closed / "postgres", said.append)
    _ask(first, "CREATE TABLE kept AS SELECT 42 AS answer")
    moved = os.geteuid() == 0
    assert (others_can_pass(first.data.parent), first.data.parent != first.folder, len(said)) == (moved, moved, int(moved))
    first.stop()
    second = start_postgres(closed / "postgres", said.append)
    assert (second.data, len(said)) == (first.data, int(moved))
    assert _ask(second, "SELECT answer FROM kept") == [(42,)]
    second.erase()
    assert not first.data.exists()


@pytest.mark.parametrize("mode", [0o700, 0o711])
def test_another_users_data_moves_only_out_of_a_closed_folder(folder: Path, monkeypatch: pytest.MonkeyPatch, mode: int) -> None:
    monkeypatch.setattr(places, "server_user", lambda: (65_534, 65_534))
    above, said = folder / "above", list[str]()
    above.mkdir(mode=mode)
    mine = above / "postgres"
    mine.mkdir()
    homes = [data_home(mine, said.append) for _ in range(2)]
    assert homes[0] == homes[1]
    assert (homes[0] == mine, said == []) == (mode == 0o711, mode == 0o711)
    if mode == 0o700:
        assert others_can_pass(homes[0])
        assert said == [f"PostgreSQL keeps its data in {homes[0]}: a folder above {mine} lets only its owner pass"]
        homes[0].rmdir()


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
