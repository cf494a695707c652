"""Clients generated from the description that the running platform serves: whole, strictly typed, and used."""

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.places import PROJECT
from tests.platforms import LoadedPlatform

PACKAGE = "good_offices_client"
# Two of the generator's own templates that its types do not bear out (openapi-python-client 0.29).
ITS_OWN = ("/client.py:", "submit_observations.py:36: error: Parameterized generics")


@pytest.fixture(scope="module")
def document(platform: LoadedPlatform) -> Any:
    """The description as it is served."""
    return httpx.get(f"{platform.base_url}/v1/openapi.json", timeout=60).json()


@pytest.fixture(scope="module")
def generated(document: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python client, generated without a warning."""
    folder = tmp_path_factory.mktemp("client")
    (folder / "openapi.json").write_text(json.dumps(document))
    config = PROJECT / "contracts/clients/python.yaml"
    words = ["generate", "--path", "openapi.json", "--meta", "none", "--config", str(config), "--fail-on-warning"]
    program = [str(Path(sys.executable).parent / "openapi-python-client"), *words, "--output-path", PACKAGE]
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    done = subprocess.run(program, cwd=folder, env={"PATH": path}, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stdout[-3000:]
    assert "WARNING" not in done.stdout
    return folder


@pytest.fixture
def client(generated: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The same, importable."""
    monkeypatch.syspath_prepend(str(generated))
    yield generated
    for name in [each for each in sys.modules if each.split(".")[0] == PACKAGE]:
        del sys.modules[name]


def module(path: str) -> Any:
    """One of the generated modules."""
    return importlib.import_module(f"{PACKAGE}.{path}")


def test_the_served_description_is_the_published_one(document: Any) -> None:
    published = json.loads((PROJECT / "contracts/published/openapi.json").read_text())
    assert document == published


def test_no_operation_is_dropped_in_python_or_typescript(document: Any, generated: Path) -> None:
    operations = [each for methods in document["paths"].values() for each in methods.values()]
    written = {path.stem.replace("_", "") for path in (generated / PACKAGE / "api").glob("*/*.py")}
    assert {each["operationId"].lower() for each in operations} - written == set()
    types = (PROJECT / "web/src/api/schema.d.ts").read_text()
    assert [each["operationId"] for each in operations if f"    {each['operationId']}: {{" not in types] == []


def test_the_python_client_is_strictly_typed(generated: Path) -> None:
    program = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(generated / "cache"), PACKAGE]
    done = subprocess.run(program, cwd=generated, capture_output=True, text=True, timeout=110)
    found = [line for line in done.stdout.splitlines() if "error:" in line]
    assert [line for line in found if not any(each in line for each in ITS_OWN)] == []
    assert "checked" in done.stdout


def test_the_python_client_works_with_the_platform(client: Path, platform: LoadedPlatform) -> None:
    officer = platform.credentials["political-officer"]
    form = {"grant_type": "client_credentials"} | {name: officer[name] for name in ("client_id", "client_secret")}
    token = httpx.post(f"{platform.base_url}/oauth2/token", data=form, timeout=30).json()["access_token"]
    opened = module("client").AuthenticatedClient(base_url=platform.base_url, token=token)
    with opened as http:
        body = module("models.party_body").PartyBody.from_dict(
            {"kind": "government", "name": "Ministry of Generated Clients", "countries": ["KAZ"]}
        )
        register = module("api.parties.register_party")
        first, again = [register.sync_detailed(client=http, body=body, idempotency_key="generated-1") for _ in range(2)]
        assert (first.status_code, again.headers["idempotency-replayed"]) == (201, "true")
        assert first.parsed.id == again.parsed.id
        read = module("api.parties.read_party")
        shown = read.sync_detailed(first.parsed.id, client=http)
        known = read.sync_detailed(first.parsed.id, client=http, if_none_match=shown.headers["etag"])
        assert known.status_code == 304
        missing = read.sync(first.parsed.id.__class__(int=1), client=http)
        assert missing.type_.endswith("/not-found")
        listed = module("api.parties.list_parties").sync(client=http, q="Generated Clients")
        assert [each.id for each in listed.items] == [first.parsed.id]
