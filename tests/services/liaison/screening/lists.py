"""The consolidated list as tests publish it, and what the Head is asked about it."""

import asyncio
from typing import Any
from xml.sax.saxutils import escape

import httpx

from tests.services.liaison.contacts.conftest import Desk

_days = iter(range(1, 10_000))


def consolidated(
    *people: tuple[str, str, str], note: str = "Invented.", alias: str = "", entity: str = "Invented Trading House of Nowhere"
) -> bytes:
    """The list as it is published, of invented persons: (data id, name, name in original script); newer with each call."""
    entries = "".join(
        f"<INDIVIDUAL><DATAID>{key}</DATAID><FIRST_NAME>{escape(name.split()[0])}</FIRST_NAME>"
        f"<SECOND_NAME>{escape(' '.join(name.split()[1:]))}</SECOND_NAME><UN_LIST_TYPE>Exercise</UN_LIST_TYPE>"
        f"<REFERENCE_NUMBER>EXi.{key}</REFERENCE_NUMBER><NAME_ORIGINAL_SCRIPT>{escape(original)}</NAME_ORIGINAL_SCRIPT>"
        f"<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>{escape(alias)}</ALIAS_NAME></INDIVIDUAL_ALIAS>"
        f"<COMMENTS1>{note}</COMMENTS1></INDIVIDUAL>"
        for key, name, original in people
    )
    entities = f"<ENTITY><DATAID>E1</DATAID><FIRST_NAME>{escape(entity)}</FIRST_NAME></ENTITY>"
    day = next(_days)
    when = f"{2001 + day // 360}-{day % 360 // 30 + 1:02d}-{day % 28 + 1:02d}T00:00:{day % 60:02d}.{day:06d}Z"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><CONSOLIDATED_LIST dateGenerated="{when}">'
        f"<INDIVIDUALS>{entries}</INDIVIDUALS><ENTITIES>{entities}</ENTITIES></CONSOLIDATED_LIST>"
    ).encode()


async def publish(keeper: Desk, raw: bytes) -> httpx.Response:
    """Hand the list to liaison."""
    headers = keeper.headers | {"content-type": "application/xml"}
    return await keeper.client.post("/v1/sanctions-list", content=raw, headers=headers)


async def asked(head: Desk, subject: str) -> dict[str, Any]:
    """The resemblance the job asks the Head about."""
    for _ in range(60):
        found = (await head.get("/screenings?state=pending&limit=200"))["items"]
        if mine := [each for each in found if each["subject_id"] == subject]:
            return dict(mine[0])
        await asyncio.sleep(0.2)
    raise AssertionError("nobody was asked")
