"""Makes a new data folder with initdb."""

import os
import tempfile
from pathlib import Path

from deploy.errors import ServerFailed
from deploy.postgres.places import programs, server_user
from deploy.processes import ManagedProcess, Program

SUPERUSER = "postgres"

# Never the caller's LANG: it would decide how text is compared.
ENVIRONMENT = {"PATH": os.defpath, "LANG": "C.UTF-8", "TZ": "UTC"}


def create_data(folder: Path, data: Path, password: str) -> None:
    """Runs initdb; a data folder appears only when it is whole. Raises ServerFailed with initdb's reason."""
    with tempfile.TemporaryDirectory(prefix="new-", dir=data.parent) as name:
        draft = Path(name)
        password_file = draft / "password"
        password_file.write_text(password, encoding="utf-8")
        owner = server_user()
        if owner is not None:
            os.chown(password_file, *owner)
            os.chown(draft, *owner)
        initdb = ManagedProcess(_initdb(folder, draft / "data", password_file))
        initdb.start()
        if not initdb.ended_within(60.0) or initdb.exit_code() != 0:
            initdb.kill()
            raise ServerFailed("PostgreSQL", initdb.last_words())
        (draft / "data").rename(data)


def _initdb(folder: Path, data: Path, password_file: Path) -> Program:
    """The built-in C.UTF-8 locale: with plain C, pg_trgm finds nothing in Cyrillic and Arabic."""
    program, user = str(programs() / "initdb"), f"--username={SUPERUSER}"
    encoding = ("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8")
    access = ("--auth=scram-sha-256", f"--pwfile={password_file}", "--no-instructions")
    return Program(
        name="initdb",
        command=(program, "-D", str(data), user, *encoding, *access),
        log=folder / "log",
        environment=ENVIRONMENT,
        run_as=server_user(),
    )
