"""The whole description under attack, by all roles: no error of ours, and no answer that is not described.

`make attack` does it for a quarter of an hour; ATTACK_SECONDS and ATTACK_SEED say for how long, and with which cases.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from deploy.places import PROJECT
from tests.platforms import LoadedPlatform, start_platform

SECONDS, SEED = os.environ.get("ATTACK_SECONDS", "40"), os.environ.get("ATTACK_SEED", "1")
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
# One never ends, the others would end the access of those who attack.
LEFT_OUT = ("streamEvents", "revokeClient", "removeOrganization", "revokeToken")


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LoadedPlatform]:
    """A platform of its own: it is left in disorder."""
    folder = tmp_path_factory.mktemp("attacked")
    for each in (folder, folder.parent):
        each.chmod(0o711)
    with start_platform(folder) as platform:
        yield platform


def tokens(platform: LoadedPlatform) -> list[str]:
    """An access token of each client there is."""
    found = []
    for client in platform.credentials.values():
        form = {"grant_type": "client_credentials"} | {name: client[name] for name in ("client_id", "client_secret")}
        answer = httpx.post(f"{platform.base_url}/oauth2/token", data=form, timeout=30)
        found.append(answer.json()["access_token"])
    return found


@pytest.mark.timeout(int(SECONDS) * 2 + 180)
def test_no_request_of_any_role_causes_an_error_or_an_answer_that_is_not_described(attacked: LoadedPlatform, tmp_path: Path) -> None:
    program = [str(Path(sys.executable).parent / "schemathesis"), "run", f"{attacked.base_url}/v1/openapi.json"]
    bounds = ["--max-time", SECONDS, "--max-examples", "3", "--seed", SEED, "--request-timeout", "60"]
    how = ["--checks", CHECKS, "--phases", "examples,coverage,fuzzing", "--continue-on-failure", "--warnings", "off"]
    left_out = [word for each in LEFT_OUT for word in ("--exclude-operation-id", each)]
    hooks = {"SCHEMATHESIS_HOOKS": "tests.attack.hooks", "PYTHONPATH": str(PROJECT)}
    environment = os.environ | hooks | {"ATTACK_TOKENS": json.dumps(tokens(attacked))}
    done = subprocess.run([*program, *bounds, *how, *left_out], cwd=tmp_path, env=environment, capture_output=True, text=True)
    log = (attacked.platform.folder / "logs/gateway.log").read_text().splitlines()
    assert done.returncode == 0, "\n".join([done.stdout[-20_000:], *(line for line in log[-2000:] if "does not answer" in line)])
    cases = re.search(r"(\d+) generated", done.stdout)
    assert cases is not None, done.stdout[-3000:]
    assert int(cases[1]) > 100
