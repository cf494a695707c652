"""`goodoffices backup` of a platform at work, and `goodoffices restore` of it beside a new NATS."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.backups.places import admin_variable, plain
from deploy.environment import SERVICES
from deploy.errors import KeysMissing
from deploy.platform import Platform
from deploy.postgres.bootstrap import drop_database, prepare_database
from tests.faults.backups import beside, command, modes, reading
from tests.faults.storms import clear_a_report
from tests.faults.stubborn import insist
from tests.faults.test_lost_streams import is_read, package_of, told
from tests.faults.test_restored import SEALED, ask, verify
from tests.journeys.listeners import Listener, listening
from tests.platforms import LoadedPlatform, People
from tests.waiting import eventually

Json = dict[str, Any]


@pytest.fixture(scope="package")
def saved(work_folder: Path) -> Path:
    """Where the backup is put, by the first test."""
    return work_folder / "backups" / "first"


@pytest.fixture
async def package(fragile: LoadedPlatform, people: People, data: Path) -> Json:
    """A package that OSCE reads."""
    report = await clear_a_report(people, told(data, 2011)[0], "Saved in the middle of reading")
    found: Json = await eventually(lambda: package_of(people, report), 30)
    assert await eventually(lambda: is_read(people, found["id"]), 10)
    return found | {"report": report["id"]}


@pytest.fixture
async def restored(work_folder: Path) -> AsyncIterator[Platform]:
    """A platform in a folder that is not there yet."""
    platform = None
    folder = work_folder / "from-backup"
    shutil.rmtree(folder, ignore_errors=True)

    def made() -> Platform:
        nonlocal platform
        platform = Platform(folder)
        return platform

    yield made  # type: ignore[misc]
    if platform is not None:
        platform.erase()


@pytest.mark.timeout(200)
async def test_f4_a_platform_is_saved_while_a_partner_reads_and_restored(
    fragile: LoadedPlatform,
    people: People,
    saved: Path,
    package: Json,
    restored: Any,
    work_folder: Path,
    tmp_path: Path,
) -> None:
    old, folder = fragile.platform, work_folder / "from-backup"
    seals = {each: ask(old, each, SEALED)[1] or 0 for each in SERVICES}
    async with reading(people, package["id"]) as read:
        before = read()
        done = await beside("backup", saved, "--folder", old.folder)
        assert done.returncode == 0, done.stderr
        assert read() > before, "nobody could read while it was saved"
    assert set(modes(saved).values()) == {0o600}
    done = await beside("restore", saved, "--folder", folder)
    assert done.returncode == 0, done.stderr
    assert modes(folder / "keys") == modes(saved / "keys")
    platform = restored()
    await asyncio.to_thread(platform.start)
    async with httpx.AsyncClient(base_url=platform.base_url, timeout=20) as http:
        again = await People.sign_in(http, fragile.credentials)
        await goes_on(again, platform, package)
    for service in SERVICES:
        await eventually(lambda service=service: ask(platform, service, SEALED)[0] == 0, 30)  # type: ignore[misc]
        assert ask(platform, service, SEALED)[1] >= seals[service]
        await asyncio.to_thread(verify, platform, service, tmp_path)


async def goes_on(people: People, platform: Platform, package: Json) -> None:
    """What was read is read, what happens is told, and what is recalled is recalled for the partner."""
    assert await eventually(lambda: is_read(people, package["id"]), 30)
    listener = Listener()
    async with listening(platform.base_url, people.headers("analyst"), listener):
        reason = {"reason": "Found wrong after the restore."}
        await insist(people, "head-of-centre", f"/reports/{package['report']}/recall", reason)
        await eventually(lambda: listener.of("reports.production.recalled.v1"), 30)

    async def is_refused() -> bool:
        return await is_read(people, package["id"]) is False

    assert await eventually(is_refused, 30)
    for service in platform.services():
        await eventually(service.ready, 30)


@pytest.mark.timeout(120)
def test_a_restore_overwrites_nothing_and_takes_nothing_damaged(fragile: LoadedPlatform, saved: Path, tmp_path: Path) -> None:
    refused = command("backup", saved, "--folder", fragile.platform.folder)
    assert (refused.returncode, refused.stderr) == (
        1,
        f"error: {saved} is there already; give each backup a folder of its own\n",
    )
    runs = command("restore", saved, "--folder", fragile.platform.folder, "--force")
    assert "runs; stop it first" in runs.stderr
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("keep")
    full = command("restore", saved, "--folder", tmp_path / "full")
    assert "is not empty" in full.stderr
    damaged = shutil.copytree(saved, tmp_path / "damaged")
    (damaged / "databases" / "liaison.dump").write_bytes(b"cut")
    (damaged / "keys" / "token.json").unlink()
    (damaged / "more").write_text("")
    words = command("restore", damaged, "--folder", tmp_path / "new").stderr
    for each in (
        "databases/liaison.dump was changed",
        "keys/token.json is missing",
        "more does not belong to it",
    ):
        assert each in words
    assert not (tmp_path / "new").exists()
    shutil.rmtree(damaged / "databases")
    (damaged / "manifest.json").unlink()
    assert "is no backup" in command("restore", damaged, "--folder", tmp_path / "new").stderr
    later = shutil.copytree(saved, tmp_path / "later")
    manifest = json.loads((later / "manifest.json").read_text())
    (later / "manifest.json").write_text(json.dumps(manifest | {"migrations": manifest["migrations"] | {"reports": "9999"}}))
    assert "migrations not known here: reports 9999" in command("restore", later, "--folder", tmp_path / "new").stderr


@pytest.mark.timeout(120)
def test_a_restore_by_force_moves_aside_what_is_there_and_says_so(saved: Path, work_folder: Path) -> None:
    folder = work_folder / "forced"
    folder.mkdir()
    (folder / "mine").write_text("keep")
    done = command("restore", saved, "--folder", folder, "--force")
    assert done.returncode == 0, done.stderr
    (aside,) = work_folder.glob("forced.before-*")
    assert (aside / "mine").read_text() == "keep"
    assert str(aside) in done.stdout


@pytest.mark.timeout(120)
async def test_databases_without_their_keys_do_not_start_and_are_not_saved(saved: Path, work_folder: Path, tmp_path: Path) -> None:
    folder = work_folder / "keyless"
    assert command("restore", saved, "--folder", folder).returncode == 0
    (folder / "keys" / "token.json").unlink()
    (folder / "keys" / "seal-reports.json").unlink()
    refused = command("backup", tmp_path / "none", "--folder", folder)
    assert "keys are missing" in refused.stderr
    assert not (tmp_path / "none").exists()
    platform = Platform(folder)
    try:
        with pytest.raises(
            KeysMissing,
            match=r"token\.json, seal-reports\.json; put them back .* cp -p BACKUP/keys",
        ):
            await asyncio.to_thread(platform.start)
        assert not (folder / "keys" / "token.json").exists()
        shutil.copytree(saved / "keys", folder / "keys", dirs_exist_ok=True)
        await asyncio.to_thread(platform.start)
    finally:
        platform.erase()


@pytest.mark.timeout(120)
def test_databases_elsewhere_are_saved_and_restored_by_variables(fragile: LoadedPlatform, saved: Path, tmp_path: Path) -> None:
    server = fragile.platform.postgres
    variables = {admin_variable(each): plain(server.url(f"goodoffices_{each}")) for each in SERVICES}
    keys = {"GOODOFFICES_KEYS_FOLDER": str(fragile.platform.folder / "keys")}
    missing = command(
        "backup",
        tmp_path / "out",
        GOODOFFICES_LIAISON_ADMIN_URL=variables["GOODOFFICES_LIAISON_ADMIN_URL"],
    )
    assert "set GOODOFFICES_REPORTS_ADMIN_URL, " in missing.stderr
    done = command("backup", tmp_path / "out", "--folder", tmp_path, **variables, **keys)
    assert done.returncode == 0, done.stderr
    refused = command("restore", tmp_path / "out", **variables, **keys)
    assert "the database of liaison is not empty" in refused.stderr
    for each in SERVICES:
        prepare_database(server, each, f"copy_of_{each}")
    try:
        empty = {admin_variable(each): plain(server.url(f"copy_of_{each}")) for each in SERVICES}
        done = command("restore", tmp_path / "out", **empty, GOODOFFICES_KEYS_FOLDER=str(tmp_path / "keys"))
        assert done.returncode == 0, done.stderr
        assert modes(tmp_path / "keys") == modes(tmp_path / "out" / "keys")
    finally:
        for each in SERVICES:
            drop_database(server, f"copy_of_{each}")
