"""The environment each service is started with; the one list of what a deployment has to provide."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.errors import NotConfigured
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
        "SEAL_KEYS": str(surroundings.keys.seal_keys),
        "WEB_FOLDER": str(surroundings.web_folder),
        "PUBLIC_URL": surroundings.service_urls["gateway"],
        "WEBHOOK_SECRET": surroundings.keys.webhook_secret,
        "WEBHOOK_ALLOW_LOOPBACK": "true",
    }


def keep_environment(folder: Path, service: str, values: Mapping[str, str]) -> None:
    """Leave the variables of a service where commands on this machine find them; readable by this user only."""
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{service}.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps(values, indent=1))


def take_environment(folder: Path, service: str) -> None:
    """Let this process have the settings of `service`: its own variables, else those the platform in `folder` was started with.

    NotConfigured when there are neither.
    """
    if f"{PREFIX}DATABASE_URL" in os.environ:
        return
    path = folder / "environment" / f"{service}.json"
    if not path.is_file():
        raise NotConfigured(service, path)
    os.environ.update(json.loads(path.read_text()))


def child_environment(values: Mapping[str, str]) -> dict[str, str]:
    """This process's environment with the values in place of its own, and output written as it comes."""
    return {**os.environ, "PYTHONUNBUFFERED": "1", **values}
