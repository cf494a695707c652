"""Loads the exercise data into a platform that has none yet, through its public API."""

import json
import os
from pathlib import Path

import httpx

from deploy.errors import LoadFailed
from deploy.exercise.client import Api
from deploy.exercise.logins import LOGINS
from deploy.exercise.story import tell

Credentials = dict[str, list[dict[str, str]]]
CREATED, TAKEN = 201, 409


async def load(base_url: str, credentials: Path, administrator: tuple[str, str] | None) -> None:
    """Make the demo logins and tell the exercise's story; nothing when `administrator` is None, since it was done.

    `credentials` is written last: a load that broke off is begun again, and doubles nothing. Raises LoadFailed.
    """
    if administrator is None:
        return
    async with httpx.AsyncClient(base_url=base_url, timeout=60) as http:
        known = await make_logins(http, administrator)
        apis = {
            entry["name"]: await Api.sign_in(http, entry["client_id"], entry["client_secret"])
            for group in known.values()
            for entry in group
        }
        await tell(apis)
    _write(credentials, known)


async def make_logins(http: httpx.AsyncClient, administrator: tuple[str, str]) -> Credentials:
    """The demo logins with their secrets, by group. A login that is there already gets its next secret."""
    api = await Api.sign_in(http, *administrator)
    known: Credentials = {"people": [], "offices": [], "partners": [], "feeds": []}
    known["people"].append(_entry("administrator", "administrator", *administrator))
    for login in LOGINS:
        answer = await api.try_post("/clients", login.body())
        if answer.status_code == TAKEN:
            secret = (await api.post(f"/clients/{login.name}/secrets"))["client_secret"]
        elif answer.status_code == CREATED:
            secret = answer.json()["client_secret"]
        else:
            raise LoadFailed(f"login {login.name}: {answer.text[:500]}")
        known[login.group].append(_entry(login.name, login.role, login.name, secret))
    return known


def _entry(name: str, role: str, client_id: str, secret: str) -> dict[str, str]:
    return {"name": name, "role": role, "client_id": client_id, "client_secret": secret}


def _write(path: Path, known: Credentials) -> None:
    """Whole or not at all, and for its owner's eyes only."""
    draft = path.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(known, file, indent=2)
    draft.rename(path)
