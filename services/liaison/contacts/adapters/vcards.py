"""vCard 4.0 (RFC 6350). Its content lines have the grammar of iCalendar's, so icalendar's parser reads and writes them."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from icalendar import Parameters
from icalendar.parser import Contentline, Contentlines

from services.liaison.contacts.adapters.rows import Row, decode
from services.liaison.contacts.rules import latin
from services.liaison.contacts.schemas import Channel, ChannelKind, ContactOut

# How a channel is called in a vCard, and the other way round.
PROPERTIES = {
    ChannelKind.phone: "TEL",
    ChannelKind.email: "EMAIL",
    ChannelKind.messenger: "IMPP",
    ChannelKind.address: "ADR",
    ChannelKind.web: "URL",
}
KINDS = {name: kind for kind, name in PROPERTIES.items()}
# Our own, where RFC 6350 has none (section 6.10): what the register cannot do without.
PURPOSE, COUNTRIES, SINCE, UNTIL = "X-GOODOFFICES-PURPOSE", "X-GOODOFFICES-COUNTRIES", "X-GOODOFFICES-SINCE", "X-GOODOFFICES-UNTIL"
# How the spelling in Latin letters is marked among the names (BCP 47).
LATIN = "und-Latn"
_OF_POSITION = ("ORG", "TITLE", "ROLE", SINCE, UNTIL)
_CARD = re.compile(r"BEGIN:VCARD.*?END:VCARD", re.S | re.I)
_BEGIN = re.compile(r"BEGIN:VCARD", re.I)
_BREAK = re.compile(r"\r\n|\n|\r")


class Property(NamedTuple):
    """A line of a card: the group it belongs to, its name in capitals, its parameters and its value."""

    group: str
    name: str
    parameters: Parameters
    value: str


def read_vcards(raw: bytes) -> Iterator[Row]:
    """One row for each card, in order; a card that does not end, or has a line that is none, is a row with its problem."""
    text = decode(raw)
    for number, begin in enumerate(_BEGIN.finditer(text), start=1):
        card = _CARD.match(text, begin.start())
        if card is None or len(_BEGIN.findall(card.group())) > 1:
            yield Row(number, None, ["begins and does not end"])
        else:
            yield _row(number, card.group())


def _row(number: int, card: str) -> Row:
    try:
        lines = _content_lines(card)
    except ValueError:
        return Row(number, None, ["has a line that is not of a vCard"])
    properties = [Property(*_grouped(name), parameters, value.strip()) for name, parameters, value in lines if value.strip()]
    if ("VERSION", "4.0") not in [(each.name, each.value) for each in properties]:
        return Row(number, None, ["is not vCard 4.0"])
    return Row(number, _body(properties) | _positions(properties))


def _grouped(name: str) -> tuple[str, str]:
    """The group that says which lines belong together (RFC 6350, 3.3), and the property's name."""
    group, _, rest = name.rpartition(".")
    return group.lower(), rest.upper()


def _content_lines(card: str) -> list[tuple[str, Parameters, str]]:
    """Name, parameters and value of each line. ValueError for a line that is none."""
    unfolded = Contentlines.from_ical(_BREAK.sub("\r\n", card))  # type: ignore[no-untyped-call]  # icalendar leaves it untyped
    return [line.parts() for line in unfolded if line]


def _body(properties: list[Property]) -> dict[str, Any]:
    def all_of(wanted: str) -> list[str]:
        return [each.value for each in properties if each.name == wanted]

    names = [*all_of("FN"), *(part for value in all_of("NICKNAME") for part in value.split(","))]
    body: dict[str, Any] = {"name": names[0] if names else None, "languages": all_of("LANG")}
    spelled = [each.value for each in properties if each.name == "FN" and each.parameters.get("LANGUAGE") == LATIN]
    body |= {"latin_name": spelled[0]} if spelled else {}
    body["other_names"] = [name for name in names[1:] if name.strip() and name != body.get("latin_name")]
    body["channels"] = [_channel(each.name, each.value) for each in properties if each.name in KINDS]
    for wanted, name in ((PURPOSE, "purpose"), ("NOTE", "notes")):
        body |= {name: "\n".join(all_of(wanted))} if all_of(wanted) else {}
    body["countries"] = [part for value in all_of(COUNTRIES) for part in value.split(",")]
    return body


def _positions(properties: list[Property]) -> dict[str, Any]:
    """The positions: an organization and a title of one group, those without a group in the order they come."""
    found: list[dict[str, str]] = []
    for group in dict.fromkeys(each.group for each in properties):
        said = {name: [each.value for each in properties if (each.group, each.name) == (group, name)] for name in _OF_POSITION}
        titles = [*said["TITLE"], *said["ROLE"]]
        for n, (organization, title) in enumerate(zip(said["ORG"], titles, strict=False)):
            name = " / ".join(part.strip() for part in organization.split(";") if part.strip())
            dates = {field: said[of][n] for field, of in (("valid_from", SINCE), ("valid_until", UNTIL)) if n < len(said[of])}
            found.append({"organization": name, "title": title} | dates)
    return {"positions": found} if found else {}


def _channel(name: str, value: str) -> dict[str, str]:
    value = re.sub(r"^(tel|mailto):", "", value, flags=re.I) if name in ("TEL", "EMAIL") else value
    return {"kind": KINDS[name].value, "value": ", ".join(part for part in value.split(";") if part) if name == "ADR" else value}


def write_vcards(contacts: Iterable[ContactOut]) -> bytes:
    """The contacts as vCard 4.0, as `read_vcards` takes them."""
    written: bytes = Contentlines(line for contact in contacts for line in _card(contact)).to_ical()
    return written


def _card(contact: ContactOut) -> Iterator[Contentline]:
    yield from (_line("BEGIN", "VCARD"), _line("VERSION", "4.0"), _line("UID", f"urn:uuid:{contact.id}"), _line("FN", contact.name))
    if contact.latin_name != latin(contact.name) or contact.latin_name != contact.name:
        yield _line("FN", contact.latin_name, LANGUAGE=LATIN)
    yield from (_line("NICKNAME", each.replace(",", " ")) for each in contact.other_names)
    yield from (_line("LANG", each) for each in contact.languages)
    yield from (_of_channel(each) for each in contact.channels)
    for n, held in enumerate(contact.positions, start=1):
        of = f"p{n}." if len(contact.positions) > 1 else ""
        yield from (_line(f"{of}ORG", held.organization), _line(f"{of}TITLE", held.title), _line(of + SINCE, str(held.valid_from)))
        yield from ([_line(of + UNTIL, str(held.valid_until))] if held.valid_until else [])
    yield from ([_line("NOTE", contact.notes)] if contact.notes else [])
    yield from ([_line(COUNTRIES, ",".join(contact.countries))] if contact.countries else [])
    yield from (_line(PURPOSE, contact.purpose), _line("END", "VCARD"))


def _of_channel(channel: Channel) -> Contentline:
    if channel.kind is ChannelKind.address:
        # Seven parts (RFC 6350, 6.3.1): ours is one line, which stands as the street.
        return Contentline(f"ADR:;;{_escaped(channel.value)};;;;")
    return _line(PROPERTIES[channel.kind], channel.value)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _line(name: str, value: str, **parameters: str) -> Contentline:
    written = "".join(f";{key}={each}" for key, each in parameters.items())
    return Contentline(f"{name}{written}:{_escaped(value)}")
