"""Keeping what was sent until it is stored: in the database, in parts, so that whichever process goes on finds it."""

import asyncio
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from tempfile import TemporaryFile
from typing import BinaryIO, Final, cast
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Database
from chassis.principal import Principal
from services.reports.intake.tables import DeliveryPart, Submission

PART_BYTES: Final = 4 * 1024 * 1024


async def keep_parts(session: AsyncSession, submission_id: UUID, file: BinaryIO) -> None:
    """Keep a file in compressed parts of 4 MiB each."""
    number = 0
    while part := await asyncio.to_thread(_read_part, file):
        row = {"submission_id": submission_id, "number": number, "bytes": part}
        await session.execute(insert(DeliveryPart), [row])
        number += 1


def _read_part(file: BinaryIO) -> bytes:
    part = file.read(PART_BYTES)
    return zlib.compress(part, 1) if part else b""


@asynccontextmanager
async def kept_file(database: Database, principal: Principal, submission: Submission) -> AsyncIterator[BinaryIO]:
    """The kept file, on this machine's disk while it is read. OSError when it is not whole."""
    with TemporaryFile() as found:
        file, number = cast(BinaryIO, found), 0
        while (part := await _part(database, principal, submission.id, number)) is not None:
            await asyncio.to_thread(_write_part, file, part)
            number += 1
        if file.tell() != submission.size:
            raise OSError(f"{file.tell()} of {submission.size} bytes are kept")
        file.seek(0)
        yield file


def _write_part(file: BinaryIO, part: bytes) -> None:
    file.write(zlib.decompress(part))


async def _part(database: Database, principal: Principal, submission_id: UUID, number: int) -> bytes | None:
    query = select(DeliveryPart.bytes).where(DeliveryPart.submission_id == submission_id, DeliveryPart.number == number)
    async with database.transaction(principal) as session:
        return (await session.execute(query)).scalar_one_or_none()


async def drop_parts(session: AsyncSession, submission_id: UUID) -> None:
    """Forget the file: all its rows are stored, or named with the reason of their refusal."""
    await session.execute(delete(DeliveryPart).where(DeliveryPart.submission_id == submission_id))
