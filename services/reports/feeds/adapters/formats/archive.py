"""Zip archives, unpacked within bounds: what is small on the way in must not become large here."""

import io
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final
from zipfile import BadZipFile, ZipFile

from chassis.errors import TooLarge, Unreadable
from services.reports.feeds.adapters.rows import Row, read_document

MAX_UNPACKED_BYTES: Final = 128 * 1024 * 1024
# Tables of text shrink to a fifth or a twentieth; a thousandth and less is what bombs are made of.
MAX_RATIO: Final = 200
MAX_MEMBERS: Final = 1_000
PART_BYTES: Final = 1024 * 1024
_BROKEN = (BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)


class NotAnArchive(Unreadable):
    """A delivery that is no zip archive, or a broken, encrypted or exploding one."""

    def __init__(self, why: str) -> None:
        super().__init__(f"The archive cannot be read: {why}.")


def open_archive(file: BinaryIO) -> ZipFile:
    """The archive. NotAnArchive for what is none, TooLarge over 32 MiB as it comes."""
    try:
        archive = ZipFile(io.BytesIO(read_document(file)))
    except _BROKEN as error:
        raise NotAnArchive("it is no zip file, or broken") from error
    if len(archive.infolist()) > MAX_MEMBERS:
        raise NotAnArchive("it has too many members")
    return archive


def unpack(archive: ZipFile, max_bytes: int = MAX_UNPACKED_BYTES) -> Iterator[tuple[str, bytes]]:
    """Parts of the members, in order, with their names: counted as they unpack, whatever the archive says of their sizes.

    TooLarge over `max_bytes` in all, NotAnArchive when a member grows to more than 200 times its packed size.
    """
    total = 0
    for member in archive.infolist():
        grown = 0
        try:
            with archive.open(member) as opened:
                while part := opened.read(PART_BYTES):
                    grown += len(part)
                    _require_bounds(total + grown, grown, member.compress_size, max_bytes)
                    yield member.filename, part
        except _BROKEN as error:
            raise NotAnArchive("a member is broken or encrypted") from error
        total += grown


def _require_bounds(total: int, grown: int, packed: int, max_bytes: int) -> None:
    if total > max_bytes:
        raise TooLarge(max_bytes)
    if grown > PART_BYTES and grown > packed * MAX_RATIO:
        raise NotAnArchive("it unpacks to far more than it says")


def zipped(read: Callable[[BinaryIO], Iterator[Row]]) -> Callable[[BinaryIO], Iterator[Row]]:
    """A format inside an archive of one member. NotAnArchive when there are more."""

    def rows(file: BinaryIO) -> Iterator[Row]:
        archive = open_archive(file)
        if len(archive.infolist()) != 1:
            raise NotAnArchive("it must have exactly one member")
        unpacked = io.BytesIO()
        for _, part in unpack(archive):
            unpacked.write(part)
        unpacked.seek(0)
        yield from read(unpacked)

    return rows
