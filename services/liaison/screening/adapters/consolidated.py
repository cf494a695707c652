"""Reads CONSOLIDATED_LIST as https://scsanctions.un.org publishes it. No DTD, no entities, nothing fetched (defusedxml)."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, ParseError, canonicalize, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from chassis.errors import TooLarge, Unreadable
from services.liaison.screening.errors import WrongList
from services.liaison.screening.rules import Listed

MAX_BYTES = 30 * 1024 * 1024
_KINDS = {"INDIVIDUAL": "individual", "ENTITY": "entity"}
_NAME_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")


@dataclass(frozen=True)
class ConsolidatedList:
    """The list as it was read."""

    generated_at: datetime
    sha256: str
    entries: list[tuple[Listed, str]]


def read_list(raw: bytes) -> ConsolidatedList:
    """The entries with their list types. Unreadable for what is no XML, WrongList for another document, TooLarge over 30 MB."""
    if len(raw) > MAX_BYTES:
        raise TooLarge(MAX_BYTES)
    root = _parse(raw)
    if root.tag != "CONSOLIDATED_LIST":
        raise WrongList("/", "is not a CONSOLIDATED_LIST")
    entries = list(_entries(root))
    ids = [entry.data_id for entry, _ in entries]
    if not entries or len(set(ids)) != len(ids):
        raise WrongList("/INDIVIDUALS", "lists nobody, or a DATAID twice")
    return ConsolidatedList(_generated_at(root), hashlib.sha256(raw).hexdigest(), entries)


def _parse(raw: bytes) -> Element:
    try:
        root: Element = fromstring(raw, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Unreadable("The body is not plain XML: it is broken, or it has a DTD or entities, which are not taken.") from error
    return root


def _generated_at(root: Element) -> datetime:
    try:
        said = datetime.fromisoformat(root.attrib["dateGenerated"])
    except (KeyError, ValueError) as error:
        raise WrongList("/dateGenerated", "is missing or is no time") from error
    return said if said.tzinfo else said.replace(tzinfo=UTC)


def _entries(root: Element) -> Iterator[tuple[Listed, str]]:
    for tag, kind in _KINDS.items():
        for number, element in enumerate(root.iter(tag), start=1):
            yield _entry(tag, kind, number, element), _text(element, "UN_LIST_TYPE")


def _entry(tag: str, kind: str, number: int, element: Element) -> Listed:
    data_id, names = _text(element, "DATAID"), tuple(dict.fromkeys(_names(tag, element)))
    if not data_id or not names:
        raise WrongList(f"/{tag}/{number}", "has no DATAID or no name")
    # Of all that is said of it, however it is indented: a decision of the Head holds until that changes.
    said = canonicalize(tostring(element, encoding="unicode"), strip_text=True)
    return Listed(data_id, kind, _text(element, "REFERENCE_NUMBER"), names, hashlib.sha256(said.encode()).hexdigest())


def _names(tag: str, element: Element) -> Iterator[str]:
    full = " ".join(part for name in _NAME_PARTS if (part := _text(element, name)))
    aliases = [_text(alias, "ALIAS_NAME") for alias in element.iter(f"{tag}_ALIAS")]
    originals = [" ".join((each.text or "").split()) for each in element.iter("NAME_ORIGINAL_SCRIPT")]
    return (name for name in (full, *originals, *aliases) if name)


def _text(element: Element, tag: str) -> str:
    return " ".join((element.findtext(tag) or "").split())
