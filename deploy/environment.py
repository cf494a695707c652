"""The environment each service is started with; the one list of what a deployment has to provide."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.keys import Keys
from deploy.places import BOUNDARIES, WEB

SERVICES = ("liaison", "reports", "coordination", "gateway")
PREFIX = "GOODOFFICES_"


@dataclass(frozen=True)
class Surroundings:
    """What surrounds the services: addresses of their databases (app role), of NATS and of one another, and keys."""

    database_urls: Mapping[str, str]
    nats_url: str
    keys: Keys
    service_urls: Mapping[str, str]
    web_folder: Path = WEB

    @property
    def packages_folder(self) -> Path:
        """Where hand-over packages lie while they are imported: beside the keys, readable by the same user only."""
        return self.keys.folder.parent / "packages"


def service_environment(service: str, surroundings: Surroundings) -> dict[str, str]:
    """The variables of one service, all with the prefix GOODOFFICES_."""
    keys = surroundings.keys
    values = {
        "SERVICE": service,
        "DATABASE_URL": surroundings.database_urls[service],
        "NATS_URL": surroundings.nats_url,
        "PRINCIPAL_KEYS": str(keys.principal_keys),
        "SEAL_KEY": str(keys.seal(service)),
        "CURSOR_SECRET": keys.cursor_secret,
    }
    if service == "gateway":
        values |= _gateway_values(surroundings)
    elif service == "liaison":
        values |= {"PACKAGES_FOLDER": str(surroundings.packages_folder), "PUBLIC_URL": surroundings.service_urls["gateway"]}
    elif service == "reports":
        values |= {"BOUNDARIES_FOLDER": str(BOUNDARIES), "FEED_ALLOW_LOOPBACK": "true"}
    return {f"{PREFIX}{name}": value for name, value in values.items()}


def _gateway_values(surroundings: Surroundings) -> dict[str, str]:
    others = {f"{name.upper()}_URL": url for name, url in surroundings.service_urls.items() if name != "gateway"}
    return others | {
        "PRINCIPAL_SIGNING_KEY": str(surroundings.keys.principal_signing),
        "TOKEN_KEY": str(surroundings.keys.token),
        "WEB_FOLDER": str(surroundings.web_folder),
        "PUBLIC_URL": surroundings.service_urls["gateway"],
        "WEBHOOK_ALLOW_LOOPBACK": "true",
    }


def child_environment(values: Mapping[str, str]) -> dict[str, str]:
    """This process's environment with the values in place of its own, and output written as it comes."""
    return {**os.environ, "PYTHONUNBUFFERED": "1", **values}
