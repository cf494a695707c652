"""What stands in the calendar, and what each entry means in iCalendar (RFC 5545); pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from contracts.labels import Label
from contracts.vocabulary import CalendarKind, Sensitivity, Tlp
from services.liaison.calendar.errors import NoSuchWindow

LONGEST = timedelta(days=400)
SHOWN = timedelta(days=31)
"""How much is shown when no end is asked for."""
CANCELLED_SHOWN = timedelta(days=30)
"""How long what was cancelled still stands in the calendar, so that programmes that merge what they fetch strike it out."""
FIRST, LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Window:
    """From when until when, the end excluded."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True)
class Entry:
    """An engagement from `starts_at` to `ends_at`, or something that falls due on a `day`."""

    kind: CalendarKind
    id: UUID
    reference: str
    form: str
    title: str
    state: str
    reason: str | None
    starts_at: datetime | None
    ends_at: datetime | None
    day: date | None
    time_zone: str | None
    place: str | None
    countries: list[str]
    themes: list[str]
    version: int
    created_at: datetime
    updated_at: datetime
    label: Label

    @property
    def path(self) -> str:
        """Where its page is, below the platform's address; commitments have one page together."""
        return "/commitments" if self.kind is CalendarKind.commitments else f"/{self.kind}/{self.id}"


def window_of(begins: datetime | None, ends: datetime | None, today: datetime) -> Window:
    """The days asked for, or what is shown when none are. NoSuchWindow for days nobody plans, an end before its beginning, or too many."""
    if not all(FIRST <= each <= LAST for each in (begins, ends) if each is not None):
        raise NoSuchWindow(f"lies outside the years {FIRST.year} to {LAST.year}")
    asked = Window(begins or (ends - SHOWN if ends else today), ends or (begins or today) + SHOWN)
    if asked.ends <= asked.begins:
        raise NoSuchWindow("must be after `from`")
    if asked.ends - asked.begins > LONGEST:
        raise NoSuchWindow(f"lies more than {LONGEST.days} days after `from`; ask for less at a time")
    return asked


_STATUS = {"proposed": "TENTATIVE", "suspended": "TENTATIVE", "cancelled": "CANCELLED"}
_FORE = {
    "proposed": "PROPOSED: ",
    "suspended": "SUSPENDED: ",
    "cancelled": "CANCELLED: ",
    CalendarKind.commitments: "DUE: ",
    CalendarKind.correspondence: "REPLY DUE: ",
}


def status_of(entry: Entry) -> str:
    """STATUS (RFC 5545, 3.8.1.11): whether it will take place is settled, open, or settled that it will not."""
    return _STATUS.get(entry.state, "CONFIRMED")


def class_of(label: Label) -> str:
    """CLASS (3.8.1.3). Only what anybody may know is PUBLIC."""
    if label.sensitivity is not Sensitivity.unclassified:
        return "CONFIDENTIAL"
    return "PUBLIC" if label.tlp is Tlp.clear else "PRIVATE"


def takes_time(entry: Entry) -> bool:
    """Whether somebody is busy with it (TRANSP): not with what falls due, nor with what is off or suspended."""
    return entry.day is None and entry.state not in ("suspended", "cancelled")


def span_of(entry: Entry) -> tuple[date, date] | tuple[datetime, datetime]:
    """DTSTART and DTEND. Engagements are moments, written in UTC; what falls due takes the whole of its day."""
    if entry.starts_at is not None and entry.ends_at is not None:
        return entry.starts_at.astimezone(UTC), entry.ends_at.astimezone(UTC)
    if entry.day is None:
        raise ValueError("an entry has times or a day")
    return entry.day, entry.day + timedelta(days=1)


def summary_of(entry: Entry) -> str:
    """SUMMARY. Telephones show no STATUS, so what is not settled says so in its first word."""
    fore = _FORE.get(entry.state) if entry.kind is CalendarKind.engagements else _FORE[entry.kind]
    return plain(f"{fore or ''}{entry.title}")


def description_of(entry: Entry, link: str) -> str:
    """DESCRIPTION: the marking first, then what it is, the hours where it takes place, why it is off, and its page."""
    lines = [marking_of(entry.label), f"{entry.reference}, {entry.form}, {entry.state}", _local_hours(entry), entry.reason, link]
    return plain("\n".join(line for line in lines if line))


def marking_of(label: Label) -> str:
    """The marking as it stands on a document; TLP is never translated."""
    return f"{label.sensitivity.value.replace('-', ' ').upper()} - TLP:{label.tlp}"


def _local_hours(entry: Entry) -> str | None:
    if entry.starts_at is None or entry.ends_at is None or entry.time_zone is None:
        return None
    begins, ends = (each.astimezone(ZoneInfo(entry.time_zone)) for each in (entry.starts_at, entry.ends_at))
    until = f"{ends:%H:%M}" if ends.date() == begins.date() else f"{ends:%Y-%m-%d %H:%M}"
    return f"{begins:%Y-%m-%d %H:%M} - {until} {entry.time_zone}"


def plain(text: str) -> str:
    """`text` as a TEXT value may hold it: line ends are LF, and no control character but that and the tab (3.1)."""
    return "".join(letter for letter in "\n".join(text.splitlines()) if letter in "\n\t" or not _is_control(letter))


def _is_control(letter: str) -> bool:
    return letter < " " or letter == "\x7f"
