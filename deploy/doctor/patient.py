"""What is examined: services whose settings are known, their servers and files."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from deploy.environment import PREFIX, SERVICES
from deploy.errors import NotConfigured
from deploy.secrets import read_json

MIB = 1024 * 1024


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, and what mends it."""

    problem: str
    mend: str

    def __str__(self) -> str:
        return f"{self.problem}; mend: {self.mend}"


@dataclass(frozen=True)
class Patient:
    """Settings by service. `folder` is the platform's of this machine, None for one elsewhere."""

    settings: dict[str, dict[str, str]]
    folder: Path | None

    def value(self, service: str, name: str) -> str | None:
        """One of a service's variables, without the prefix."""
        return self.settings[service].get(f"{PREFIX}{name}")

    @property
    def databases(self) -> dict[str, str]:
        """Addresses by service, of the role that serves."""
        return {each: _plain(told[f"{PREFIX}DATABASE_URL"]) for each, told in self.settings.items()}

    @property
    def addresses(self) -> dict[str, str]:
        """Where services answer, as the gateway is told."""
        if "gateway" not in self.settings:
            return {}
        names = {each: f"{each.upper()}_URL" for each in SERVICES} | {"gateway": "PUBLIC_URL"}
        return {each: url for each, name in names.items() if (url := self.value("gateway", name))}

    @cached_property
    def monitor(self) -> str | None:
        """Address of NATS' monitoring port."""
        if self.folder is None:
            return os.environ.get(f"{PREFIX}NATS_MONITOR_URL")
        port = read_json(self.folder / "nats" / "server.json").get("monitor_port")
        return f"http://127.0.0.1:{port}" if port else None

    @property
    def data_folders(self) -> list[Path]:
        """What must not fill up."""
        if self.folder is None:
            return []
        home = self.folder / "postgres" / "home"
        return [self.folder, *([Path(home.read_text(encoding="utf-8"))] if home.exists() else [])]


Check = Callable[[Patient], Iterator[Finding]]


def bound(name: str, default: float) -> float:
    """A number from this command's own variables."""
    return float(os.environ.get(f"{PREFIX}{name}", default))


def find_patient(folder: Path) -> Patient:
    """The service of the variables, else the platform in `folder`. NotConfigured for neither."""
    if f"{PREFIX}DATABASE_URL" in os.environ:
        ours = {name: value for name, value in os.environ.items() if name.startswith(PREFIX)}
        return Patient({ours[f"{PREFIX}SERVICE"]: ours}, None)
    paths = {each: folder / "environment" / f"{each}.json" for each in SERVICES}
    there = {each: path for each, path in paths.items() if path.is_file()}
    settings: dict[str, Any] = {each: read_json(path) for each, path in there.items()}
    if not settings:
        raise NotConfigured("any service", paths["gateway"])
    return Patient(settings, folder)


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://", 1)
