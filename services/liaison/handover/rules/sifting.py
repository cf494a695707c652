"""Sifting: which records of a batch can be placed, and why the others cannot. The dry run and the import decide by the same lines."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from services.liaison.handover.rules.records import Flaw, Found, Mapped, Record, Reference, missing_reference, read_line, read_record, show

ERASED = Flaw("", "is of a person who was erased here: nothing of it is kept")


@dataclass(frozen=True)
class Read:
    """One line as it was read: what it holds, and the record in it or its flaw."""

    line: int
    raw: bytes
    content: dict[str, Any] | None
    record: Record | Flaw


@dataclass(frozen=True)
class Refused:
    """A record for the quarantine."""

    line: int
    external_id: str | None
    flaw: Flaw
    payload: dict[str, Any] | None
    raw: str | None


@dataclass(frozen=True)
class Sifted:
    """A record to be placed, and its key here."""

    record: Record
    key: UUID


def read_all(mapped: Mapped[Any], lines: Iterable[tuple[int, bytes]]) -> list[Read]:
    """Each line with the record in it."""
    return [_read(mapped, number, raw) for number, raw in lines]


def _read(mapped: Mapped[Any], number: int, raw: bytes) -> Read:
    content = read_line(raw)
    if isinstance(content, Flaw):
        return Read(number, raw, None, content)
    return Read(number, raw, content, read_record(mapped, content))


def named(mapped: Mapped[Any], reads: Iterable[Read]) -> set[Reference]:
    """Every record that the readable ones name."""
    return {reference for read in reads if isinstance(read.record, Record) for reference, _ in mapped.references(read.record)}


def sift(
    mapped: Mapped[Any], kind: str, reads: Iterable[Read], found: Found, taken: set[str], key_for: Callable[[str], UUID]
) -> tuple[list[Sifted], list[Refused]]:
    """What can be placed and what not. `taken` are external ids that were placed before, `found` where; both grow as it goes."""
    good, bad = list[Sifted](), list[Refused]()
    for read in reads:
        flaw = _flaw(mapped, read, found, taken)
        if flaw is None and isinstance(read.record, Record):
            key = key_for(read.record.external_id)
            good.append(Sifted(read.record, key))
            taken.add(read.record.external_id)
            found[kind, read.record.external_id] = key
        elif flaw is not None:
            bad.append(refuse(read, flaw))
    return good, bad


def _flaw(mapped: Mapped[Any], read: Read, found: Found, taken: set[str]) -> Flaw | None:
    if isinstance(read.record, Flaw):
        return read.record
    if read.record.external_id in taken:
        return Flaw("/external_id", "was placed before: it stands twice in the package, or came with an earlier one")
    return missing_reference(mapped, read.record, found)


def given_of(mapped: Mapped[Any], record: Record) -> dict[str, Any]:
    """What is kept beside the row: its label and attachments as given, and what its kind has no place for."""
    label = {"label": record.label.model_dump(mode="json", exclude_none=True)} if record.label is not None else {}
    return mapped.given(record) | label | ({"attachments": record.attachments} if record.attachments else {})


def without_erased(refused: list[Refused], erased: set[str]) -> list[Refused]:
    """`refused`, but of persons who were erased here nothing more than that they came again (R4)."""
    return [
        replace(each, flaw=ERASED, payload={"external_id": each.external_id}, raw=None) if each.external_id in erased else each
        for each in refused
    ]


def refuse(read: Read, flaw: Flaw) -> Refused:
    """The record for the quarantine, as it came."""
    external_id = read.content.get("external_id") if read.content else None
    known = external_id[:200] if isinstance(external_id, str) else None
    return Refused(read.line, known, flaw, read.content, None if read.content is not None else show(read.raw))
