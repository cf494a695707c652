"""R15: a revocation at the gateway ends the principals that services have already accepted."""

from collections.abc import Callable

import httpx

from deploy.postgres.bootstrap import DatabaseUrls
from tests.clients import Headers
from tests.services.gateway.people import Door
from tests.waiting import eventually


async def test_r15_a_revoked_client_is_refused_by_every_service_within_seconds(
    gateway: httpx.AsyncClient,
    liaison: httpx.AsyncClient,
    reports: httpx.AsyncClient,
    databases: dict[str, DatabaseUrls],
    as_: Callable[..., Headers],
) -> None:
    door = await Door.open(gateway, databases["gateway"].app_url)
    client = (await door.client("political-officer"))["client_id"]
    accepted, later = (as_("political-officer", client_id=client, epoch=epoch) for epoch in (0, 1))
    places = {liaison: "/v1/parties", reports: "/v1/incidents"}
    for service, path in places.items():
        assert (await service.get(path, headers=accepted)).status_code == 200

    revoked = await door.http.post(f"/v1/clients/{client}/revoke", headers=door.headers)
    assert revoked.status_code == 200
    for service, path in places.items():

        async def refused(service: httpx.AsyncClient = service, path: str = path) -> bool:
            return (await service.get(path, headers=accepted)).status_code == 401

        await eventually(refused, 5)
        assert "revoked" in (await service.get(path, headers=accepted)).json()["detail"]
        assert (await service.get(path, headers=later)).status_code == 200
        assert (await service.get(path, headers=as_("political-officer"))).status_code == 200
