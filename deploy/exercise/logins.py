"""The demo logins: who they are, and what they may know."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Login:
    """One client of the demo set; `group` is its list in credentials.json."""

    group: str
    name: str
    role: str
    organization: str
    access: str

    def body(self) -> dict[str, Any]:
        """As POST /v1/clients takes it."""
        return {
            "client_id": self.name,
            "name": self.name.replace("-", " ").capitalize(),
            "organization": self.organization,
            "roles": [self.role],
            "access": self.access,
            "countries": ["*"],
        }


def _person(role: str, access: str = "confidential") -> Login:
    return Login("people", role, role, "centre", access)


LOGINS = [
    _person("analyst"),
    _person("reviewer"),
    _person("head-of-centre", "strictly-confidential"),
    _person("political-officer"),
    _person("coordination-officer"),
    _person("auditor"),
    Login("offices", "hq", "office", "hq", "strictly-confidential"),
    Login("offices", "unama", "office", "unama", "strictly-confidential"),
    *(Login("partners", name, "partner", name, "confidential") for name in ("osce", "cis", "sco", "world-bank", "imf")),
    *(Login("feeds", f"unct-{code}", "feed", f"unct-{code}", "confidential") for code in ("kaz", "kgz", "tjk", "tkm", "uzb")),
    Login("feeds", "unama-field", "feed", "unama", "confidential"),
]
