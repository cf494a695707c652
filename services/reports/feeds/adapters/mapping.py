"""Which column of a sender's own file is which native field: set for a feed by the administrator, checked when it is set."""

import re
from typing import Annotated, Any, Final, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, model_validator

from contracts.vocabulary import Body

FIELDS: Final = ("external_id", "occurred_at", "country", "area", "latitude", "longitude", "themes", "title", "text", "language")
_FIGURE: Final = re.compile(r"figures\.[a-z][a-z0-9_-]{0,39}\.(best|low|high)")


def _is_native(name: str) -> str:
    if name not in FIELDS and not _FIGURE.fullmatch(name):
        raise ValueError(f"is not a native field; known are {', '.join(FIELDS)} and figures.<name>.best, .low, .high")
    return name


def _is_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("is not a time zone like Asia/Dushanbe") from error
    return name


EXAMPLE: Final = {
    "external_id": {"column": "No."},
    "occurred_at": {"column": "Date", "date_format": "%d.%m.%Y", "time_zone": "Asia/Dushanbe"},
    "title": {"column": "What happened"},
    "country": {"constant": "TJK"},
}
NativeField = Annotated[str, AfterValidator(_is_native)]
Zone = Annotated[str, AfterValidator(_is_zone)]
ColumnName = Annotated[str, Field(min_length=1, max_length=200)]


class Column(Body):
    """From where one native field is read: a column (in JSON a path like `place.lat`), or a constant."""

    column: ColumnName | None = None
    constant: Annotated[str, Field(min_length=1, max_length=500)] | None = None
    values: dict[str, str] = Field(default_factory=dict, max_length=500, description="What a cell stands for: a dictionary of codes.")
    date_format: Annotated[str, Field(max_length=40)] | None = Field(default=None, examples=["%d.%m.%Y %H:%M"])
    time_zone: Zone = Field(default="UTC", description="Of times that name none.")
    separator: Annotated[str, Field(min_length=1, max_length=3)] = ";"

    @model_validator(mode="after")
    def _has_one_source(self) -> Self:
        if (self.column is None) == (self.constant is None):
            raise ValueError("names either a column or a constant")
        return self


class ColumnMapping(Body):
    """A feed's own names. A column that is neither mapped nor ignored makes its rows flawed: nothing is dropped silently."""

    fields: dict[NativeField, Column] = Field(min_length=1, max_length=60, examples=[EXAMPLE])
    ignored: list[ColumnName] = Field(default_factory=list, max_length=300)
    records: Annotated[str, Field(max_length=200)] | None = Field(default=None, description="Where in JSON the list lies: data.items")
    delimiter: Literal[",", ";", "\t", "|"] = ","

    @model_validator(mode="after")
    def _gives_what_is_needed(self) -> Self:
        missing = {"external_id", "occurred_at", "title"} - set(self.fields)
        if missing:
            raise ValueError(f"lacks {', '.join(sorted(missing))}")
        if "country" not in self.fields and not {"latitude", "longitude"} <= set(self.fields):
            raise ValueError("lacks a place: country, or latitude and longitude")
        return self

    def unknown(self, values: dict[str, Any]) -> list[str]:
        """The names in a record that are neither mapped nor ignored."""
        mapped = {name for each in self.fields.values() if each.column for name in (each.column, each.column.split(".")[0])}
        return sorted(set(values) - mapped - set(self.ignored))
