"""What every record of a package has, and how one is read from its line."""

import json
import re
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from pydantic import Field, ValidationError
from pydantic_core import from_json

from contracts.labels import Label, LabelBody
from contracts.vocabulary import Body, Sensitivity, Tlp, known_countries

ExternalId = Annotated[str, Field(min_length=1, max_length=200)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
LONGEST_LINE = 1_000_000

# 1e999 is JSON and is read as infinity, which is not; looked for only where it can be.
_HUGE = re.compile(rb"[eE]\+?\d{3}|\d{300}")


class Record(Body):
    """A record of any kind: its key in the giving office, the label it bore there, and the attachments it names."""

    external_id: ExternalId
    label: LabelBody | None = None
    attachments: list[Digest] = Field(default_factory=list, max_length=1_000)

    def places(self) -> list[str]:
        """The countries it concerns; none said: those of the giving office."""
        return list(getattr(self, "countries", []))

    def subjects(self) -> list[str]:
        """The themes it concerns."""
        return list(getattr(self, "themes", []))


R = TypeVar("R", bound=Record)
Reference = tuple[str, str]
"""Kind and external id of another record."""
Found = MutableMapping[Reference, UUID]
"""Where the records that others name were placed."""


Below = Mapping[str, Sequence[Any]]
"""Rows of our own below a row that is exported, by what they are."""
Children = dict[str, list[dict[str, Any]]]
"""Rows below a record's own row, by what they are: positions, versions, mergers."""
LABEL = ("sensitivity", "tlp", "originator", "themes", "countries", "releasable_to")
"""The columns of a row's label, which rows below it may bear, too."""


@dataclass(frozen=True)
class Flaw:
    """Why a record could not be placed, and where in it."""

    pointer: str
    reason: str


@dataclass(frozen=True)
class Mapped(Generic[R]):
    """How records of one kind become rows, and rows of the tables below them.

    `given` is kept beside the row: what has no place in it, and is not to be lost.
    """

    model: type[R]
    columns: Callable[[R, Found], dict[str, Any]]
    references: Callable[[R], list[tuple[Reference, str]]] = field(default=lambda _: [])
    given: Callable[[R], dict[str, Any]] = field(default=lambda _: {})
    children: Callable[[UUID, dict[str, Any], R, Found], Children] = field(default=lambda *_: {})


def own_key(external_id: str) -> UUID | None:
    """The key that a record brought: an office on this platform gives its own UUIDv7, which is kept."""
    try:
        key = UUID(external_id)
    except ValueError:
        return None
    return key if key.version == 7 and str(key) == external_id else None


def read_line(line: bytes) -> dict[str, Any] | Flaw:
    """The object on a line of NDJSON, if PostgreSQL can hold it."""
    try:
        content = from_json(line, allow_inf_nan=False)
        if _HUGE.search(line):
            json.dumps(content, allow_nan=False)
    except ValueError:
        return Flaw("", "is not one JSON object in UTF-8 on one line")
    if b"\\u0000" in line:
        return Flaw("", "holds a NUL, which no text may hold")
    return content if isinstance(content, dict) else Flaw("", "is not a JSON object")


def read_record(mapped: Mapped[R], content: dict[str, Any]) -> R | Flaw:
    """The record in `content`, or the first of its flaws."""
    try:
        return mapped.model.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
        path = "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in first["loc"])
        return Flaw(path[:200], first["msg"].removeprefix("Value error, ")[:400] + more)


def missing_reference(mapped: Mapped[R], record: R, found: Found) -> Flaw | None:
    """The first record that `record` names and that has not been placed."""
    for (kind, external_id), pointer in mapped.references(record):
        if (kind, external_id) not in found:
            return Flaw(pointer, f"names a record of {kind} that is not in the package or could not be placed")
    return None


Names = tuple[str, ...]


def label_of(record: Record, office: str, countries: list[str]) -> tuple[str, Names, Names]:
    """Whose information a record is, on which themes and countries: what its label says besides how strict it is."""
    originator = (record.label and record.label.originator) or office
    return originator, tuple(record.subjects()), tuple(known_countries(record.places()) or countries)


def strictest(originator: str, themes: Names, countries: Names) -> Label:
    """The label of an imported record until its series is reviewed (R19). Whose information it is, stays as it was said."""
    strict: dict[str, Any] = {"sensitivity": Sensitivity.strictly_confidential, "tlp": Tlp.red}
    return Label(originator=originator, themes=list(themes), countries=list(countries), **strict)


def show(line: bytes) -> str:
    """The line as text that can be stored, for whoever mends it."""
    return line.decode("utf-8", "backslashreplace").replace("\x00", "\\u0000").rstrip("\n")
