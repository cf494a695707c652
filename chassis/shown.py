"""What an answer shows, for the audit trail (R17): every id in it, nested ones too, collected where it is built.

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
from typing import Any, Final, get_args
from uuid import UUID

from pydantic import BaseModel

_LEAVES: Final = (str, int, float, bool, bytes, date, time, timedelta, Decimal, Enum, NoneType)
_KEYS: Final = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


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
        """Collect the ids in a model, or in a list of them, just before it is written."""
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
    elif isinstance(value, Mapping):
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
    return tuple(name for name, each in model.model_fields.items() if not _is_leaf(each.annotation))


def _is_leaf(annotation: Any) -> bool:
    if parts := get_args(annotation):
        return all(_is_leaf(part) for part in parts)
    return isinstance(annotation, type) and issubclass(annotation, _LEAVES)
