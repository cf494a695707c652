"""Packages that do not hold, or could do harm: each is refused with its reason, and nothing of it is left (R19)."""

import gzip
import io
import random
import shutil
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import bagit
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.liaison.handover.adapters import archives
from services.liaison.handover.adapters.archives import Limits
from services.liaison.handover.adapters.packages import open_package
from services.liaison.handover.errors import PackageRefused, PackageUnsafe
from services.liaison.handover.rules.names import clashes, name_flaw
from tests.services.liaison.handover.conftest import Head
from tests.services.liaison.handover.packages import make_package, reseal, zipped

Spoil = Callable[[Path], object]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package that holds."""
    return make_package(tmp_path_factory.mktemp("sound") / "package")


@pytest.fixture
def spoiled(sound: Path, tmp_path: Path) -> Path:
    """A copy of it to spoil."""
    return Path(shutil.copytree(sound, tmp_path / "package"))


def shelf_of(folder: Path) -> list[str]:
    """What lies on a shelf."""
    return [path.name for path in folder.iterdir()] if folder.exists() else []


def test_a_package_of_ours_is_a_valid_bag_to_others(sound: Path) -> None:
    assert bagit.Bag(str(sound)).validate()


@pytest.mark.parametrize("form", ["folder", "zip", "tar.gz"])
def test_r19_a_sound_package_is_taken_in_every_form(sound: Path, tmp_path: Path, form: str) -> None:
    source = sound
    if form == "zip":
        source = tmp_path / "p.zip"
        source.write_bytes(zipped(sound))
    elif form == "tar.gz":
        source = tmp_path / "p.tar.gz"
        with tarfile.open(source, "w:gz") as tar:
            tar.add(sound, "package")
    package = open_package(source, tmp_path / "shelf")
    assert package.inventory.office.slug == "untop"
    assert shelf_of(tmp_path / "shelf") == [package.digest]


SPOILS: dict[str, tuple[Spoil, str]] = {
    "changed": (lambda p: (p / "data/reports/reports-1.ndjson").write_text("{}\n"), "/data/reports/reports-1.ndjson"),
    "missing": (lambda p: (p / "data/reports/reports-1.ndjson").unlink(), "/data/reports/reports-1.ndjson"),
    "extra": (lambda p: (p / "data/extra.txt").write_text("x"), "/data/extra.txt"),
    "extra tag file": (lambda p: (p / "notes.txt").write_text("x"), "/notes.txt"),
    "no manifest": (lambda p: (p / "manifest-sha256.txt").unlink(), "/manifest-sha256.txt"),
    "weak manifest": (lambda p: (p / "manifest-md5.txt").write_text("x"), "/manifest-md5.txt"),
    "fetch": (lambda p: (p / "fetch.txt").write_text("http://127.0.0.1/ 1 data/x\n"), "/fetch.txt"),
    "no bag": (lambda p: (p / "bagit.txt").unlink(), "/bagit.txt"),
}


@pytest.mark.parametrize("how", SPOILS)
def test_r19_every_file_is_checked_against_its_manifest(spoiled: Path, tmp_path: Path, how: str) -> None:
    spoil, pointer = SPOILS[how]
    spoil(spoiled)
    with pytest.raises(PackageRefused) as refused:
        open_package(spoiled, tmp_path / "shelf")
    assert pointer in {flaw["pointer"] for flaw in refused.value.extra["errors"]}
    assert shelf_of(tmp_path / "shelf") == []


FORGERIES: dict[str, tuple[Spoil, str]] = {
    "a count that is wrong": (lambda p: (p / "data/reports/reports-1.ndjson").write_text("{}\n{}\n"), "/data/reports/reports-1.ndjson"),
    "no inventory": (lambda p: (p / "data/inventory.json").unlink(), "/data/inventory.json"),
    "an inventory that is no JSON": (lambda p: (p / "data/inventory.json").write_text("{"), "/data/inventory.json"),
    "an inventory of nothing": (lambda p: (p / "data/inventory.json").write_text("{}"), "/data/inventory.json#/format"),
    "a file of no series": (lambda p: (p / "data/stray.ndjson").write_text("{}\n"), "/data/stray.ndjson"),
    "an attachment under another name": (lambda p: (p / "data/attachments/photo.jpg").write_text("x"), "/data/attachments/photo.jpg"),
}


@pytest.mark.parametrize("how", FORGERIES)
def test_r19_a_bag_that_holds_is_held_against_its_inventory(spoiled: Path, tmp_path: Path, how: str) -> None:
    spoil, pointer = FORGERIES[how]
    spoil(spoiled)
    reseal(spoiled)
    with pytest.raises(PackageRefused) as refused:
        open_package(spoiled, tmp_path / "shelf")
    assert pointer in {flaw["pointer"] for flaw in refused.value.extra["errors"]}
    reason = {"pointer", "detail"}
    assert all(reason == flaw.keys() for flaw in refused.value.extra["errors"])


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_r19_any_byte_that_is_flipped_is_found(sound: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    names = sorted(path.relative_to(sound) for path in sound.rglob("*") if path.is_file() and not path.name.startswith("tagmanifest"))
    name = data.draw(st.sampled_from(names))
    content = bytearray((sound / name).read_bytes())
    position, flip = data.draw(st.integers(0, len(content) - 1)), data.draw(st.integers(1, 255))
    content[position] ^= flip
    folder = tmp_path_factory.mktemp("flipped")
    package = Path(shutil.copytree(sound, folder / "package"))
    (package / name).write_bytes(content)
    with pytest.raises(PackageRefused):
        open_package(package, folder / "shelf")
    shutil.rmtree(folder)


def zip_of(entries: list[tuple[str, bytes]]) -> bytes:
    """An archive with names as no honest tool writes them."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            info = zipfile.ZipInfo("x")
            info.filename = name
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return target.getvalue()


