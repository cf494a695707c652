"""The gateway watches that no service's trail is cut or made anew (R17)."""

from typing import Final

from prometheus_client import Gauge

from chassis.bus import SERVICES
from chassis.database import Database
from chassis.logs import log
from chassis.principal import system_principal
from services.gateway.audit.queries import newest_announced, newest_sealed
from services.gateway.audit.rules import difference
from services.gateway.routing.actions import Hop
from services.gateway.routing.errors import ServiceUnavailable

DIFFERS: Final = Gauge(
    "goodoffices_audit_differs",
    "1 while a service's newest seals are not those it announced",
    ["service"],
)
_WATCHER = system_principal("gateway").model_copy(update={"roles": frozenset({"system", "auditor"})})
logger = log(__name__)


class Watch:
    """Compares each service's newest seals with the announced roots. `conditions` is what
    `/readyz` tells."""

    def __init__(self, database: Database, hop: Hop, conditions: dict[str, str]) -> None:
        self._database, self._hop, self._conditions = database, hop, conditions

    async def look(self) -> None:
        """Compare once. A service that is away is asked the next time; what was found stays."""
        for service in SERVICES:
            try:
                found = await self._compare(service)
            except ServiceUnavailable:
                logger.warning("seals not compared: the service is away", audited=service)
                continue
            self._tell(service, found)

    async def _compare(self, service: str) -> str | None:
        async with self._database.transaction(_WATCHER) as session:
            # What was announced first: a seal that is made meanwhile is in the service's answer.
            announced = await newest_announced(session, service)
            sealed = await newest_sealed(session, self._hop, service)
        return difference(sealed, announced)

    def _tell(self, service: str, found: str | None) -> None:
        DIFFERS.labels(service).set(found is not None)
        self._conditions[f"audit of {service}"] = found or "ok"
        if found:
            logger.critical("the audit trail was cut or changed", audited=service, found=found)
