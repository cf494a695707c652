"""The first administrator and the last: nobody is locked out, and each act at the machine is on record."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest
from sqlalchemy import text

from chassis.principal import system_principal
from deploy.environment import Surroundings, service_environment
from deploy.migrations import upgrade
from deploy.places import PROJECT
from deploy.postgres.bootstrap import prepare_database
from deploy.postgres.server import PostgresAddress
from tests.conftest import running
from tests.services.gateway.people import token_of


class Alone:
    """A gateway with a database of its own, and the command on its machine."""

    def __init__(self, http: httpx.AsyncClient, environment: dict[str, str]) -> None:
        self.http, self._environment = http, environment

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """`goodoffices administrator …`."""
        program = [sys.executable, "-m", "deploy.cli", "administrator", *words]
        environment = os.environ | self._environment
        return subprocess.run(program, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=60)

    async def made(self, *words: str) -> dict[str, str]:
        """The credentials a command shows."""
        done = await asyncio.to_thread(self.command, *words)
        assert done.returncode == 0, done.stderr
        lines = [line.split() for line in done.stdout.splitlines()]
        return {"client_id": lines[0][2], "client_secret": lines[1][2]}

    async def sign_in(self, client: dict[str, str]) -> dict[str, str]:
        """Headers of a client."""
        return {"authorization": f"Bearer {await token_of(self.http, client)}"}

    async def revoke(self, client_id: str, headers: dict[str, str]) -> httpx.Response:
        """The answer to a revocation."""
        return await self.http.post(f"/v1/clients/{client_id}/revoke", headers=headers)

    async def audited(self, operation: str) -> list[list[str]]:
        """The ids of the rows about an operation."""
        app = self.http.app  # type: ignore[attr-defined]
        async with app.state.database.transaction(system_principal("gateway")) as session:
            query = text("select ids from audit where operation = :operation and actor = 'system:machine'")
            return [row.ids for row in await session.execute(query, {"operation": operation})]


@pytest.fixture(scope="module")
async def alone(surroundings: Surroundings, postgres_address: PostgresAddress, worker_id: str) -> AsyncIterator[Alone]:
    from services.gateway.app import create_app

    urls = await asyncio.to_thread(prepare_database, postgres_address, "gateway", f"test_{worker_id}_alone")
    await asyncio.to_thread(upgrade, "gateway", urls.owner_url)
    own = replace(surroundings, database_urls={**surroundings.database_urls, "gateway": urls.app_url})
    async with running(create_app, "gateway", own) as http:
        yield Alone(http, service_environment("gateway", own))


async def test_the_first_administrator_comes_from_the_machine_and_the_last_stays(alone: Alone) -> None:
    first = await alone.made("create", "Aigul Sadykova")
    headers = await alone.sign_in(first)
    refused = await alone.revoke(first["client_id"], headers)
    assert refused.status_code == 409
    assert refused.json()["type"].endswith("/last-administrator")
    second = await alone.made("create", "Aigul Sadykova")
    assert second["client_id"] != first["client_id"]
    assert (await alone.revoke(first["client_id"], headers)).status_code == 200
    assert [first["client_id"]] in await alone.audited("createAdministrator")


async def test_a_revoked_administrator_is_revived_with_one_new_secret(alone: Alone) -> None:
    made, other = await alone.made("create", "Revived"), await alone.made("create", "Other")
    old = await alone.sign_in(made)
    assert (await alone.revoke(made["client_id"], await alone.sign_in(other))).status_code == 200
    revived = await alone.made("revive", made["client_id"])
    assert (await alone.http.get("/v1/clients", headers=await alone.sign_in(revived))).status_code == 200
    assert (await alone.http.get("/v1/clients", headers=old)).status_code == 401
    form = {"grant_type": "client_credentials", **made}
    assert (await alone.http.post("/oauth2/token", data=form)).status_code == 401
    assert await alone.audited("reviveAdministrator") == [[made["client_id"]]]


async def test_two_that_revoke_each_other_leave_one(alone: Alone) -> None:
    pair = [await alone.made("create", name) for name in ("One", "Two")]
    headers = [await alone.sign_in(each) for each in pair]
    keeper = headers[0]
    listed = (await alone.http.get("/v1/clients?limit=200", headers=keeper)).json()["items"]
    others = {each["client_id"] for each in listed if each["state"] == "active"} - {each["client_id"] for each in pair}
    for client_id in others:
        assert (await alone.revoke(client_id, keeper)).status_code == 200
    answers = await asyncio.gather(alone.revoke(pair[1]["client_id"], headers[0]), alone.revoke(pair[0]["client_id"], headers[1]))
    assert [answer.status_code for answer in answers].count(200) == 1, [answer.text for answer in answers]


@pytest.mark.parametrize(
    ("words", "reason"),
    [(("create", " "), "name of one line"), (("create", "a\x1bb"), "name of one line"), (("revive", "nobody"), "no such")],
)
def test_a_command_that_cannot_be_served_says_why_in_one_line(alone: Alone, words: tuple[str, ...], reason: str) -> None:
    done = alone.command(*words)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error: ")
    assert len(done.stderr.splitlines()) == 1
    assert reason in done.stderr


def test_without_settings_the_command_says_what_is_missing(tmp_path: object) -> None:
    program = [sys.executable, "-m", "deploy.cli", "administrator", "create", "x", "--folder", str(tmp_path)]
    bare = {name: value for name, value in os.environ.items() if not name.startswith("GOODOFFICES_")}
    done = subprocess.run(program, cwd=PROJECT, env=bare, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "no settings for gateway" in done.stderr
