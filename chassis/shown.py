"""What an answer shows, for the audit trail (R17): every id in it, collected where it is built.

Answers are models; when one is written, the ids are taken from the very models that leave. Files and
documents are no models: what makes them names the ids with `Shown.add`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextvars import ContextVar
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from types import NoneType
from typing import Annotated, Any, Final, Literal, get_args, get_origin
from uuid import UUID

from pydantic import BaseModel

_LEAVES: Final = (str, int, float, bool, bytes, date, time, timedelta, Decimal, Enum, NoneType)
_KEY: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_KEYS: Final = re.compile(_KEY.pattern.encode())
KEY_LENGTH: Final = 36


class Shown:
    """The ids one answer shows, each once and in its order, and the version of the one thing it is about."""

    def __init__(self) -> None:
        self._ids: dict[str, None] = {}
        self.version: int | None = None

    @property
    def ids(self) -> list[str]:
        """All that were shown."""
        return list(self._ids)

    def add(self, *ids: object) -> None:
        """Ids of what a file or a document shows."""
        self._ids.update(dict.fromkeys(map(str, ids)))

    def take(self) -> list[str]:
        """All that were shown so far; the next part of the answer begins anew."""
        ids, self._ids = self.ids, {}
        return ids

    def read(self, answer: Any) -> None:
        """Collect the ids in a model, or in a list of them, just before it is written.

        A page of 200 incidents takes under a millisecond (tests/chassis/test_shown.py).
        """
        self.add(*_ids_in(answer))
        version = getattr(answer, "version", None)
        self.version = version if isinstance(version, int) else None

    def read_kept(self, ids: list[str] | None, body: bytes) -> None:
        """Name again what a kept answer named.

        Of answers kept by releases before, whose ids are None, those in their written form.
        """
        found = (key.decode() for key in _KEYS.findall(body))
        self.add(*(found if ids is None else ids))


current_shown: ContextVar[Shown | None] = ContextVar("current_shown", default=None)
"""Where the answer to the current request is noted; None where nobody asks."""


def _ids_in(value: Any) -> Iterator[str]:
    if isinstance(value, UUID):
        yield str(value)
    elif isinstance(value, BaseModel):
        yield from _ids_of(value)
    elif isinstance(value, str):
        # Of a JSON document: in models keys are UUIDs, and their fields of text are not looked at.
        if len(value) == KEY_LENGTH and _KEY.fullmatch(value):
            yield value
    elif isinstance(value, Mapping):
        yield from _ids_in_all(value)
        yield from _ids_in_all(value.values())
    elif isinstance(value, list | tuple | set | frozenset):
        yield from _ids_in_all(value)


def _ids_in_all(values: Iterable[Any]) -> Iterator[str]:
    for each in values:
        yield from _ids_in(each)


def _ids_of(model: BaseModel) -> Iterator[str]:
    if (key := getattr(model, "id", None)) is not None:
        yield str(key)
    for name in _branches(type(model)):
        yield from _ids_in(getattr(model, name))
    yield from _ids_in(model.__pydantic_extra__ or {})


@lru_cache(maxsize=2000)
def _branches(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields that may hold ids: all but those of plain values."""
    fields = model.model_fields.items()
    return tuple(name for name, each in fields if not _is_leaf(each.annotation, {model}))


def _is_leaf(annotation: Any, within: set[Any]) -> bool:
    """Whether a value so annotated holds no id. A model within itself may."""
    origin = get_origin(annotation)
    if origin is Literal:
        return True
    if origin is Annotated:
        return _is_leaf(get_args(annotation)[0], within)
    if parts := get_args(annotation):
        return all(_is_leaf(part, within) for part in parts)
    if not isinstance(annotation, type):
        return False
    return issubclass(annotation, _LEAVES) or _is_plain(annotation, within)


def _is_plain(annotation: type, within: set[Any]) -> bool:
    """Whether it is a model, such as a label, of nothing but plain values."""
    if not issubclass(annotation, BaseModel) or annotation in within:
        return False
    fields, extra = annotation.model_fields, annotation.model_config.get("extra")
    known = within | {annotation}
    named = "id" in fields or hasattr(annotation, "id") or extra == "allow"
    return not named and all(_is_leaf(each.annotation, known) for each in fields.values())
