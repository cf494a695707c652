"""A database as an earlier release kept it, for tests of the migrations that lead on from there."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config

from deploy.places import PROJECT
from deploy.postgres.bootstrap import DatabaseUrls, drop_database, prepare_database
from deploy.postgres.server import PostgresAddress


@contextmanager
def database_at(address: PostgresAddress, service: str, revision: str, worker: str) -> Iterator[DatabaseUrls]:
    """A service's database migrated up to `revision`, of this worker alone; it goes at the end."""
    name = f"{service}_at_{revision}_{worker}"
    made = prepare_database(address, service, name)
    config = Config()
    config.set_main_option("script_location", str(PROJECT / f"services/{service}/migrations"))
    config.attributes["url"] = made.owner_url
    command.upgrade(config, revision)
    yield made
    drop_database(address, name)
