"""OpenAPI as clients need it: stable operationIds, security, and the problems every operation may answer with."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from chassis.errors import PreconditionFailed
from chassis.examples import add_examples
from chassis.operation import EDITS

PROBLEM_SCHEMA = {
    "type": "object",
    "description": "RFC 9457 problem details.",
    "required": ["type", "title", "status", "detail", "request_id"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
    "additionalProperties": True,
    "examples": [PreconditionFailed().document("01939c5e-7a11-7d40-8a53-6d2b1e0f9c8a")],
}
SECURITY_SCHEMES = {
    "clientCredentials": {
        "type": "oauth2",
        "flows": {"clientCredentials": {"tokenUrl": "/oauth2/token", "scopes": {}}},
    },
    "session": {"type": "apiKey", "in": "cookie", "name": "goodoffices_session"},
}
_EVERY = {
    "401": "Authentication needed",
    "403": "Not permitted",
    "429": "Too many requests",
    "503": "A part of the platform is away: try again",
}
_WITH_KEY = {"404": "Not there, or not yours to know of"}
_WITH_BODY = {"400": "Unreadable", "409": "Conflict", "412": "Changed since read", "413": "Too large", "422": "Not acceptable"}
# FastAPI reads JSON and forms; a body of another kind is read by the operation, which refuses those it does not know.
_READ_BY_US = frozenset(
    {"text/csv", "text/vcard", "application/x-ndjson", "application/xml", "application/zip", "application/octet-stream"}
)


def describe(app: FastAPI) -> None:
    """Let `app.openapi()` give the document described above."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            raw = get_openapi(title=app.title, version=app.version, routes=app.routes)
            app.openapi_schema = finish(raw)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def finish(document: dict[str, Any]) -> dict[str, Any]:
    """Add problems and security to every operation of `document`."""
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    schemas["Problem"] = PROBLEM_SCHEMA
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    components["securitySchemes"] = SECURITY_SCHEMES
    for path, operations in document.get("paths", {}).items():
        for method, operation in operations.items():
            operation.setdefault("security", [{"clientCredentials": []}, {"session": []}])
            _add_problems(operation, path, method)
    add_examples(document)
    return document


def _add_problems(operation: dict[str, Any], path: str, method: str) -> None:
    wanted = dict(_EVERY) | (_WITH_KEY if "{" in path else {}) | (_WITH_BODY if method != "get" else {"422": "Not acceptable"})
    if method.upper() in EDITS and operation["security"]:
        wanted |= {"428": "If-Match needed"}
    if _READ_BY_US & set(operation.get("requestBody", {}).get("content", {})):
        wanted |= {"415": "Media type not accepted"}
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status, title in wanted.items():
        operation["responses"][status] = {"description": title, "content": content}


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
    for document in documents:
        _add_all(whole["paths"], document.get("paths", {}), "path")
        _add_all(whole["components"]["schemas"], document["components"]["schemas"], "schema")
    whole["paths"] = dict(sorted(whole["paths"].items()))
    return whole


def _add_all(target: dict[str, Any], source: dict[str, Any], what: str) -> None:
    for name, value in source.items():
        if target.setdefault(name, value) != value:
            raise ValueError(f"two services define the {what} {name} differently")
