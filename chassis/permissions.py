"""What the caller may do here, so that a client need not offer what would be refused."""

from fastapi import APIRouter, FastAPI, Request

from chassis.principal import PRINCIPAL_HEADER

permissions = APIRouter(include_in_schema=False)

permissions = APIRouter(include_in_schema=False)


def operation_ids(app: FastAPI) -> list[str]:
    """The operation ids of an app."""
    return [operation["operationId"] for path in app.openapi()["paths"].values() for operation in path.values()]


@permissions.get("/permissions")
async def list_permissions(request: Request) -> list[str]:
    """The operation ids that the policies of this service permit the caller."""
    principal = request.app.state.principals.read(request.headers.get(PRINCIPAL_HEADER))
    permitted: list[str] = request.app.state.policy.permitted(principal, operation_ids(request.app))
    return permitted
