"""Files of letters out of a package: their content goes where our register keeps it, once however often it is attached."""

import asyncio
from collections.abc import Collection, Mapping

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.liaison.correspondence.actions import kind_of
from services.liaison.correspondence.tables import Attachment, AttachmentContent
from services.liaison.handover.tables import HandoverAttachment


async def store_files(session: AsyncSession, contents: Mapping[str, bytes]) -> set[str]:
    """Store those of `contents`, by SHA-256, that letters name, and say of what kind each is; their digests."""
    named = set((await session.execute(select(Attachment.sha256).where(Attachment.sha256.in_(contents)))).scalars())
    for digest in sorted(named):
        content = contents[digest]
        await session.execute(insert(AttachmentContent).values(sha256=digest, content=content).on_conflict_do_nothing())
        said = {"media_type": await asyncio.to_thread(kind_of, content), "size": len(content)}
        await session.execute(update(Attachment).where(Attachment.sha256 == digest).values(said))
    return named


async def adopt_files(session: AsyncSession, digests: Collection[str]) -> None:
    """Store the files of letters that were placed after the attachments of their package: out of the quarantine."""
    for digest in sorted(set(digests)):
        kept = select(HandoverAttachment.content).where(HandoverAttachment.digest == digest).limit(1)
        content = await session.scalar(kept)
        if content is not None:
            await store_files(session, {digest: content})
