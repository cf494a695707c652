"""What is not listed for outside is not shown outside."""

import pytest
from pydantic import BaseModel, ValidationError

from chassis.audience import only, picked


class Known:
    """A row, to which a column was added."""

    id, words, secret = 1, "told", "ours"


class Answer(BaseModel):
    """An answer, to which two fields were added."""

    id: int
    words: str
    secret: str | None = "ours by default"
    later: str | None = None


class Stricter(Answer):
    """With a field that may not be null."""

    grade: int = 6


def test_a_field_that_is_not_listed_is_null_whatever_its_default() -> None:
    told = only(Answer, picked(Known, ("id", "words")))
    assert told.model_dump() == {"id": 1, "words": "told", "secret": None, "later": None}


def test_a_field_that_may_not_be_null_has_to_be_listed() -> None:
    with pytest.raises(ValidationError):
        only(Stricter, picked(Known, ("id", "words")))


def test_what_a_row_does_not_have_cannot_be_picked() -> None:
    with pytest.raises(AttributeError):
        picked(Known, ("id", "grade"))
