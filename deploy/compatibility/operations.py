"""What a new OpenAPI document breaks for clients of an older one, an operation at a time."""

import json
from collections.abc import Iterator
from typing import Any

from deploy.compatibility.schemas import Comparison, resolved

Json = dict[str, Any]


def breaks(before: Json, now: Json) -> list[str]:
    """One line for each thing that a client of `before` relied on and that `now` takes away; empty when all is additive."""
    found = []
    for address, operation in _operations(before).items():
        new = _operations(now).get(address)
        if new is None:
            found.append(f"{address}: vanished")
        else:
            found += [f"{address} {line}" for line in _Change(operation, new, (before, now)).breaks()]
    return found


def _operations(document: Json) -> dict[str, Json]:
    return {f"{method.upper()} {path}": each for path, methods in document["paths"].items() for method, each in methods.items()}


class _Change:
    """One operation as it was and as it is."""

    def __init__(self, before: Json, now: Json, documents: tuple[Json, Json]) -> None:
        self.before, self.now, self.documents = before, now, documents

    def breaks(self) -> Iterator[str]:
        if self.before.get("operationId") != self.now.get("operationId"):
            yield f"operationId: was {self.before.get('operationId')}"
        ways = [_canonical(each) for each in self.now.get("security", [])]
        for way in self.before.get("security", []):
            if ways and _canonical(way) not in ways:
                yield f"security: no longer takes {', '.join(way)}"
        yield from self._parameters()
        yield from self._request()
        yield from self._responses()

    def _parameters(self) -> Iterator[str]:
        old, new = (self._named(one, document) for one, document in zip((self.before, self.now), self.documents, strict=True))
        for key in sorted(old.keys() - new.keys()):
            yield f"{key[0]} {key[1]}: vanished"
        for key, each in sorted(new.items()):
            if each.get("required") and not old.get(key, {}).get("required"):
                yield f"{key[0]} {key[1]}: is now required"
            if key in old:
                yield from self._compare(old[key], each, True, f"{key[0]} {key[1]}")

    def _request(self) -> Iterator[str]:
        old, new = self.before.get("requestBody", {}), self.now.get("requestBody", {})
        if new.get("required") and not old.get("required"):
            yield "body: is now required"
        yield from self._content(old, new, True, "body")

    def _responses(self) -> Iterator[str]:
        for status, stated in self.before["responses"].items():
            old, new = resolved(stated, self.documents[0]), resolved(self.now["responses"].get(status), self.documents[1])
            # Another error than before is no promise broken; another success is.
            if new is None and status.startswith("2"):
                yield f"answer {status}: vanished"
            elif new is not None:
                yield from self._content(old, new, False, f"answer {status}")
                for name in sorted(old.get("headers", {}).keys() - new.get("headers", {}).keys()):
                    yield f"answer {status}: header {name} vanished"

    @staticmethod
    def _named(operation: Json, document: Json) -> dict[tuple[str, str], Json]:
        found = [resolved(each, document) for each in operation.get("parameters", [])]
        return {(each["in"], each["name"].lower()): each for each in found}

    def _content(self, old: Json, new: Json, sent: bool, place: str) -> Iterator[str]:
        kinds = new.get("content", {})
        for kind, media in old.get("content", {}).items():
            if kind not in kinds:
                yield f"{place} {kind}: vanished"
            else:
                yield from self._compare(media, kinds[kind], sent, place)

    def _compare(self, old: Json, new: Json, sent: bool, place: str) -> Iterator[str]:
        return Comparison(old.get("schema", {}), new.get("schema", {}), sent, place, self.documents).breaks()


def _canonical(way: Json) -> str:
    return json.dumps(way, sort_keys=True)
