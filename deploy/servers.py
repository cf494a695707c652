"""The two servers under the platform, for local runs and for tests."""

from deploy.nats.server import NatsAddress, NatsServer, attach_nats, start_nats
from deploy.postgres.server import PostgresAddress, PostgresServer, attach_postgres, start_postgres

__all__ = [
    "NatsAddress",
    "NatsServer",
    "PostgresAddress",
    "PostgresServer",
    "attach_nats",
    "attach_postgres",
    "start_nats",
    "start_postgres",
]
