"""Whether a database is at its newest migration, told in a moment: alembic needs seconds of imports to say that nothing is to do."""

import re

import psycopg

from deploy.errors import DatabaseFailed
from deploy.places import PROJECT

# One head per service, and these lines written like this: both are tested (tests/architecture).
_REVISION = re.compile(r'^(revision|down_revision) = "(.+)"', re.MULTILINE)


def is_current(service: str, url: str) -> bool:
    """True when the database at `url` (postgresql+psycopg://…) bears the newest revision of services/<service>/migrations.

    Raises DatabaseFailed when the database does not answer.
    """
    head = _head(service)
    try:
        return head is not None and _revision(url) == head
    except psycopg.Error as error:
        raise DatabaseFailed(service, error) from error


def _revision(url: str) -> str | None:
    with psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://", 1), autocommit=True) as connection:
        known = connection.execute("select to_regclass('public.alembic_version')").fetchone()
        if known is None or known[0] is None:
            return None
        found = connection.execute("select version_num from alembic_version").fetchall()
        return str(found[0][0]) if len(found) == 1 else None


def _head(service: str) -> str | None:
    """The revision that no other one builds on; None when there is not exactly one."""
    heads = _named(service, "revision") - _named(service, "down_revision")
    return heads.pop() if len(heads) == 1 else None


def revisions(service: str) -> set[str]:
    """All that this release knows."""
    return _named(service, "revision")


def _named(service: str, wanted: str) -> set[str]:
    files = (PROJECT / "services" / service / "migrations" / "versions").glob("*.py")
    found = [pair for file in files for pair in _REVISION.findall(file.read_text(encoding="utf-8"))]
    return {value for name, value in found if name == wanted}
