"""Alembic's entry for gateway."""

from chassis.migrations import run
from services.gateway.base import GatewayTable

run(GatewayTable)
