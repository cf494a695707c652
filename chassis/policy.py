"""What may be done: Cedar policies that people can read, one file per capability; without a permit nothing is allowed."""

from functools import lru_cache
from pathlib import Path

import cedarpy

from chassis.errors import NotPermitted
from chassis.principal import Principal


class Policy:
    """The policies of one service: `permit(principal in Role::"analyst", action == Action::"gradeIncident", resource);`."""

    def __init__(self, folder: Path) -> None:
        self.text = "\n".join(path.read_text() for path in sorted(folder.glob("*/policy.cedar")))
        self._policies = cedarpy.PolicySet.from_str(self.text)
        self._decide = lru_cache(maxsize=10_000)(self._evaluate)

    def permitted(self, principal: Principal, operations: list[str]) -> list[str]:
        """Those of `operations` that `principal` may do."""
        return [operation for operation in operations if self.permits(principal, operation)]

    def permits(self, principal: Principal, operation: str) -> bool:
        """True when a policy permits `principal` the operation. Policies look at roles and organization only."""
        return self._decide(principal.roles, principal.organization, operation)

    def require(self, principal: Principal, operation: str) -> None:
        """NotPermitted unless permitted."""
        if not self.permits(principal, operation):
            raise NotPermitted(f"Your roles ({', '.join(sorted(principal.roles)) or 'none'}) do not include {operation}.")

    def _evaluate(self, roles: frozenset[str], organization: str, operation: str) -> bool:
        user = {"type": "User", "id": "caller"}
        entity = {
            "uid": user,
            "attrs": {"organization": organization},
            "parents": [{"type": "Role", "id": role} for role in sorted(roles)],
        }
        request = {
            "principal": 'User::"caller"',
            "action": f'Action::"{operation}"',
            "resource": 'Platform::"goodoffices"',
            "context": {},
        }
        result = cedarpy.is_authorized(request, self._policies, [entity])
        return bool(result.allowed)
