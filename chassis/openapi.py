"""OpenAPI as clients need it: stable operationIds, security, and the problems every operation may answer with."""

import json
import re
from collections import Counter
from copy import deepcopy
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from chassis.described import HEADERS, PARAMETERS, PROBLEM_SCHEMA, Json, Problems, reference
from chassis.examples import add_examples
from chassis.operation import EDITS

SECURITY_SCHEMES = {
    "clientCredentials": {
        "type": "oauth2",
        "flows": {"clientCredentials": {"tokenUrl": "/oauth2/token", "scopes": {}}},
    },
    "session": {"type": "apiKey", "in": "cookie", "name": "goodoffices_session"},
}
_EVERY = (400, 401, 403, 404, 422, 429, 503)
_WITH_BODY = (408, 409, 412, 413)
# FastAPI reads JSON and forms; a body of another kind is read by the operation, which refuses those it does not know.
_READ_BY_US = frozenset(
    {"text/csv", "text/vcard", "application/x-ndjson", "application/xml", "application/zip", "application/octet-stream"}
)


def describe(app: FastAPI, service: str) -> None:
    """Let `app.openapi()` give the document described above."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            raw = get_openapi(title=app.title, version=app.version, routes=app.routes)
            app.openapi_schema = finish(raw, service)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def finish(document: Json, service: str) -> Json:
    """Add problems, headers, parameters and security to every operation of `document`, each described once."""
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    _drop_titles(schemas)
    schemas["Problem"] = PROBLEM_SCHEMA
    components |= {"securitySchemes": SECURITY_SCHEMES, "headers": HEADERS, "parameters": PARAMETERS}
    tags = {each["tags"][0] for ways in document.get("paths", {}).values() for each in ways.values()}
    problems = Problems(service, tags)
    for path, operations in document.get("paths", {}).items():
        for method, operation in operations.items():
            _drop_titles(operation)
            _mark_files(operation)
            operation.setdefault("security", [{"clientCredentials": []}, {"session": []}])
            _add_problems(operation, method, problems)
            _add_headers(operation, path, method)
    components["responses"] = problems.answers(tags)
    add_examples(document)
    return document


def _drop_titles(part: Any, names: bool = False) -> None:
    """Titles that pydantic makes of names say nothing, and two schemas of one title confuse generators.

    `names`: the keys of this object are names that somebody gave, of which one may be `title`.
    """
    if isinstance(part, list):
        for each in part:
            _drop_titles(each)
    elif isinstance(part, dict):
        if not names and isinstance(part.get("title"), str):
            del part["title"]
        for key, each in part.items():
            if key not in ("example", "examples", "default"):
                _drop_titles(each, key in ("properties", "schemas") and not names)


def _mark_files(operation: Json) -> None:
    """A body that is a file is bytes, also where it is text: generators read it so."""
    for kind, media in operation.get("requestBody", {}).get("content", {}).items():
        if "+json" not in kind and kind != "application/json" and media.get("schema", {}).get("type") == "string":
            media["schema"]["format"] = "binary"


def _add_problems(operation: Json, method: str, problems: Problems) -> None:
    capability = operation["tags"][0]
    wanted = {*_EVERY, *(_WITH_BODY if method != "get" else ())}
    # What only some operations can answer is said below, of those.
    elsewhere = {415, 428} | (set(_WITH_BODY) - {409} if method == "get" else set())
    wanted |= problems.statuses(capability) - elsewhere
    if method.upper() in EDITS and operation["security"]:
        wanted.add(428)
    if _READ_BY_US & set(operation.get("requestBody", {}).get("content", {})):
        wanted.add(415)
    for status in sorted(wanted):
        operation["responses"][str(status)] = reference("responses", problems.name(status, capability))


def _add_headers(operation: Json, path: str, method: str) -> None:
    """The headers an operation reads and answers with."""
    known = {each.get("name", "").lower() for each in operation.get("parameters", [])}
    read = {
        "IfMatch": method.upper() in EDITS or (method == "post" and "{" in path),
        "IdempotencyKey": method == "post",
        "IfNoneMatch": method == "get" and path.endswith("}"),
    }
    names = [name for name, wanted in read.items() if wanted and operation["security"]]
    names = [name for name in names if PARAMETERS[name]["name"].lower() not in known]
    if names:
        operation.setdefault("parameters", []).extend(reference("parameters", name) for name in names)
    for status, answer in operation["responses"].items():
        if status.startswith("2"):
            answer["headers"] = _answered(operation, status, answer, method)
    if "IfNoneMatch" in names:
        operation["responses"]["304"] = {"description": "Nothing changed since."}


def _answered(operation: Json, status: str, answer: Json, method: str) -> Json:
    sent = {"X-Request-Id": "RequestId"}
    if operation["security"]:
        sent["RateLimit"] = "RateLimit"
    if "application/json" in answer.get("content", {}):
        sent["ETag"] = "ETag"
    if status in ("201", "202"):
        sent["Location"] = "Location"
    if method == "post" and operation["security"]:
        sent["Idempotency-Replayed"] = "IdempotencyReplayed"
    return {name: reference("headers", shared) for name, shared in sorted(sent.items())}


def merge(title: str, documents: list[dict[str, Any]]) -> dict[str, Any]:
    """One document for the whole platform out of the services' own. ValueError when two define a thing differently."""
    whole: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": "1",
            "description": "Preventive diplomacy in Central Asia: liaison, reporting, coordination. Additive change only within v1.",
            "license": {"name": "Proprietary", "identifier": "LicenseRef-Good-Offices"},
        },
        "servers": [{"url": "/", "description": "This deployment"}],
        "paths": {},
        "components": {"schemas": {}, "securitySchemes": SECURITY_SCHEMES},
    }
    for document in deepcopy(documents):
        _add_all(whole["paths"], document.get("paths", {}), "path")
        for kind in ("schemas", "headers", "parameters"):
            _add_all(whole["components"].setdefault(kind, {}), document["components"].get(kind, {}), kind)
        _add_answers(whole["components"].setdefault("responses", {}), document["components"].get("responses", {}))
    _drop_unused_answers(whole)
    _share_parameters(whole)
    _share_examples(whole)
    whole["paths"] = dict(sorted(whole["paths"].items()))
    return whole


