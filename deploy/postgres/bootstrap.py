"""One database and two roles per service: an owner that migrates, and an app role that row-level security binds."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import LiteralString

import psycopg
from psycopg.sql import SQL, Identifier, Literal

from deploy.errors import DatabaseFailed
from deploy.places import LOOPBACK
from deploy.postgres.data import SUPERUSER
from deploy.postgres.server import PostgresAddress
from deploy.secrets import read_json, write_json

EXTENSIONS: tuple[LiteralString, ...] = ("pg_trgm", "unaccent", "btree_gist")

# Row-level security keeps an operator off an index unless its function is leakproof: else it might tell, by an error,
# of rows the reader may not see. The first three compare arrays element by element and raise nothing that holds
# an element's value; labels (text[]) are the only arrays the platform compares with them. Measured on 1,000,000 rows:
# 208 ms without the index, 0.7 with it. LIKE raises one error only, of a pattern that ends with its escape character: it
# tells of the pattern, which is the reader's own, and of no row; names are searched with it through a trigram index.
# @@ (ts_match_vq) walks the tree of the query and looks its words up in the row: the one error it can raise, of a query nested too
# deeply, tells of the query. Words are searched with it through an index of what the rows hold.
# Reviewed for PostgreSQL 18; review again before adding one.
LEAKPROOF: tuple[LiteralString, ...] = (
    "pg_catalog.arrayoverlap(anyarray, anyarray)",
    "pg_catalog.arraycontains(anyarray, anyarray)",
    "pg_catalog.arraycontained(anyarray, anyarray)",
    "pg_catalog.textlike(text, text)",
    "pg_catalog.ts_match_vq(tsvector, tsquery)",
)

_KNOWN: LiteralString = "SELECT 1 FROM pg_database WHERE datname = ANY(%s)"
_ROLE: LiteralString = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION"
# Any number that nothing else locks in the database `postgres`.
_LOCK = 4_713_001
# The server fell over, and could not tell its client why; it told its log.
_FELL_OVER = re.compile("server closed the connection|the database system is |[Cc]onnection refused")


@dataclass(frozen=True)
class DatabaseUrls:
    """Addresses of one database: the owner's migrates, the app's serves. `created`: it was not there before."""

    owner_url: str
    app_url: str
    created: bool


@dataclass(frozen=True)
class _Names:
    database: str
    owner: str
    app: str


def _names(service: str, database: str | None) -> _Names:
    stem = f"goodoffices_{service}"
    return _Names(database or stem, f"{stem}_owner", f"{stem}_app")


@contextmanager
def _superuser(server: PostgresAddress, database: str = "postgres") -> Iterator[psycopg.Connection]:
    """Every statement commits by itself: databases cannot be created inside a transaction."""
    connection = psycopg.connect(
        host=LOOPBACK,
        port=server.port,
        user=SUPERUSER,
        password=server.superuser_password,
        dbname=database,
        autocommit=True,
        options="-c client_min_messages=warning",
    )
    with connection:
        yield connection


def has_databases(server: PostgresAddress, services: tuple[str, ...]) -> bool:
    """Whether a service has its database already. DatabaseFailed when the server does not answer."""
    known = [_names(service, None).database for service in services]
    try:
        with _superuser(server) as connection:
            found = connection.execute(_KNOWN, [known]).fetchone()
    except psycopg.Error as error:
        raise DatabaseFailed(services[0], error, server.last_words()) from error
    return found is not None


def prepare_database(server: PostgresAddress, service: str, database: str | None = None) -> DatabaseUrls:
    """Makes the service's database and roles where they are missing; safe to call again and from several processes.

    `database` names a database of its own (one per test worker); the roles, and their passwords in the server's
    folder, are shared by all databases of the service. Raises DatabaseFailed when the server refuses or goes away.
    """
    try:
        return _prepare(server, _names(service, database))
    except psycopg.Error as error:
        fell_over = _FELL_OVER.search(str(error)) is not None
        raise DatabaseFailed(service, error, server.last_words() if fell_over else None) from error


def _prepare(server: PostgresAddress, names: _Names) -> DatabaseUrls:
    with _superuser(server) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        passwords = {role: _ensure_role(server, connection, role) for role in (names.owner, names.app)}
        created = _ensure_database(connection, names)
        with _superuser(server, names.database) as inside:
            _furnish(inside, names)
    owner_url = server.url(names.database, names.owner, passwords[names.owner])
    return DatabaseUrls(owner_url, server.url(names.database, names.app, passwords[names.app]), created)


def _ensure_role(server: PostgresAddress, connection: psycopg.Connection, role: str) -> str:
    """The role's password; a role whose password was lost gets a new one."""
    file = server.folder / "roles.json"
    kept = read_json(file)
    exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    if not exists:
        connection.execute(SQL("CREATE ROLE {}").format(Identifier(role)))
    if not exists or role not in kept:
        kept.setdefault(role, secrets.token_hex(32))
        write_json(file, kept)
        _set_password(connection, role, kept[role])
    password: str = kept[role]
    return password


def _set_password(connection: psycopg.Connection, role: str, password: str) -> None:
    """Sends the SCRAM verifier and not the password, which could end in a log."""
    verifier = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    statement = SQL("ALTER ROLE {} WITH " + _ROLE + " PASSWORD {}")
    connection.execute(statement.format(Identifier(role), Literal(verifier)))


def _ensure_database(connection: psycopg.Connection, names: _Names) -> bool:
    """Whether it had to be created."""
    database, owner, app = Identifier(names.database), Identifier(names.owner), Identifier(names.app)
    exists = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [names.database]).fetchone()
    if not exists:
        connection.execute(SQL("CREATE DATABASE {} OWNER {}").format(database, owner))
    connection.execute(SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    connection.execute(SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(database, app))
    return not exists


def _furnish(inside: psycopg.Connection, names: _Names) -> None:
    """Schema, extensions and rights, in the database itself."""
    owner, app = Identifier(names.owner), Identifier(names.app)
    inside.execute(SQL("ALTER SCHEMA public OWNER TO {}").format(owner))
    inside.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    inside.execute(SQL("GRANT USAGE ON SCHEMA public TO {}").format(app))
    for extension in EXTENSIONS:
        inside.execute(SQL("CREATE EXTENSION IF NOT EXISTS {} SCHEMA public").format(Identifier(extension)))
    for function in LEAKPROOF:
        inside.execute(SQL("ALTER FUNCTION " + function + " LEAKPROOF"))
    defaults = SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} GRANT {} TO {}")
    for rights in ("SELECT, INSERT, UPDATE ON TABLES", "USAGE ON SEQUENCES"):
        inside.execute(defaults.format(owner, SQL(rights), app))
    # What may be deleted is granted by migrations; earlier releases granted all of it here.
    former = SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} REVOKE DELETE ON TABLES FROM {}")
    inside.execute(former.format(owner, app))


def drop_database(server: PostgresAddress, database: str) -> None:
    """Removes the database if it is there, and ends the connections to it. The roles stay."""
    with _superuser(server) as connection:
        connection.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(database)))
