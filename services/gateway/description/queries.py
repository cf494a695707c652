"""One OpenAPI document out of those of the services."""

import asyncio
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from chassis.openapi import merge
from contracts.publishing import HOST
from services.gateway.routing.actions import Hop

TITLE = "Good Offices"
ASYNCAPI = Path(__file__).parents[3] / "contracts" / "published" / "asyncapi.json"


async def platform_openapi(hop: Hop, own: dict[str, Any]) -> dict[str, Any]:
    """The OpenAPI document of the platform; ServiceUnavailable while a service is away."""
    others = await asyncio.gather(*(hop.read(service, "/openapi.json") for service in ("liaison", "reports", "coordination")))
    return merge(TITLE, [own, *others])


def platform_asyncapi(public_url: str) -> dict[str, Any]:
    """The AsyncAPI document as published, with the address of this deployment."""
    here = urlsplit(public_url)
    text = ASYNCAPI.read_text().replace(f"https://{HOST}/oauth2", f"{public_url}/oauth2")
    document: dict[str, Any] = json.loads(text)
    document["servers"]["deployment"] |= {"host": here.netloc, "protocol": here.scheme}
    return document
