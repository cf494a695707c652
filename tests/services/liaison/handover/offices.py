"""What one office hands to another: its package, what is in it, and the review of what came."""

import io
import zipfile

from tests.services.liaison.handover.conftest import Head

BODY = {
    "office": "centre",
    "name": "The Centre",
    "countries": ["TJK", "UZB"],
    "period_begin": "2007-12-10",
    "period_end": "2030-12-31",
    "prepared_at": "2031-01-01T00:00:00Z",
}


def content_of(package: bytes) -> dict[str, list[str]]:
    """The records by kind, sorted, and the attachments."""
    found: dict[str, list[str]] = {}
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        for name in archive.namelist():
            kind = name.split("/")[-2]
            if name.endswith(".ndjson"):
                found[kind] = sorted(found.get(kind, []) + archive.read(name).decode().splitlines())
            elif kind == "attachments":
                found[kind] = sorted([*found.get(kind, []), name.rsplit("/", 1)[1]])
    return found


async def exported(head: Head) -> bytes:
    """The package of an office, over the API."""
    answer = await head.post("/export", BODY)
    assert answer.status_code == 200, answer.text
    return answer.content


async def review_all(head: Head, key: str) -> None:
    """Each series as the giving office labelled it."""
    for each in await head.get(f"/handovers/{key}/series"):
        if each["addressee"] == "centre":
            assert (await head.post(f"/{key}/series/{each['series']}/review", {"reason": "As given."})).status_code == 200
