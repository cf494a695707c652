"""vCard 4.0 (RFC 6350). Its content lines have the grammar of iCalendar's, so icalendar's parser reads and writes them."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

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
_CARD = re.compile(r"BEGIN:VCARD.*?END:VCARD", re.S | re.I)
_BEGIN = re.compile(r"BEGIN:VCARD", re.I)
_BREAK = re.compile(r"\r\n|\n|\r")


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
    properties = [(name.rpartition(".")[2].upper(), parameters, value.strip()) for name, parameters, value in lines if value.strip()]
    if ("VERSION", "4.0") not in [(name, value) for name, _, value in properties]:
        return Row(number, None, ["is not vCard 4.0"])
    return Row(number, _body(properties))


def _content_lines(card: str) -> list[tuple[str, Parameters, str]]:
    """Name, parameters and value of each line. ValueError for a line that is none."""
    unfolded = Contentlines.from_ical(_BREAK.sub("\r\n", card))  # type: ignore[no-untyped-call]  # icalendar leaves it untyped
    return [line.parts() for line in unfolded if line]


def _body(properties: list[tuple[str, Parameters, str]]) -> dict[str, Any]:
    def all_of(wanted: str) -> list[str]:
        return [value for name, _, value in properties if name == wanted]

    names = [*all_of("FN"), *(part for value in all_of("NICKNAME") for part in value.split(","))]
    body: dict[str, Any] = {"name": names[0] if names else None, "languages": all_of("LANG")}
    spelled = [value for name, parameters, value in properties if name == "FN" and parameters.get("LANGUAGE") == LATIN]
    body |= {"latin_name": spelled[0]} if spelled else {}
    body["other_names"] = [name for name in names[1:] if name.strip() and name != body.get("latin_name")]
    body["channels"] = [_channel(name, value) for name, _, value in properties if name in KINDS]
    for wanted, name in ((PURPOSE, "purpose"), ("NOTE", "notes")):
        body |= {name: "\n".join(all_of(wanted))} if all_of(wanted) else {}
    body["countries"] = [part for value in all_of(COUNTRIES) for part in value.split(",")]
    return body | _position(all_of)


def _position(all_of: Any) -> dict[str, Any]:
    organization = [" / ".join(part for part in value.split(";") if part) for value in all_of("ORG")]
    title = [*all_of("TITLE"), *all_of("ROLE")]
    since, until = all_of(SINCE), all_of(UNTIL)
    if not organization or not title:
        return {}
    position = {"organization": organization[0], "title": title[0]}
    return {"positions": [position | ({"valid_from": since[0]} if since else {}) | ({"valid_until": until[0]} if until else {})]}


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
    for held in contact.positions[-1:]:
        yield from (_line("ORG", held.organization), _line("TITLE", held.title), _line(SINCE, str(held.valid_from)))
        yield from ([_line(UNTIL, str(held.valid_until))] if held.valid_until else [])
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