HARMFUL = {
    "climbs": ["../outside"],
    "climbs inside": ["package/data/../../../outside"],
    "absolute": ["/tmp/outside"],
    "drive": ["C:/outside"],
    "backslash": ["..\\outside"],
    "home": ["~/outside"],
    "control": ["package/a\nb"],
    "twice": ["package/a", "package/a"],
    "case": ["package/a", "package/A"],
    "accents": ["package/é", "package/é"],
    "file and folder": ["package/a", "package/a/b"],
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("how", HARMFUL)
def test_r19_names_that_climb_out_or_clash_are_not_unpacked(tmp_path: Path, how: str) -> None:
    source = tmp_path / "p.zip"
    source.write_bytes(zip_of([(name, b"x") for name in HARMFUL[how]]))
    with pytest.raises(PackageUnsafe):
        open_package(source, tmp_path / "shelf")
    assert shelf_of(tmp_path / "shelf") == []
    assert not (tmp_path / "outside").exists()


def test_r19_a_name_that_zipfile_would_cut_at_nul_is_judged_whole(tmp_path: Path) -> None:
    source = tmp_path / "p.zip"
    source.write_bytes(zip_of([("package/a.txtZ.exe", b"x")]).replace(b"a.txtZ.exe", b"a.txt\x00.exe"))
    with pytest.raises(PackageUnsafe):
        open_package(source, tmp_path / "shelf")


@given(st.lists(st.sampled_from(["..", ".", "", "a", "/", "\\", "\x00", "C:", "~", "données", "data"]), min_size=1, max_size=6))
def test_r19_a_name_without_a_flaw_stays_inside(parts: list[str]) -> None:
    name = "/".join(parts)
    if name_flaw(name) is None:
        inside = Path("/shelf/package")
        assert (inside / name).resolve().is_relative_to(inside)
        assert "\x00" not in name
        assert "\\" not in name


@given(st.lists(st.text("aAéЯя", min_size=1, max_size=2), max_size=6))
def test_names_clash_when_another_system_would_call_them_one(names: list[str]) -> None:
    assert len(clashes(names)) == len(names) - len({name.casefold() for name in names})


@pytest.mark.parametrize("link", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_r19_links_and_devices_are_not_unpacked(tmp_path: Path, link: bytes) -> None:
    source = tmp_path / "p.tar.gz"
    with tarfile.open(source, "w:gz") as tar:
        info = tarfile.TarInfo("package/link")
        info.type, info.linkname = link, "/etc/passwd"
        tar.addfile(info)
    with pytest.raises(PackageUnsafe):
        open_package(source, tmp_path / "shelf")


def test_r19_links_are_not_followed_in_a_folder_or_a_zip(spoiled: Path, tmp_path: Path) -> None:
    (spoiled / "data" / "link").symlink_to("/etc/passwd")
    with pytest.raises(PackageUnsafe):
        open_package(spoiled, tmp_path / "shelf")
    source = tmp_path / "p.zip"
    with zipfile.ZipFile(source, "w") as archive:
        info = zipfile.ZipInfo("package/link")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    with pytest.raises(PackageUnsafe):
        open_package(source, tmp_path / "shelf")


def zeros(count: int) -> Iterator[bytes]:
    """So many megabytes of nothing."""
    return (bytes(1 << 20) for _ in range(count))


def test_r19_a_zip_bomb_is_stopped_while_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = 0
    spend = archives.Budget.spend

    def counted(budget: archives.Budget, count: int) -> None:
        nonlocal written
        written += count
        spend(budget, count)

    monkeypatch.setattr(archives.Budget, "spend", counted)
    source = tmp_path / "bomb.zip"
    with zipfile.ZipFile(source, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("package/zeros", "w") as file:
        file.writelines(zeros(200))
    with pytest.raises(PackageUnsafe, match="as a bomb does"):
        open_package(source, tmp_path / "shelf")
    assert written < 100 << 20, "it was stopped on the way"
    assert shelf_of(tmp_path / "shelf") == []


def test_r19_a_bomb_in_a_tar_is_stopped_even_in_its_headers(tmp_path: Path) -> None:
    source = tmp_path / "bomb.tar.gz"
    header = tarfile.TarInfo("package/pax")
    header.type, header.size = tarfile.XHDTYPE, 200 << 20
    with gzip.open(source, "wb") as file:
        file.write(header.tobuf(tarfile.USTAR_FORMAT))
        file.writelines(zeros(200))
    with pytest.raises(PackageUnsafe):
        open_package(source, tmp_path / "shelf")


def test_r19_size_and_number_of_files_are_bounded(sound: Path, tmp_path: Path) -> None:
    for limits in (Limits(total=1_000), Limits(files=3)):
        with pytest.raises(PackageUnsafe):
            open_package(sound, tmp_path / "shelf", limits)
    assert open_package(sound, tmp_path / "shelf", Limits(total=100_000, files=20)).digest


@pytest.mark.parametrize("seed", range(5))
def test_a_damaged_archive_is_refused_and_not_a_fault_of_ours(sound: Path, tmp_path: Path, seed: int) -> None:
    content, dice = bytearray(zipped(sound)), random.Random(seed)
    for _ in range(20):
        content[dice.randrange(len(content))] = dice.randrange(256)
    source = tmp_path / "damaged.zip"
    source.write_bytes(content[: dice.randrange(len(content) // 2, len(content))])
    with pytest.raises((PackageRefused, archives.PackageMedia)):
        open_package(source, tmp_path / "shelf")


async def test_r19_over_http_a_refused_package_is_a_problem_with_pointers_and_leaves_nothing(head: Head) -> None:
    package = head.package()
    (package / "data/reports/reports-1.ndjson").write_text('{"external_id": "R-1", "title": "Changed"}\n')
    refused = await head.send(zipped(package))
    assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")
    assert refused.json()["type"].endswith("/package-refused")
    assert [each["pointer"] for each in refused.json()["errors"]] == ["/data/reports/reports-1.ndjson"]
    unsafe = await head.send(zip_of([("../outside", b"x")]))
    assert unsafe.json()["type"].endswith("/package-unsafe")
    assert (await head.send(b"no archive at all")).status_code == 415
    assert (await head.send(b"PK", "text/html")).status_code == 415
    assert not [each for each in (await head.get("/handovers"))["items"] if each["office"] == head.office]
    assert (await head.send(zipped(head.package()))).status_code == 202
