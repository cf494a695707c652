"""CSV: one person a row; several values in one field are separated by `;`, so are the positions across their columns."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any, Final

from chassis.cells import marked, unmarked
from chassis.errors import Invalid, Unreadable
from services.liaison.contacts.adapters.rows import Row, decode
from services.liaison.contacts.schemas import ChannelKind, ContactOut

PLAIN: Final = ("name", "latin_name", "notes", "purpose", "review_on")
LISTS: Final = ("other_names", "languages", "countries")
CHANNELS: Final = tuple(kind.value for kind in ChannelKind)
POSITION: Final = {"position_title": "title", "position_party": "party", "position_organization": "organization"} | {
    "position_from": "valid_from",
    "position_until": "valid_until",
}
COLUMNS: Final = (*PLAIN, *LISTS, *CHANNELS, *POSITION)


def read_csv(raw: bytes) -> Iterator[Row]:
    """The rows behind the header. Unreadable when it is no CSV, Invalid for a header with unknown names."""
    lines = csv.reader(io.StringIO(decode(raw), newline=""), strict=True)
    header = _header(lines)
    number = 1
    while True:
        number += 1
        try:
            fields = next(lines)
        except StopIteration:
            return
        except csv.Error:
            yield Row(number, None, ["is not a row of CSV"])
            continue
        if any(fields):
            yield _row(number, header, fields)


def _header(lines: Iterator[list[str]]) -> list[str]:
    try:
        header = [name.strip() for name in next(lines, [])]
    except csv.Error as error:
        raise Unreadable("The header row is not valid CSV.") from error
    wrong = [n for n, name in enumerate(header, start=1) if name not in COLUMNS]
    errors = [{"pointer": f"/header/{n}", "detail": "is not a column that is known here"} for n in wrong[:20]]
    if wrong or len(set(header)) != len(header) or "name" not in header:
        detail = f"The header row of {len(header)} columns must have `name`, and others of these, each once: {', '.join(COLUMNS)}."
        raise Invalid(detail, errors)
    return header


def _row(number: int, header: list[str], fields: list[str]) -> Row:
    if len(fields) != len(header):
        return Row(number, None, [f"has {len(fields)} fields, the header has {len(header)}"])
    given = {name: unmarked(field.strip()) for name, field in zip(header, fields, strict=True) if field.strip()}
    body: dict[str, Any] = {name: given[name] for name in PLAIN if name in given}
    body |= {name: _parts(given[name]) for name in LISTS if name in given}
    body["channels"] = [{"kind": kind, "value": value} for kind in CHANNELS for value in _parts(given.get(kind, ""))]
    held = {field: [part.strip() for part in given[name].split(";")] for name, field in POSITION.items() if name in given}
    if len({len(parts) for parts in held.values()}) > 1:
        return Row(number, None, ["says in one column of more positions than in another"])
    positions = [{field: parts[n] for field, parts in held.items() if parts[n]} for n in range(len(next(iter(held.values()), [])))]
    return Row(number, body | ({"positions": positions} if positions else {}))


def _parts(field: str) -> list[str]:
    return [part.strip() for part in field.split(";") if part.strip()]


def write_csv(contacts: Iterable[ContactOut]) -> bytes:
    """The contacts with the positions held today, as `read_csv` takes them; UTF-8 with a mark for spreadsheets."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([marked(value) for value in _fields(contact)] for contact in contacts)
    return text.getvalue().encode("utf-8-sig")


def _fields(contact: ContactOut) -> list[str]:
    held = [
        (each.title, str(each.party or ""), "" if each.party else each.organization, str(each.valid_from), str(each.valid_until or ""))
        for each in contact.positions
    ]
    columns = [[values[n].replace(";", ",") for values in held] for n in range(len(POSITION))]
    positions = [";".join(values) if any(values) else "" for values in columns]
    lists = [";".join(getattr(contact, name)) for name in LISTS]
    channels = [";".join(each.value for each in contact.channels if each.kind == kind) for kind in CHANNELS]
    return [*(str(getattr(contact, name) or "") for name in PLAIN), *lists, *channels, *positions]
