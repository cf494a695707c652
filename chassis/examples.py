"""An example for every body in OpenAPI, put together from its schema and from values our field would write."""

from typing import Any

DEPTH = 9
ID = "01939c5e-7a10-7c3e-9d52-3f0a6b1c2d4e"
BY_NAME: dict[str, Any] = {
    "actor": "political-officer",
    "area": "TJ-SU",
    "author": "analyst",
    "authors": ["analyst"],
    "basis": "note-verbale",
    "by": "analyst",
    "clause": "Article 2, paragraph 1 (c)",
    "comment": "Name the source of the second figure.",
    "conditions": "Without publicity; the Ministry is told of the outcome.",
    "confidence": "medium",
    "content_hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "client_id": "political-officer",
    "countries": ["TJK"],
    "country": "TJK",
    "email": "focal.point@example.org",
    "ends_at": "2027-03-02T11:00:00Z",
    "ends_on": "2027-12-31",
    "external_id": "UNCT-2026-118",
    "feed": "unct-tjk",
    "key": "s1",
    "language": "en",
    "likelihood": "likely",
    "latitude": 39.65,
    "longitude": 70.81,
    "members": ["KAZ", "KGZ"],
    "name": "Ministry of Foreign Affairs",
    "next": "eyJhZnRlciI6IjAxOTM5YzVlIn0.Zm9yLWV4YW1wbGU",
    "organization": "osce",
    "originator": "centre",
    "owner": "osce",
    "place": "TJK",
    "reason": "The Ministry asked for more time.",
    "recipient": "osce",
    "reference": "ENG-2026-0017",
    "request_id": "01939c5e-7a11-7d40-8a53-6d2b1e0f9c8a",
    "rule": "R13",
    "service": "liaison",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "source": "unct-tjk",
    "sources": ["unct-tjk", "unama"],
    "releasable_to": [],
    "starts_at": "2027-03-02T09:00:00Z",
    "starts_on": "2027-01-01",
    "text": "Local officials report an agreement on opening the canal gate on alternate days.",
    "theme": "border",
    "themes": ["border"],
    "time_zone": "Asia/Ashgabat",
    "title": "Consultations on the use of pastures",
    "url": "https://partner.example.org/hooks/good-offices",
    "valid_from": "2027-01-01T00:00:00Z",
    "valid_until": "2027-12-31T00:00:00Z",
}
BY_FORMAT = {
    "uuid": ID,
    "date-time": "2026-11-23T09:00:00Z",
    "date": "2026-11-23",
    "uri": "https://example.org/",
    "binary": "",
    "time": "09:00:00Z",
}


def add_examples(document: dict[str, Any]) -> None:
    """Give each body of `document` in JSON or a form's fields, asked for or answered, an `example`."""
    schemas = document["components"]["schemas"]
    for operations in document["paths"].values():
        for operation in operations.values():
            bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
            for media in [media for body in bodies for kind, media in body.get("content", {}).items() if "json" in kind or "form" in kind]:
                if media.get("schema"):
                    media["example"] = example_of(media["schema"], schemas)


def example_of(schema: dict[str, Any], schemas: dict[str, Any], name: str = "", depth: int = DEPTH) -> Any:
    """A value that `schema` describes; what it refers to stands in `schemas`. `name` is the property it stands under."""
    if "$ref" in schema:
        return example_of(schemas[schema["$ref"].rsplit("/", 1)[1]], schemas, name, depth)
    for stated in ("const", "default"):
        if schema.get(stated) not in (None, [], {}):
            return schema[stated]
    if schema.get("examples"):
        return schema["examples"][0]
    if "enum" in schema:
        return schema["enum"][0]
    if BY_NAME.get(name) is not None and _fits(schema, BY_NAME[name], schemas):
        return BY_NAME[name][:10] if _is_date(schema) else BY_NAME[name]
    choices = schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf")
    if choices:
        return example_of(choices[0], schemas, name, depth)
    return _of_type(schema, schemas, name, depth)


def _fits(schema: dict[str, Any], value: Any, schemas: dict[str, Any]) -> bool:
    """Whether a value of our field's has the type asked for: `members` may be countries here and people there."""
    choices = [schemas[each["$ref"].rsplit("/", 1)[1]] if "$ref" in each else each for each in schema.get("anyOf", [schema])]
    kind = {str: "string", list: "array", float: "number"}[type(value)]
    return any(each.get("type") == kind and not (kind == "array" and _is_odd(each["items"], schemas)) for each in choices)


def _is_date(schema: dict[str, Any]) -> bool:
    return any(each.get("format") == "date" for each in schema.get("anyOf", [schema]))


def _is_odd(items: dict[str, Any], schemas: dict[str, Any]) -> bool:
    found = schemas[items["$ref"].rsplit("/", 1)[1]] if "$ref" in items else items
    return found.get("type") != "string" or "format" in found


def _of_type(schema: dict[str, Any], schemas: dict[str, Any], name: str, depth: int) -> Any:
    kind = schema.get("type")
    if kind == "object":
        shown = schema.get("properties", {}).items() if depth else ()
        return {each: example_of(part, schemas, each, depth - 1) for each, part in shown}
    if "prefixItems" in schema:
        return [example_of(each, schemas, name, depth - 1) for each in schema["prefixItems"]]
    if kind == "array":
        return [example_of(schema["items"], schemas, _singular(name), depth - 1)] if depth and "items" in schema else []
    if kind in ("integer", "number"):
        return schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1)
    if kind == "boolean":
        return False
    if kind == "string":
        return BY_FORMAT.get(schema.get("format", ""), name.replace("_", " ") or "text")
    return None


def _singular(name: str) -> str:
    return {"countries": "country", "themes": "theme"}.get(name, "")
