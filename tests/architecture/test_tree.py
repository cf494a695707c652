"""The folder tree is the explanation: same names everywhere, small files, nothing that does not belong."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from deploy.environment import SERVICES
from deploy.places import PROJECT

CAPABILITY_FILES = {
    "__init__.py", "endpoints", "subscribers", "actions", "queries", "tables", "schemas", "rules", "errors", "policy.cedar",
    "adapters", "rendering", "__pycache__",
}  # fmt: skip
SERVICE_FILES = {"__init__.py", "app.py", "settings.py", "base.py", "jobs.py", "migrations", "__pycache__"}
CODE = [
    *PROJECT.glob("contracts/**/*.py"),
    *PROJECT.glob("chassis/**/*.py"),
    *PROJECT.glob("services/**/*.py"),
    *PROJECT.glob("deploy/**/*.py"),
]
TRACKED = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=PROJECT, capture_output=True, text=True, check=True)
TEXTS = [PROJECT / name for name in TRACKED.stdout.split("\n") if name and (PROJECT / name).is_file()]
CAPABILITIES = [
    folder
    for service in SERVICES
    for folder in sorted((PROJECT / "services" / service).iterdir())
    if folder.is_dir() and folder.name not in SERVICE_FILES
]
# Built from parts, so that this file does not hold what it looks for.
SECRET = re.compile(
    "|".join(
        ("-----BEGIN [A-Z ]*PRIV" + "ATE KEY", r'"d":\s*"[A-Za-z0-9_-]{40,}"', "AK" + "IA[0-9A-Z]{16}", "whsec_" + r"[A-Za-z0-9+/=]{24,}")
    )
)
MACHINE = re.compile(
    "|".join(("pypi" + r"\.org", "python" + r"hosted\.org", "npmjs" + r"\.(org|com)", r"(?<![\w.])/(?:wo" + "rk|ro" + r"ot)/[\w.]"))
)


@pytest.mark.parametrize("folder", CAPABILITIES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_capability_has_the_same_file_names(folder: Path) -> None:
    names = {path.name if path.name in CAPABILITY_FILES else path.name.removesuffix(".py") for path in folder.iterdir()}
    assert names <= CAPABILITY_FILES
    assert (folder / "__init__.py").read_text().startswith('"""')


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(PROJECT)))
def test_files_stay_small_and_say_what_they_are(path: Path) -> None:
    text = path.read_text()
    if "migrations" not in path.parts:
        assert text.count("\n") <= 300, "split it into a folder of the same name"
    assert ast.get_docstring(ast.parse(text)), "begins with what it is"


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_has_one_migration_head(service: str) -> None:
    revisions = [path.read_text() for path in (PROJECT / "services" / service / "migrations" / "versions").glob("*.py")]
    known = {match for text in revisions for match in re.findall(r"^revision = ['\"](.+)['\"]", text, re.M)}
    before = {match for text in revisions for match in re.findall(r"^down_revision = ['\"](.+)['\"]", text, re.M)}
    assert len(known - before) == 1


def test_endpoints_are_one_call_and_a_return() -> None:
    long = []
    for path in PROJECT.glob("services/*/*/endpoints.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            routed = isinstance(node, ast.AsyncFunctionDef) and any("routes." in ast.unparse(each) for each in node.decorator_list)
            if routed and isinstance(node, ast.AsyncFunctionDef) and len(node.body) > 5:
                long.append(f"{path.relative_to(PROJECT)}: {node.name}")
    assert not long


def test_nobody_but_the_transaction_commits_and_nobody_raises_http_exceptions() -> None:
    offenders = [
        str(path.relative_to(PROJECT))
        for path in PROJECT.glob("services/**/*.py")
        if ".commit()" in path.read_text() or "raise HTTPException" in path.read_text()
    ]
    assert not offenders


def test_no_secret_no_registry_and_no_machine_path_is_in_the_tree() -> None:
    found = []
    for path in TEXTS:
        if path.suffix in {".png", ".ico", ".woff2"} or path.stat().st_size > 2_000_000:
            continue
        text = path.read_text(errors="replace")
        if SECRET.search(text) or MACHINE.search(text):
            found.append(str(path.relative_to(PROJECT)))
    assert not found
