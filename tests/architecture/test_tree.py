"""The folder tree is the explanation: same names everywhere, small files, nothing that does not belong."""

import ast
import json
import re
import secrets
import subprocess
from pathlib import Path

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, OKPKey

from deploy.environment import SERVICES
from deploy.places import PROJECT

CAPABILITY_FILES = {
    "__init__.py", "endpoints", "subscribers", "actions", "queries", "tables", "schemas", "events", "rules", "errors",
    "policy.cedar", "adapters", "rendering", "__pycache__",
}  # fmt: skip
SERVICE_FILES = {"__init__.py", "app.py", "settings.py", "base.py", "jobs.py", "migrations", "__pycache__"}
CODE = [
    *PROJECT.glob("contracts/**/*.py"),
    *PROJECT.glob("chassis/**/*.py"),
    *PROJECT.glob("services/**/*.py"),
    *PROJECT.glob("deploy/**/*.py"),
    *PROJECT.glob("benchmarks/**/*.py"),
]
TRACKED = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=PROJECT, capture_output=True, text=True, check=True)
TEXTS = [PROJECT / name for name in TRACKED.stdout.split("\n") if name and (PROJECT / name).is_file()]
SOURCES = [path for path in TEXTS if path.suffix in {".py", ".ts", ".tsx", ".css"}]
CAPABILITIES = [
    folder
    for service in SERVICES
    for folder in sorted((PROJECT / "services" / service).iterdir())
    if folder.is_dir() and folder.name not in SERVICE_FILES
]
# Of every router but the gateway's own door, which issues tokens and takes forms.
ROUTED = re.compile(r"(?!door\.)\w+\.(get|post|put|patch|delete)\(")
# Built from parts, so that this file does not hold what it looks for.
SECRET = re.compile(
    "|".join(
        (
            "-----BEGIN [A-Z ]*PRIV" + "ATE KEY",
            r'"(d|k)":\s*"[A-Za-z0-9_-]{40,}"',  # a private or symmetric JWK
            "(AK|AS)" + "IA[0-9A-Z]{16}",
            "whsec_" + r"[A-Za-z0-9+/=]{24,}",
            "gh[pousr]_" + r"[A-Za-z0-9]{30,}|github_" + r"pat_\w{30,}|gl" + r"pat-[\w-]{20}",
            "xox[abprs]-" + r"[\w-]{10,}|sk_" + r"live_\w{16,}|AI" + r"za[\w-]{35}",
            r"\bey" + r"J[\w-]{15,}\.ey" + r"J[\w-]{15,}\.[\w-]{20,}",  # a signed token
            r"://[^\s:/@'\"{}$<]+:[^\s:/@'\"{}$<]{8,}@(?!127\.0\.0\.1|localhost)",  # an address with a password
            r"(?i:(pass" + r"word|sec" + r"ret|to" + r"ken|api_?key)['\"]?\s*[:=]\s*['\"][A-Za-z0-9+/=_-]{24,}['\"])",
        )
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
def test_code_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text())), "begins with what it is"


def test_no_file_is_long() -> None:
    """Code, tests, migrations and the web client's sources alike."""
    long = [str(path.relative_to(PROJECT)) for path in SOURCES if path.read_text().count("\n") > 300]
    assert long == [], "split it: into a folder of the same name, or what stands beside it"


def test_no_function_is_long() -> None:
    """A migration is one list of statements in one order, and gains nothing by being cut."""
    long = [
        f"{path.relative_to(PROJECT)}: {node.name}"
        for path in CODE
        if "migrations" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno >= 40
    ]
    assert long == []


def test_no_test_is_skipped() -> None:
    passed_over = re.compile(r"\bpytest\.(?:mark\.)?(?:ski" + r"p|xfa" + r"il|importor)|\b(?:it|test|describe)\.(?:ski" + r"p|todo|only)\b")
    assert [str(path.relative_to(PROJECT)) for path in SOURCES if passed_over.search(path.read_text())] == []


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
            routed = isinstance(node, ast.AsyncFunctionDef) and any(ROUTED.match(ast.unparse(each)) for each in node.decorator_list)
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


@pytest.mark.parametrize(
    "secret",
    [
        json.dumps(OKPKey.generate_key("Ed25519").as_dict(private=True)),
        json.dumps(OctKey.generate_key(256).as_dict(private=True)),
        OKPKey.generate_key("Ed25519").as_pem(private=True).decode(),
        jwt.encode({"alg": "HS256"}, {"sub": "somebody", "exp": 1}, OctKey.generate_key(256)),
        "whs" + "ec_" + secrets.token_urlsafe(32).replace("-", "A").replace("_", "B"),
        "gh" + "p_" + secrets.token_hex(18),
        "postgresql://owner:" + secrets.token_hex(8) + "@db.example/liaison",
        "client_" + "secret = '" + secrets.token_hex(16) + "'",
    ],
    ids=["JWK", "shared JWK", "PEM", "token", "webhook", "repository", "address", "assignment"],
)
def test_the_scan_sees_secrets(secret: str) -> None:
    assert SECRET.search(secret)
    assert not SECRET.search(json.dumps(OKPKey.generate_key("Ed25519").as_dict(private=False)))
    assert not SECRET.search("postgresql://owner:secret-of-the-owner@127.0.0.1/liaison and token = find_token(request)")
