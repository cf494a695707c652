"""Unpacking: a folder, a .zip or a .tar.gz into a folder of our own, with nothing outside it and no more than fits."""

import gzip
import shutil
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from services.liaison.handover.errors import PackageMedia, PackageRefused, PackageUnsafe
from services.liaison.handover.rules.names import clashes, name_flaw

CHUNK: Final = 1 << 20


@dataclass(frozen=True)
class Limits:
    """How much a package may hold. `ratio` is unpacked to packed; deflate reaches 1,032, real records stay under 100."""

    total: int = 4 << 30
    files: int = 100_000
    ratio: int = 300
    # Below this a ratio says nothing: a small text of zeros is no bomb.
    unsuspicious: int = 16 << 20


@dataclass(frozen=True)
class Member:
    """A file in a package, and how its content is opened."""

    name: str
    open: Callable[[], IO[bytes]]


class Budget:
    """What may still be written; PackageUnsafe as soon as it is spent, whatever the archive's own headers say."""

    def __init__(self, limits: Limits, packed: int) -> None:
        self._limits, self._packed = limits, max(packed, 1)
        self.written = self.files = 0

    def spend(self, count: int) -> None:
        """Note `count` bytes."""
        self.written += count
        if self.written > self._limits.total:
            raise PackageUnsafe(f"It unpacks to more than {self._limits.total:,} bytes.")
        if self.written > self._limits.unsuspicious and self.written > self._packed * self._limits.ratio:
            raise PackageUnsafe(f"It unpacks to more than {self._limits.ratio} times its size, as a bomb does.")

    def open_file(self) -> None:
        """Note a file."""
        self.files += 1
        if self.files > self._limits.files:
            raise PackageUnsafe(f"It holds more than {self._limits.files:,} files.")


class _Metered(gzip.GzipFile):
    """Unzips, and spends what it gives: what stands in a tar's own headers is unpacked, too."""

    def __init__(self, source: Path, budget: Budget) -> None:
        super().__init__(source)
        self._budget = budget

    def read(self, size: int | None = -1) -> bytes:
        """The next bytes."""
        part = super().read(size)
        self._budget.spend(len(part))
        return part


def unpack(source: Path, target: Path, limits: Limits) -> None:
    """Fill the new folder `target` from `source`.

    Raises PackageUnsafe for what could do harm, PackageRefused for an archive that cannot be read, PackageMedia for
    something else. What was written until then is the caller's to remove.
    """
    target.mkdir(mode=0o700)
    if source.is_dir():
        _write(_members_of_folder(source), target, Budget(limits, limits.total))
        return
    budget = Budget(limits, source.stat().st_size)
    try:
        if zipfile.is_zipfile(source):
            with zipfile.ZipFile(source) as archive:
                _write(_members_of_zip(archive), target, budget)
        elif _is_gzip(source):
            metered = _Metered(source, Budget(limits, source.stat().st_size))
            with metered, tarfile.open(fileobj=metered, mode="r|") as tar:
                _write(_members_of_tar(tar, budget), target, budget)
        else:
            raise PackageMedia
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, gzip.BadGzipFile, EOFError, NotImplementedError) as error:
        raise PackageRefused("The archive is damaged or cut off. Send it again.") from error
    except OSError as error:
        raise PackageRefused(f"The package could not be unpacked: {error.strerror or 'it cannot be read'}.") from error


def _is_gzip(source: Path) -> bool:
    with source.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


def _write(members: Iterator[Member], target: Path, budget: Budget) -> None:
    names: list[str] = []
    for member in members:
        budget.open_file()
        _check(member.name)
        names.append(member.name)
        path = target / member.name
        # "x": a second file of the same name, or a file where a folder stands, is refused and never overwrites.
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with member.open() as content, path.open("xb") as file:
                while part := content.read(CHUNK):
                    budget.spend(len(part))
                    file.write(part)
        except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
            raise PackageUnsafe("Two files of the package have one name.", [_flaw(member.name, "is there twice")]) from error
    if doubles := clashes(names):
        reason = "differs from another file by case or accents only"
        raise PackageUnsafe("Names of the package clash.", [_flaw(name, reason) for name in doubles])


def _check(name: str) -> None:
    if reason := name_flaw(name):
        raise PackageUnsafe("A name in the package is not safe.", [_flaw(name, reason)])


def _flaw(name: str, reason: str) -> dict[str, str]:
    shown = name[:200].encode("utf-8", "backslashreplace").decode().replace("\x00", "\\0")
    return {"pointer": f"/{shown.lstrip('/')}", "detail": reason}


def _no_link(name: str) -> PackageUnsafe:
    return PackageUnsafe("Links and devices are not unpacked.", [_flaw(name, "is not a plain file")])


def _members_of_folder(folder: Path) -> Iterator[Member]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        mode = path.lstat().st_mode
        if stat.S_ISREG(mode):
            yield Member(name, lambda path=path: path.open("rb"))  # type: ignore[misc]  # binds the path of this turn
        elif not stat.S_ISDIR(mode):
            raise _no_link(name)


def _members_of_zip(archive: zipfile.ZipFile) -> Iterator[Member]:
    for info in archive.infolist():
        # zipfile cuts a name at NUL; the name as it was written is the one to judge.
        _check(info.orig_filename)
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise _no_link(info.filename)
        if info.flag_bits & 0x1:
            raise PackageRefused("The package is encrypted. Send it without a password, over this channel.")
        if not info.is_dir():
            yield Member(info.filename, lambda info=info: archive.open(info))  # type: ignore[misc]  # binds this turn's entry


def _members_of_tar(archive: tarfile.TarFile, budget: Budget) -> Iterator[Member]:
    for info in archive:
        _check(info.name)
        if info.isdir():
            budget.open_file()
        if not (info.isreg() or info.isdir()):
            raise _no_link(info.name)
        if info.isreg():
            yield Member(info.name, lambda info=info: _content(archive, info))  # type: ignore[misc]  # binds this turn's entry


def _content(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    content = archive.extractfile(info)
    if content is None:
        raise _no_link(info.name)
    return content


def remove(folder: Path) -> None:
    """Remove an unpacked package; nothing when it is gone."""
    shutil.rmtree(folder, ignore_errors=True)
