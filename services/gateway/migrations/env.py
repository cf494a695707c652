"""Alembic's entry for the gateway."""

from chassis.migrations import run
from services.gateway.base import GatewayTable

run(GatewayTable.metadata)