def _share_parameters(whole: Json) -> None:
    """Describe once what several operations take alike: paging, a country, an order."""
    lists = [each["parameters"] for ways in whole["paths"].values() for each in ways.values() if "parameters" in each]
    counts = Counter(json.dumps(each, sort_keys=True) for taken in lists for each in taken if "$ref" not in each)
    names: dict[str, str] = {}
    for written in sorted(each for each, count in counts.items() if count > 1):
        parameter = json.loads(written)
        plain = re.sub(r"\W", "_", f"{parameter['in']}_{parameter['name']}")
        name = next(each for each in (plain, *(f"{plain}_{n}" for n in range(2, 99))) if each not in names.values())
        names[written] = name
        whole["components"]["parameters"][name] = parameter
    for taken in lists:
        shared = (names.get(json.dumps(each, sort_keys=True)) for each in taken)
        taken[:] = [reference("parameters", name) if name else each for each, name in zip(taken, list(shared), strict=True)]


def _share_examples(whole: Json) -> None:
    """Show once what several operations take or answer alike."""
    operations = [each for ways in whole["paths"].values() for each in ways.values()]
    bodies = [body for each in operations for body in (each.get("requestBody", {}), *each["responses"].values())]
    media = [each for body in bodies for each in body.get("content", {}).values() if "example" in each]
    counts = Counter(json.dumps([each.get("schema"), each["example"]], sort_keys=True) for each in media)
    shared = whole["components"].setdefault("examples", {})
    for each in media:
        written = json.dumps([each.get("schema"), each["example"]], sort_keys=True)
        if counts[written] > 1 and "$ref" in each["schema"]:
            name = each["schema"]["$ref"].rsplit("/", 1)[-1]
            shared[name] = {"value": each.pop("example")}
            each["examples"] = {"example": reference("examples", name)}


def _add_answers(target: dict[str, Json], source: dict[str, Json]) -> None:
    """The same answer of two services, with the examples of both: the gateway refuses in front of all."""
    for name, answer in source.items():
        media = target.setdefault(name, answer)["content"]["application/problem+json"]
        media["examples"] |= answer["content"]["application/problem+json"]["examples"]


def _drop_unused_answers(whole: Json) -> None:
    used = set(re.findall(r'"#/components/responses/(\w+)"', json.dumps(whole["paths"])))
    responses = whole["components"]["responses"]
    whole["components"]["responses"] = {name: each for name, each in sorted(responses.items()) if name in used}


def _add_all(target: dict[str, Any], source: dict[str, Any], what: str) -> None:
    for name, value in source.items():
        if target.setdefault(name, value) != value:
            raise ValueError(f"two services define the {what} {name} differently")
