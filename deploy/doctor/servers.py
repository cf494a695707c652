"""What is wrong with what runs: services that are not ready, and NATS."""

import json
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from deploy.doctor.patient import Finding, Patient, bound
from deploy.nats.server import NEEDED_BYTES

_SECONDS = 5.0
_MENDS = {
    "broker": "start NATS again",
    "database": "start PostgreSQL again",
    "writing": "free the disk of PostgreSQL",
    "publishing": "start NATS again, when its /healthz is not ok",
    "outbox": "start NATS again, when its /healthz is not ok",
}


def _get(url: str) -> Any:
    """The JSON at `url`, whatever the status. OSError or ValueError when there is none."""
    try:
        with urllib.request.urlopen(url, timeout=_SECONDS) as answer:  # noqa: S310 - of our own
            return json.loads(answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return json.loads(error.read())


def services(patient: Patient) -> Iterator[Finding]:
    """Services that do not answer, and the parts for which others are not ready."""
    for service, url in patient.addresses.items():
        try:
            parts = _get(f"{url}/readyz")
        except (OSError, ValueError) as error:
            yield Finding(f"{service} does not answer at {url}: {error}", "make run")
            continue
        for part, value in parts.items():
            if value != "ok" and part not in ("status", "dead_letters"):
                yield Finding(f"{service} is not ready: {part}: {value}", _mend(service, part))


def _mend(service: str, part: str) -> str:
    if part.startswith("events of "):
        return f"goodoffices republish {part.removeprefix('events of ')}"
    return _MENDS.get(part, f"read the log of {service}, and start it again")


def nats(patient: Patient) -> Iterator[Finding]:
    """NATS that does not answer, write, or write through, is full, or has another clock."""
    if patient.monitor is None:
        return
    try:
        health, said = _get(f"{patient.monitor}/healthz"), _get(f"{patient.monitor}/varz")
    except (OSError, ValueError) as error:
        yield Finding(f"NATS does not answer at {patient.monitor}: {error}", "make run")
        return
    if health.get("status") != "ok":
        yield Finding(
            f"NATS does not work: {health.get('error', health)}",
            "free its disk, and start NATS again",
        )
    stream = said.get("jetstream", {})
    if not stream.get("config", {}).get("sync_always"):
        what = "NATS does not write through: what it acknowledged is lost with the power"
        yield Finding(what, "set sync_interval: always (deploy/nats/nats.conf), start it again")
    yield from _nats_space(patient, stream)
    ahead = datetime.fromisoformat(said["now"]).timestamp() - time.time()
    if abs(ahead) > bound("CLOCK_SECONDS", 2):
        yield Finding(f"the clock of NATS is {ahead:+.0f} s off this one", "chronyc makestep")


def _nats_space(patient: Patient, stream: dict[str, Any]) -> Iterator[Finding]:
    used, most = (
        stream.get("stats", {}).get("storage", 0),
        stream.get("config", {}).get("max_storage", 0),
    )
    if most > 0 and used > most * 0.9:
        said = f"streams fill {used / most:.0%} of what NATS may store"
        yield Finding(said, "raise max_file_store of NATS")
    place = patient.folder
    if place is not None and shutil.disk_usage(place / "nats").free < NEEDED_BYTES:
        yield Finding("the disk of NATS is full", f"du -xhd2 {patient.folder} | sort -h | tail")
