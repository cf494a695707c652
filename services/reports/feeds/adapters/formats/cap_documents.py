"""Documents that hold alerts of the Common Alerting Protocol: an alert, an EDXL-DE envelope, an Atom or RSS index."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO, Final, NamedTuple

from lxml import etree

from chassis.errors import Invalid, Unreadable
from services.reports.feeds.adapters.formats.signatures import verify_signature
from services.reports.feeds.adapters.formats.xml import parse_xml, split_tag
from services.reports.feeds.adapters.rows import Row, read_document

VERSIONS: Final = {
    "http://www.incident.com/cap/1.0": "1.0",
    "urn:oasis:names:tc:emergency:cap:1.1": "1.1",
    "urn:oasis:names:tc:emergency:cap:1.2": "1.2",
}
INDEX_ONLY: Final = "names an alert and does not hold it; send the alert itself, or let the feed be fetched"
CAP_TYPE: Final = "application/cap+xml"
_ENTRIES: Final = frozenset({"entry", "item"})


def read_alerts(file: BinaryIO) -> Iterator[Row]:
    """Each alert as nested fields; an entry of an index that only links to its alert is a flawed row.

    Unreadable for what is no XML. Invalid for XML of another kind.
    """
    for element in _entries(_parse(read_document(file))):
        raw = etree.tostring(element)
        if _version(element) is None:
            yield Row(None, raw, INDEX_ONLY, element.sourceline, {"": "link"})
        else:
            signature = verify_signature(element, _sent(element))
            yield Row({"alert": _fields(element), "version": _version(element), "signature": signature}, raw, line=element.sourceline)


class Named(NamedTuple):
    """What an index names without holding it, and whether it holds alerts, too."""

    addresses: list[str]
    holds_alerts: bool


def links_of(body: bytes) -> Named:
    """The addresses of the alerts that a document names without holding them."""
    entries = list(_entries(_parse(body)))
    outside = [element for element in entries if _version(element) is None]
    return Named([link for element in outside if (link := _link(element))], len(outside) < len(entries))


def _parse(body: bytes) -> Any:
    # The gate first: what passes it has no DTD, and lxml, which signatures need, fetches and expands nothing.
    parse_xml(body)
    try:
        return etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        raise Unreadable("The body is not plain XML: its namespaces are broken, or it is nested too deeply.") from error


def _entries(root: Any) -> Iterator[Any]:
    """Alerts, and entries of an index that hold none. An alert beside the entries of a feed is foreign markup and no entry."""
    name = split_tag(root.tag)[1]
    if name == "EDXLDistribution":
        yield from (each for each in root.iter(etree.Element) if _version(each))
    elif name in ("feed", "rss", "RDF"):
        for entry in (each for each in root.iter(etree.Element) if split_tag(each.tag)[1] in _ENTRIES):
            held = [each for each in entry.iter(etree.Element) if _version(each)]
            yield from held or [entry]
    elif _version(root):
        yield root
    else:
        raise Invalid("This is no alert of CAP 1.0, 1.1 or 1.2, and no index of alerts.", [{"pointer": "", "detail": f"is <{name[:60]}>"}])


def _version(element: Any) -> str | None:
    namespace, name = split_tag(element.tag)
    return VERSIONS.get(namespace) if name == "alert" else None


def _sent(alert: Any) -> datetime | None:
    """When it was sent, as it says itself; None where that is no time."""
    try:
        sent = datetime.fromisoformat(alert.findtext("{*}sent") or "")
    except ValueError:
        return None
    return sent if sent.tzinfo else None


def _link(entry: Any) -> str | None:
    """Atom: the link typed as CAP, else the alternate one; RSS: the link's text."""
    links = [each for each in entry if isinstance(each.tag, str) and split_tag(each.tag)[1] == "link"]
    typed = [each for each in links if each.get("type") == CAP_TYPE]
    plain = [each for each in links if each.get("rel", "alternate") == "alternate"]
    for each in typed + plain:
        if address := (each.get("href") or each.text or "").strip():
            return str(address)
    return None


def _fields(element: Any) -> dict[str, list[Any]]:
    """Children by name, each a text or nested fields; empty ones are left out."""
    found: dict[str, list[Any]] = {}
    for child in element.iterchildren(etree.Element):
        name = split_tag(child.tag)[1]
        value: Any = _fields(child) if len(child) else (child.text or "").strip()
        if value and name != "Signature":
            found.setdefault(name, []).append(value)
    return found
