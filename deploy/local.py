"""`make run`: the whole platform on this machine until Ctrl-C, with the exercise data in it."""

import asyncio
import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from deploy.errors import AlreadyRunning, DeployError, FolderInUse, LoadFailed
from deploy.leftovers import RunRecord
from deploy.locks import FolderLock
from deploy.machine import require_port, require_space
from deploy.platform import Platform
from deploy.progress import Progress
from deploy.supervisor import Child, watch_children

_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(KeyboardInterrupt):
    """Ctrl-C or SIGTERM arrived. Not an Exception, so that no step mistakes it for a failure, asyncio included."""


def run_until_stopped(folder: Path, port: int) -> int:
    """Runs everything and returns the exit code: 0 after a signal, 1 after an error told in one line."""
    progress = Progress()
    try:
        with stop_signals(), _sole_run(folder, port):
            _run(folder, port, progress)
    except Stopped:
        progress.say("Stopped.")
        return 0
    except DeployError as problem:
        progress.fail(str(problem))
        return 1
    except OSError as problem:
        progress.fail(f"{problem.strerror or problem}: {problem.filename or folder}")
        return 1
    return 0


@contextmanager
def stop_signals() -> Iterator[None]:
    """The first SIGINT, SIGTERM or SIGHUP raises Stopped in the main thread; later ones wait for the stop to end."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        ignore_stop_signals()
        raise Stopped

    for each in _STOP_SIGNALS:
        # Under nohup a hang-up is ignored, and stays so.
        if each != signal.SIGHUP or signal.getsignal(each) != signal.SIG_IGN:
            signal.signal(each, stop)
    yield


def ignore_stop_signals() -> None:
    """From here on everything is being stopped already; a second signal must not cut that short."""
    for each in _STOP_SIGNALS:
        signal.signal(each, signal.SIG_IGN)


@contextmanager
def _sole_run(folder: Path, port: int) -> Iterator[None]:
    """Checks what would make a start fail late. Raises AlreadyRunning, PortTaken, DiskFull."""
    folder.mkdir(parents=True, exist_ok=True)
    lock, record = FolderLock(folder), RunRecord(folder / "run.json")
    try:
        lock.acquire()
    except FolderInUse:
        raise AlreadyRunning(*record.holder()) from None
    try:
        record.end_leftovers()
        require_port(port)
        require_space(folder)
        record.write(port, [])
        yield
    finally:
        lock.release()


def _run(folder: Path, port: int, progress: Progress) -> None:
    platform = Platform(folder, port, progress.step, progress.say)
    try:
        platform.bring_up()
        credentials = platform.folder / "credentials.json"
        with progress.step("Loading the exercise data"):
            _load(platform, credentials)
        _welcome(platform, credentials, progress)
        children: list[Child] = [platform.postgres, platform.nats, *platform.services()]
        watch_children(children, progress.say, platform.write_record)
    finally:
        ignore_stop_signals()
        platform.stop()


def _load(platform: Platform, credentials: Path) -> None:
    """The first login comes from the database; a kept database with its kept file needs none."""
    if platform.gateway_database_urls.created:
        credentials.unlink(missing_ok=True)
    asyncio.run(_load_exercise(platform, credentials, first=not credentials.exists()))
    credentials.chmod(0o600)


async def _load_exercise(platform: Platform, credentials: Path, first: bool) -> None:
    """Raises LoadFailed, also when the database or the gateway goes away while it loads."""
    from httpx import HTTPError
    from sqlalchemy.exc import SQLAlchemyError

    from deploy.exercise.load import load
    from services.gateway.identity.actions import create_administrator

    try:
        administrator = await create_administrator(platform.gateway_database_urls.app_url) if first else None
        await load(platform.base_url, credentials, administrator)
    except (HTTPError, SQLAlchemyError) as error:
        raise LoadFailed(error) from error


def _welcome(platform: Platform, credentials: Path, progress: Progress) -> None:
    """The address and the demo logins."""
    content = json.loads(credentials.read_text(encoding="utf-8"))
    progress.say(f"\nGood Offices is ready at {platform.base_url}")
    progress.say(f"Demo logins (also in {credentials}):")
    for person in content.get("people", []):
        progress.say(f"  {person['name']:<22} {person['client_id']}  {person['client_secret']}")
    progress.say("Ctrl-C stops everything.")
