"""One OpenAPI document out of those of the services."""

import asyncio
import json
from pathlib import Path
from typing import Any

from chassis.openapi import merge
from services.gateway.routing.actions import Hop

TITLE = "Good Offices"
ASYNCAPI = Path(__file__).parents[3] / "contracts" / "published" / "asyncapi.json"


async def platform_openapi(hop: Hop, own: dict[str, Any]) -> dict[str, Any]:
    """The OpenAPI document of the platform; ServiceUnavailable while a service is away."""
    others = await asyncio.gather(*(hop.read(service, "/openapi.json") for service in ("liaison", "reports", "coordination")))
    return merge(TITLE, [own, *others])


def platform_asyncapi() -> dict[str, Any]:
    """The AsyncAPI document, as published."""
    document: dict[str, Any] = json.loads(ASYNCAPI.read_text())
    return document
