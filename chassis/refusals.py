"""Refusals before any operation is reached: false credentials, scopes, rates that were exceeded (R17).

Refusals that come by the thousand are counted: one row a minute for each address or client, with
how many they were (docs/decisions/0073-what-was-shown.md).
"""

from collections import Counter
from typing import Final, NamedTuple

from chassis.audit import NewRow, Trail, audit_row
from chassis.principal import Principal

UNAUTHENTICATED, OVER_LIMIT = "refuseUnauthenticated", "refuseOverLimit"
AT_THE_DOOR: Final = "refuseAtDoor"
NOBODY: Final = "unauthenticated"
# Whoever has as many addresses as there are stars fills no memory: what is beyond is counted as one.
MOST_COUNTED: Final = 10_000
OTHERS: Final = "others"
TOO_MANY: Final = 429


class Refused(NamedTuple):
    """What is counted together: `about` is the address a stranger came from, nothing for a client."""

    operation: str
    actor: str
    organization: str
    about: str
    outcome: str


class Refusals:
    """Writes rows of refusals; counted ones once a minute, and when the service ends."""

    def __init__(self, trail: Trail) -> None:
        self._trail = trail
        self._counts: Counter[Refused] = Counter()

    def count(self, refused: Refused) -> None:
        """One more."""
        if len(self._counts) >= MOST_COUNTED and refused not in self._counts:
            refused = refused._replace(about=OTHERS) if refused.about else refused
        self._counts[refused] += 1

    def count_stranger(self, address: str, status: int) -> None:
        """One more refusal of somebody unknown who came from `address`."""
        self.count(Refused(UNAUTHENTICATED, NOBODY, NOBODY, address, str(status)))

    async def note(self, principal: Principal, status: int) -> None:
        """A refusal of somebody known: those for haste are counted, each other one is a row."""
        known = principal.client_id, principal.organization
        if status == TOO_MANY:
            self.count(Refused(OVER_LIMIT, *known, "", str(status)))
        else:
            await self._trail.record(audit_row(principal, AT_THE_DOOR, [], str(status)))

    async def flush(self) -> None:
        """Write what was counted. Raises what the database raised: nothing is forgotten then."""
        counts, self._counts = self._counts, Counter()
        try:
            await self._trail.record_all([_row(refused, n) for refused, n in counts.items()])
        except BaseException:
            self._counts.update(counts)
            raise


def _row(refused: Refused, count: int) -> NewRow:
    return {
        "actor": refused.actor,
        "organization": refused.organization,
        "operation": refused.operation,
        "ids": [*([refused.about] if refused.about else []), str(count)],
        "outcome": refused.outcome,
        "request_id": "",
        "rule": None,
        "origin": refused.about or None,
        "content_hash": None,
    }
