"""What tables are made of: keys, times, labels, versions."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, MetaData, SmallInteger, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from uuid_utils.compat import uuid7

from contracts.labels import Label
from contracts.vocabulary import Sensitivity

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
TYPES = {
    datetime: DateTime(timezone=True),
    str: Text(),
    list[str]: ARRAY(Text()),
    list[dict[str, Any]]: JSONB(),
    dict[str, Any]: JSONB(),
}


def new_id() -> UUID:
    """A UUIDv7: keys grow with time, so pages by key are pages by time."""
    return uuid7()


def now() -> datetime:
    """The clock, in UTC."""
    return datetime.now(UTC)


def rfc3339(moment: datetime) -> str:
    """`moment` in UTC as everything of ours writes it: RFC 3339, ending in Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


class Base(DeclarativeBase):
    """Base of all tables. Each service derives its own abstract base from it, with `metadata = service_metadata()`."""

    type_annotation_map = TYPES


def service_metadata() -> MetaData:
    """Metadata of its own for one service's tables: no service's tables know another's."""
    return MetaData(naming_convention=NAMING)


class Identified:
    """A UUIDv7 key and the two times every record has."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


class Versioned:
    """A version that rises with every change; a change from a stale version is refused (ETag, If-Match)."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, object]:  # noqa: N805 - SQLAlchemy calls it with the class
        return {"version_id_col": cls.version}


class Labelled:
    """The label of a readable row, in columns; row-level security reads them (chassis.visibility)."""

    sensitivity: Mapped[int] = mapped_column(SmallInteger)
    tlp: Mapped[str]
    originator: Mapped[str]
    themes: Mapped[list[str]]
    countries: Mapped[list[str]]
    releasable_to: Mapped[list[str]]
    readers: Mapped[list[str]] = mapped_column(default=list)

    @property
    def label(self) -> Label:
        """The label as one value."""
        return Label(
            sensitivity=Sensitivity.of_rank(self.sensitivity),
            tlp=self.tlp,
            originator=self.originator,
            themes=self.themes,
            countries=self.countries,
            releasable_to=self.releasable_to,
        )

    @label.setter
    def label(self, label: Label) -> None:
        for name, value in label_columns(label).items():
            setattr(self, name, value)


def label_columns(label: Label) -> dict[str, object]:
    """The columns of a label, by name, as they are stored."""
    return {
        "sensitivity": label.sensitivity.rank,
        "tlp": label.tlp.value,
        "originator": label.originator,
        "themes": label.themes,
        "countries": label.countries,
        "releasable_to": label.releasable_to,
    }
