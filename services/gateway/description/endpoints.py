"""The description over HTTP, open to everybody: what an integrator reads first."""

from typing import Any

from fastapi import APIRouter, Request

from services.gateway.description import queries

routes = APIRouter(include_in_schema=False)


@routes.get("/v1/openapi.json")
async def read_openapi(request: Request) -> dict[str, Any]:
    """OpenAPI 3.1 of everything behind this door."""
    state = request.app.state
    if getattr(state, "platform_openapi", None) is None:
        state.platform_openapi = await queries.platform_openapi(state.hop, request.app.openapi())
    found: dict[str, Any] = state.platform_openapi
    return found


@routes.get("/v1/asyncapi.json")
async def read_asyncapi(request: Request) -> dict[str, Any]:
    """AsyncAPI 3.0 of the events."""
    return queries.platform_asyncapi(request.app.state.settings.public_url)
