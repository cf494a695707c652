"""What the caller may do here, so that a client need not offer what would be refused."""

from fastapi import APIRouter, Request
from fastapi.routing import APIRoute

from chassis.principal import PRINCIPAL_HEADER

permissions = APIRouter(include_in_schema=False)


@permissions.get("/permissions")
async def list_permissions(request: Request) -> list[str]:
    """The operation ids that the policies of this service permit the caller."""
    principal = request.app.state.principals.read(request.headers.get(PRINCIPAL_HEADER))
    operations = [route.operation_id for route in request.app.routes if isinstance(route, APIRoute) and route.operation_id]
    permitted: list[str] = request.app.state.policy.permitted(principal, operations)
    return permitted
