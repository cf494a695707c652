"""What may be done: Cedar policies that people can read, one file per capability; without a permit nothing is allowed."""

import json
from functools import lru_cache
from pathlib import Path

import cedarpy

from chassis.errors import NotPermitted
from chassis.origin import rest_on
from chassis.principal import Principal


class Policy:
    """The policies of one service: `permit(principal in Role::"analyst", action == Action::"gradeIncident", resource);`."""

    def __init__(self, folder: Path) -> None:
        files = {path.parent.name: path.read_text() for path in sorted(folder.glob("*/policy.cedar"))}
        self.text = "\n".join(files.values())
        self._names = [name for capability, text in files.items() for name in _names(capability, text)]
        self._policies = cedarpy.PolicySet.from_str(self.text)
        self._decide = lru_cache(maxsize=10_000)(self._evaluate)

    def permitted(self, principal: Principal, operations: list[str]) -> list[str]:
        """Those of `operations` that `principal` may do."""
        return [operation for operation in operations if self.permits(principal, operation)]

    def permits(self, principal: Principal, operation: str) -> bool:
        """True when a policy permits `principal` the operation. Policies look at roles and organization only."""
        return self.rule_of(principal, operation) is not None

    def rule_of(self, principal: Principal, operation: str) -> str | None:
        """The policy that permits it: its `@id`, else `cedar:<capability>/<n>`, the n-th in its file.
        None when no policy does."""
        return self._decide(principal.roles, principal.organization, operation)

    def require(self, principal: Principal, operation: str) -> None:
        """NotPermitted unless permitted; audit rows of the request name the policy (R17)."""
        rest_on(rule := self.rule_of(principal, operation))
        if rule is None:
            raise NotPermitted(f"Your roles ({', '.join(sorted(principal.roles)) or 'none'}) do not include {operation}.")

    def _evaluate(self, roles: frozenset[str], organization: str, operation: str) -> str | None:
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
        reasons = sorted(int(each.removeprefix("policy")) for each in result.diagnostics.reasons)
        return self._names[reasons[0]] if result.allowed and reasons else None


def _names(capability: str, text: str) -> list[str]:
    """What the policies of a file are called, in their order."""
    told = json.loads(cedarpy.policies_to_json_str(text))["staticPolicies"]
    policies = [told[f"policy{n}"] for n in range(len(told))]
    named = [(each.get("annotations") or {}).get("id") for each in policies]
    return [f"cedar:{name or f'{capability}/{n}'}" for n, name in enumerate(named, start=1)]
