"""What the gateway's tests begin with."""

import httpx
import pytest

from deploy.postgres.bootstrap import DatabaseUrls
from tests.services.gateway.people import Door


@pytest.fixture
async def door(gateway: httpx.AsyncClient, databases: dict[str, DatabaseUrls]) -> Door:
    """The gateway, and an administrator at it."""
    return await Door.open(gateway, databases["gateway"].app_url)
