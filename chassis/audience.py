"""Answers chosen by audience: readers outside the Centre see what is listed for them, and no more.

A field that is added to an answer, or a column to a table, stays inside until somebody lists it for
outside (docs/decisions/0073-what-was-shown.md).
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

Answer = TypeVar("Answer", bound=BaseModel)


def picked(source: object, names: Iterable[str]) -> dict[str, Any]:
    """The listed attributes of `source` by name; AttributeError for one it does not have."""
    return {name: getattr(source, name) for name in names}


def only(model: type[Answer], shown: Mapping[str, Any]) -> Answer:
    """An answer that says what is `shown`; every other field of the model is null.

    ValidationError where the model has a field that may not be null and is not named.
    """
    return model(**(dict.fromkeys(model.model_fields) | dict(shown)))
