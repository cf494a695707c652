"""Each way to break a client of the last release is seen; what only adds is not one."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deploy.compatibility import breaks, frozen, release

Json = dict[str, Any]
PARTY = {
    "type": "object",
    "title": "Party",
    "required": ["id", "name"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "name": {"type": "string", "description": "In Latin script."},
        "title": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        "members": {"type": "array", "items": {"$ref": "#/components/schemas/Party"}},
    },
}
BODY = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "maxLength": 200},
        "kind": {"enum": ["government", "other-party"]},
        "weight": {"type": "integer"},
        "place": {"anyOf": [{"$ref": "#/components/schemas/Point"}, {"type": "null"}]},
    },
}
DOCUMENT: Json = {
    "openapi": "3.1.0",
    "info": {"title": "Test", "version": "1"},
    "paths": {
        "/v1/parties": {
            "post": {
                "operationId": "registerParty",
                "security": [{"clientCredentials": []}, {"session": []}],
                "parameters": [
                    {"name": "q", "in": "query", "required": False, "schema": {"type": "string"}},
                    {"name": "limit", "in": "query", "required": False, "schema": {"type": "integer", "maximum": 200}},
                ],
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Body"}}}},
                "responses": {
                    "201": {"description": "Made", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Party"}}}},
                    "409": {"description": "Conflict", "content": {"application/problem+json": {"schema": {"type": "object"}}}},
                },
            },
            "get": {"operationId": "listParties", "responses": {"200": {"description": "All", "content": {"text/csv": {}}}}},
        }
    },
    "components": {
        "schemas": {"Party": PARTY, "Body": BODY, "Point": {"type": "object", "properties": {"latitude": {"type": "number"}}}},
    },
}
POST = "POST /v1/parties"


def post(document: Json) -> Json:
    found: Json = document["paths"]["/v1/parties"]["post"]
    return found


def field_of(document: Json, schema: str, name: str) -> Json:
    found: Json = document["components"]["schemas"][schema]["properties"][name]
    return found


BREAKS: list[tuple[Callable[[Json], Any], str]] = [
    (lambda d: d["paths"].pop("/v1/parties"), f"{POST}: vanished"),
    (lambda d: d["paths"]["/v1/parties"].pop("get"), "GET /v1/parties: vanished"),
    (lambda d: post(d).update(operationId="addParty"), f"{POST} operationId: was registerParty"),
    (lambda d: post(d).update(security=[{"clientCredentials": []}]), f"{POST} security: no longer takes session"),
    (lambda d: post(d)["parameters"].pop(0), f"{POST} query q: vanished"),
    (lambda d: post(d)["parameters"][0].update(required=True), f"{POST} query q: is now required"),
    (lambda d: post(d)["parameters"].append({"name": "x", "in": "query", "required": True}), f"{POST} query x: is now required"),
    (lambda d: post(d)["parameters"][1]["schema"].update(maximum=50), f"{POST} query limit: maximum is now 50"),
    (lambda d: post(d)["requestBody"].update(required=True), f"{POST} body: is now required"),
    (lambda d: post(d)["requestBody"]["content"].pop("application/json"), f"{POST} body application/json: vanished"),
    (lambda d: d["components"]["schemas"]["Body"]["properties"].pop("kind"), f"{POST} body.kind: vanished"),
    (lambda d: d["components"]["schemas"]["Body"]["required"].append("kind"), f"{POST} body.kind: is now required"),
    (lambda d: field_of(d, "Body", "kind").update(enum=["government"]), f"{POST} body.kind: no longer takes other-party"),
    (lambda d: field_of(d, "Body", "kind").update({"enum": None, "const": "government"}), f"{POST} body.kind: no longer takes other-party"),
    (lambda d: field_of(d, "Body", "name").update(maxLength=20), f"{POST} body.name: maxLength is now 20"),
    (lambda d: field_of(d, "Body", "name").update(minLength=2), f"{POST} body.name: minLength is now 2"),
    (lambda d: field_of(d, "Body", "name").update(pattern="^[a-z]+$"), f"{POST} body.name: pattern changed from None to ^[a-z]+$"),
    (lambda d: field_of(d, "Body", "weight").update(type="string"), f"{POST} body.weight: no longer takes integer"),
    (lambda d: field_of(d, "Body", "place")["anyOf"].pop(), f"{POST} body.place: no longer takes null"),
    (lambda d: field_of(d, "Point", "latitude").update(type="string"), f"{POST} body.place.latitude: no longer takes number"),
    (lambda d: post(d)["responses"].pop("201"), f"{POST} answer 201: vanished"),
    (lambda d: d["components"]["schemas"]["Party"]["properties"].pop("name"), f"{POST} answer 201.name: vanished"),
    (lambda d: d["components"]["schemas"]["Party"]["required"].remove("name"), f"{POST} answer 201.name: may now be left out"),
    (lambda d: field_of(d, "Party", "id").pop("format"), f"{POST} answer 201.id: format changed from uuid to None"),
    (lambda d: field_of(d, "Party", "name").update(type=["string", "null"]), f"{POST} answer 201.name: may now be null"),
    (lambda d: field_of(d, "Party", "members").update(items={"type": "string"}), f"{POST} answer 201.members[]: may now be string"),
    (lambda d: post(d)["responses"]["409"]["content"].clear(), f"{POST} answer 409 application/problem+json: vanished"),
]
ADDITIONS: list[Callable[[Json], Any]] = [
    lambda d: d["paths"].update({"/v1/contacts": {"get": {"operationId": "listContacts", "responses": {}}}}),
    lambda d: post(d)["parameters"].append({"name": "x", "in": "query", "required": False, "schema": {"type": "string"}}),
    lambda d: post(d)["responses"].update({"503": {"description": "Away"}}),
    lambda d: post(d)["security"].append({"privateKey": []}),
    lambda d: post(d)["requestBody"]["content"].update({"text/csv": {}}),
    lambda d: d["components"]["schemas"]["Body"]["properties"].update(note={"type": "string"}),
    lambda d: d["components"]["schemas"]["Body"]["required"].clear(),
    lambda d: field_of(d, "Body", "kind")["enum"].append("un-entity"),
    lambda d: field_of(d, "Body", "name").update(maxLength=400),
    lambda d: field_of(d, "Body", "weight").update(type="number"),
    lambda d: field_of(d, "Body", "name").update(type=["string", "null"]),
    lambda d: d["components"]["schemas"]["Party"]["properties"].update(note={"type": "string"}),
    lambda d: field_of(d, "Party", "title")["anyOf"].pop(),
    lambda d: field_of(d, "Party", "name").update(description="In any script."),
]


def changed(change: Callable[[Json], Any]) -> Json:
    document = copy.deepcopy(DOCUMENT)
    change(document)
    return document


@pytest.mark.parametrize(("change", "line"), BREAKS, ids=[line for _, line in BREAKS])
def test_a_break_is_named(change: Callable[[Json], Any], line: str) -> None:
    assert line in breaks(frozen(DOCUMENT), changed(change))


@pytest.mark.parametrize("change", ADDITIONS)
def test_an_addition_is_no_break(change: Callable[[Json], Any]) -> None:
    assert breaks(frozen(DOCUMENT), changed(change)) == []


def test_a_schema_under_another_name_is_the_same_schema() -> None:
    renamed = json.loads(json.dumps(DOCUMENT).replace("/Point", "/Position").replace('"Point"', '"Position"'))
    assert breaks(DOCUMENT, renamed) == []


def test_what_is_frozen_keeps_fields_and_no_words() -> None:
    kept = frozen(DOCUMENT)
    assert "In Latin script" not in json.dumps(kept)
    assert set(kept["components"]["schemas"]["Party"]["properties"]) == {"id", "name", "title", "members"}
    assert breaks(kept, DOCUMENT) == breaks(DOCUMENT, kept) == []


def test_a_release_is_frozen_unless_it_breaks_the_one_before(tmp_path: Path) -> None:
    path, last = tmp_path / "openapi.json", tmp_path / "openapi.released.json"
    path.write_text(json.dumps(DOCUMENT))
    assert release(tmp_path) == []
    first = last.read_text()
    path.write_text(json.dumps(changed(ADDITIONS[0])))
    assert release(tmp_path) == []
    assert last.read_text() != first
    path.write_text(json.dumps(changed(BREAKS[0][0])))
    assert release(tmp_path) != []
    assert "/v1/contacts" in last.read_text()
