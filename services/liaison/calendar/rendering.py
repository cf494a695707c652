"""The calendar as iCalendar (RFC 5545, RFC 7986), by the library icalendar and two corrections to it."""

from collections.abc import Sequence
from datetime import timedelta

from icalendar import Calendar, Event, vText, vUri

from services.liaison.calendar.rules import (
    Entry,
    class_of,
    description_of,
    plain,
    span_of,
    status_of,
    summary_of,
    takes_time,
)

NAME = "Good Offices"
# The same for every calendar: programmes tell calendars apart by their address.
PRODUCT = "-//Good Offices//Calendar//EN"
REFRESHED = timedelta(minutes=30)
_ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


class ExactText(vText):
    """TEXT escaped as RFC 5545 (3.3.11) says: the library takes a backslash before a capital N for the end of a line."""

    def to_ical(self) -> bytes:
        """As it stands in the file, not yet folded."""
        return "".join(_ESCAPED.get(letter, letter) for letter in self).encode()


def render_calendar(entries: Sequence[Entry], public_url: str) -> bytes:
    """The entries as one VCALENDAR. The same entries give the same bytes: nothing in it is the time of asking.

    There is no METHOD, so DTSTAMP is when the entry last changed (3.8.7.2). Times are UTC: an engagement is a moment, and
    what a programme made of a time zone's rules could disagree with ours. The hours at the place are in the description.
    """
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODUCT)
    calendar.calendar_name = NAME
    # The library leaves out the parameter that RFC 7986 (5.7) asks for.
    calendar.add("REFRESH-INTERVAL", REFRESHED, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vText("PT30M"))
    for entry in entries:
        calendar.add_component(event_of(entry, public_url))
    content: bytes = calendar.to_ical()
    return content


def event_of(entry: Entry, public_url: str) -> Event:
    """One entry as a VEVENT."""
    event, link = Event(), f"{public_url}{entry.path}"
    begins, ends = span_of(entry)
    event.add("UID", str(entry.id))
    event.add("SEQUENCE", entry.version - 1)
    event.add("DTSTAMP", entry.updated_at)
    event.add("LAST-MODIFIED", entry.updated_at)
    event.add("CREATED", entry.created_at)
    event.add("DTSTART", begins)
    event.add("DTEND", ends)
    event.add("STATUS", status_of(entry))
    event.add("CLASS", class_of(entry.label))
    event.add("TRANSP", "OPAQUE" if takes_time(entry) else "TRANSPARENT")
    event.add("CATEGORIES", [entry.form, *entry.countries, *entry.themes])
    event.add("SUMMARY", ExactText(summary_of(entry)))
    event.add("DESCRIPTION", ExactText(description_of(entry, link)))
    event.add("URL", vUri(link))
    if entry.place:
        event.add("LOCATION", ExactText(plain(entry.place)))
    return event
