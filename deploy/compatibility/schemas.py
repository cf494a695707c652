"""What a changed JSON Schema (2020-12) breaks: for who sends such a value, or for who reads it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

Json = dict[str, Any]
# What narrows a value, and whether a greater number narrows it further.
_BOUNDS = {"minLength": True, "minItems": True, "minimum": True, "maxLength": False, "maxItems": False, "maximum": False}


@dataclass(frozen=True)
class Comparison:
    """Two schemas at one place, with the documents they may refer into.

    A sender may go on sending what was taken before; a reader goes on finding what was given before.
    """

    before: Json
    now: Json
    sent: bool
    place: str
    documents: tuple[Json, Json]
    seen: frozenset[tuple[str, str]] = field(default=frozenset())

    def breaks(self) -> Iterator[str]:
        """One line for each break."""
        names = (self.before.get("$ref", ""), self.now.get("$ref", ""))
        if names in self.seen:
            return
        seen = self.seen | {names} if all(names) else self.seen
        old, new = _alternatives(self.before, self.documents[0]), _alternatives(self.now, self.documents[1])
        for kind, schema in (old if self.sent else new).items():
            partner = (new if self.sent else old).get(kind)
            if partner is not None:
                pair = (schema, partner) if self.sent else (partner, schema)
                yield from replace(self, before=pair[0], now=pair[1], seen=seen)._alike()
            elif not (self.sent and kind == "integer" and "number" in new) and "any" not in (new if self.sent else old):
                yield f"{self.place}: {'no longer takes' if self.sent else 'may now be'} {kind}"

    def _alike(self) -> Iterator[str]:
        """Both are of one kind."""
        yield from self._values()
        yield from self._fields()
        for part in ("items", "additionalProperties"):
            old, new = self.before.get(part), self.now.get(part)
            if isinstance(old, dict) and isinstance(new, dict):
                yield from replace(self, before=old, now=new, place=f"{self.place}[]").breaks()

    def _values(self) -> Iterator[str]:
        old, new = self.before.get("enum"), self.now.get("enum")
        if self.sent and new is not None and (old is None or set(old) - set(new)):
            yield f"{self.place}: no longer takes {'any value' if old is None else ', '.join(sorted(map(str, set(old) - set(new))))}"
        for name in ("format", "pattern"):
            old, new = self.before.get(name), self.now.get(name)
            # A file stays the file it was, whether or not it is said to be bytes.
            if old != new and (new if self.sent else old) not in (None, "binary"):
                yield f"{self.place}: {name} changed from {old} to {new}"
        for name, rising in _BOUNDS.items() if self.sent else ():
            old, new = self.before.get(name), self.now.get(name)
            if new is not None and (old is None or (new > old if rising else new < old)):
                yield f"{self.place}: {name} is now {new}"

    def _fields(self) -> Iterator[str]:
        old, new = self.before.get("properties", {}), self.now.get("properties", {})
        for name in sorted(set(old) - set(new)):
            yield f"{self.place}.{name}: vanished"
        required = set(self.now.get("required", ())) - set(self.before.get("required", ()))
        for name in sorted(required) if self.sent else ():
            yield f"{self.place}.{name}: is now required"
        missing = set(self.before.get("required", ())) - set(self.now.get("required", ()))
        for name in sorted(missing & set(new)) if not self.sent else ():
            yield f"{self.place}.{name}: may now be left out"
        for name in sorted(set(old) & set(new)):
            yield from replace(self, before=old[name], now=new[name], place=f"{self.place}.{name}").breaks()


def resolved(part: Any, document: Json) -> Any:
    """Behind its reference (`#/components/<kind>/<name>`), if it is one."""
    while isinstance(part, dict) and "$ref" in part:
        kind, name = part["$ref"].split("/")[-2:]
        part = document["components"][kind][name]
    return part


def _alternatives(schema: Json, document: Json) -> dict[str, Json]:
    """The kinds of value a schema allows, each with its schema; objects of a union are told apart by what they are called."""
    schema = _resolved(schema, document)
    union = schema.get("anyOf") or schema.get("oneOf")
    if union:
        found = [pair for each in union for pair in _named(each, document)]
        objects = [kind for kind, _ in found if kind.startswith("object")]
        # One object is the same object under another name.
        return {"object" if len(objects) == 1 and kind in objects else kind: each for kind, each in found}
    types = schema.get("type", "string" if "enum" in schema else "any")
    return {str(each): schema for each in ([types] if isinstance(types, str) else types)}


def _named(schema: Json, document: Json) -> Iterator[tuple[str, Json]]:
    name = schema.get("$ref", "").rsplit("/", 1)[-1] or schema.get("title", "")
    for kind, each in _alternatives(schema, document).items():
        yield f"object {name}" if kind == "object" else kind, each


def _resolved(schema: Json, document: Json) -> Json:
    """Behind its reference, with a constant as the only value there is, and alone in an allOf as it stands there."""
    while "$ref" in schema or len(schema.get("allOf", ())) == 1:
        schema = resolved(schema, document) if "$ref" in schema else schema["allOf"][0]
    return schema | {"enum": [schema["const"]]} if "const" in schema else schema
