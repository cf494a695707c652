"""The exercise's story told again over the one that is there: after a load that broke off, nothing is doubled."""

import httpx

from deploy.exercise.client import Api
from deploy.exercise.story import tell
from tests.platforms import LoadedPlatform, People

COUNTED = ["reports", "incidents", "parties", "engagements", "objectives", "initiatives"]


async def count(people: People) -> dict[str, int]:
    """How many of the exercise's records there are of each kind."""
    pages = {kind: await people.get("head-of-centre", f"/{kind}?limit=200") for kind in COUNTED}
    return {kind: sum("EXERCISE" in str(item) for item in page["items"]) for kind, page in pages.items()}


async def test_the_story_told_twice_is_one_story(platform: LoadedPlatform, people: People) -> None:
    before = await count(people)
    assert all(before.values()), before
    async with httpx.AsyncClient(base_url=platform.base_url, timeout=20) as http:
        logins = platform.credentials.values()
        await tell({each["name"]: await Api.sign_in(http, each["client_id"], each["client_secret"]) for each in logins})
    assert await count(people) == before
