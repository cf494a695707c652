"""What an entry means in iCalendar, and that a programme reads back what went in."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from contracts.labels import Label
from contracts.vocabulary import CalendarKind
from services.liaison.calendar.errors import NoSuchWindow
from services.liaison.calendar.rendering import render_calendar
from services.liaison.calendar.rules import Entry, Window, class_of, description_of, plain, status_of, summary_of, window_of

NOON = datetime(2030, 5, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ADDRESS = "https://goodoffices.example"
# Without lone surrogates, which no body may hold (contracts.vocabulary).
TEXTS = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from('\\,;:"nN\r\n\t😀Щ𐍈')), min_size=1, max_size=600)
ZONES = st.sampled_from(["UTC", "Asia/Ashgabat", "Europe/Vienna", "America/New_York", "Asia/Kabul"])
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.timezones())


def entry_of(**more: Any) -> Entry:
    """A scheduled meeting, with some things changed."""
    known: dict[str, Any] = {
        "kind": CalendarKind.engagements,
        "id": UUID(int=7),
        "reference": "ENG-2030-0001",
        "form": "meeting",
        "title": "Talks",
        "state": "scheduled",
        "reason": None,
        "starts_at": NOON,
        "ends_at": NOON + timedelta(hours=2),
        "day": None,
        "time_zone": "Asia/Dushanbe",
        "place": None,
        "countries": ["TJK"],
        "themes": ["border"],
        "version": 1,
        "created_at": NOON - 9 * DAY,
        "updated_at": NOON - 8 * DAY,
        "label": Label(originator="centre"),
    }
    return Entry(**known | more)


def read_back(entry: Entry) -> Any:
    """The entry as a calendar programme reads it."""
    return Calendar.from_ical(render_calendar([entry], ADDRESS)).events[0]


@settings(deadline=None)
@given(title=TEXTS, place=TEXTS, reason=TEXTS, zone=ZONES)
def test_what_is_read_back_is_what_went_in(title: str, place: str, reason: str, zone: str) -> None:
    entry = entry_of(title=title, place=place, reason=reason, time_zone=zone, state="cancelled")
    event = read_back(entry)
    assert str(event["SUMMARY"]) == plain(f"CANCELLED: {title}")
    assert str(event.get("LOCATION", "")) == plain(place)
    assert str(event["DESCRIPTION"]) == description_of(entry, f"{ADDRESS}/engagements/{entry.id}")
    assert plain(reason) in str(event["DESCRIPTION"])


@settings(deadline=None)
@given(title=TEXTS)
def test_no_line_is_longer_than_75_octets_and_no_letter_is_cut(title: str) -> None:
    content = render_calendar([entry_of(title=title * 3)], ADDRESS)
    lines = content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert all(line.decode() is not None for line in lines), "each line is UTF-8 by itself"
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert not set(content) & (set(range(32)) - set(b"\r\n\t"))


@settings(deadline=None)
@given(begins=MOMENTS, hours=st.integers(1, 500))
def test_an_engagement_is_the_same_moment_wherever_it_is_read(begins: datetime, hours: int) -> None:
    starts_at = begins.replace(microsecond=0)
    ends_at = starts_at.astimezone(UTC) + timedelta(hours=hours)
    event = read_back(entry_of(starts_at=starts_at, ends_at=ends_at))
    assert (event.start, event.end) == (starts_at.astimezone(UTC), ends_at)


def test_the_whole_of_an_entry() -> None:
    content = render_calendar([entry_of(version=4, place="Dushanbe, Ministry", title="Talks; on water")], ADDRESS).decode()
    assert content.replace("\r\n ", "").split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Good Offices//Calendar//EN",
        "NAME:Good Offices",
        "X-WR-CALNAME:Good Offices",
        "REFRESH-INTERVAL;VALUE=DURATION:PT30M",
        "X-PUBLISHED-TTL:PT30M",
        "BEGIN:VEVENT",
        r"SUMMARY:Talks\; on water",
        "DTSTART:20300501T120000Z",
        "DTEND:20300501T140000Z",
        "DTSTAMP:20300423T120000Z",
        "UID:00000000-0000-0000-0000-000000000007",
        "SEQUENCE:3",
        "CATEGORIES:meeting,TJK,border",
        "CLASS:CONFIDENTIAL",
        "CREATED:20300422T120000Z",
        r"DESCRIPTION:CONFIDENTIAL - TLP:AMBER\nENG-2030-0001\, meeting\, scheduled"
        rf"\n2030-05-01 17:00 - 19:00 Asia/Dushanbe\n{ADDRESS}/engagements/00000000-0000-0000-0000-000000000007",
        "LAST-MODIFIED:20300423T120000Z",
        r"LOCATION:Dushanbe\, Ministry",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        f"URL:{ADDRESS}/engagements/00000000-0000-0000-0000-000000000007",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_what_falls_due_takes_its_day_and_nobodys_time() -> None:
    due = {"starts_at": None, "ends_at": None, "time_zone": None, "day": date(2030, 5, 1), "state": "open"}
    commitment = read_back(entry_of(kind=CalendarKind.commitments, title="To call.", **due))
    reply = read_back(entry_of(kind=CalendarKind.correspondence, title="Pastures", **due))
    assert (commitment.start, commitment.end) == (date(2030, 5, 1), date(2030, 5, 2))
    assert [str(each["SUMMARY"]) for each in (commitment, reply)] == ["DUE: To call.", "REPLY DUE: Pastures"]
    assert [str(each["TRANSP"]) for each in (commitment, reply)] == ["TRANSPARENT", "TRANSPARENT"]
    assert str(commitment["URL"]) == f"{ADDRESS}/commitments"
    assert str(reply["URL"]).startswith(f"{ADDRESS}/correspondence/")


@pytest.mark.parametrize(
    ("state", "status", "summary", "transparency"),
    [
        ("proposed", "TENTATIVE", "PROPOSED: Talks", "OPAQUE"),
        ("scheduled", "CONFIRMED", "Talks", "OPAQUE"),
        ("suspended", "TENTATIVE", "SUSPENDED: Talks", "TRANSPARENT"),
        ("held", "CONFIRMED", "Talks", "OPAQUE"),
        ("reported", "CONFIRMED", "Talks", "OPAQUE"),
        ("cancelled", "CANCELLED", "CANCELLED: Talks", "TRANSPARENT"),
    ],
)
def test_every_state_is_told_by_status_and_by_a_word(state: str, status: str, summary: str, transparency: str) -> None:
    entry = entry_of(state=state, reason="TJK withdrew its concurrence.")
    assert (status_of(entry), summary_of(entry)) == (status, summary)
    event = read_back(entry)
    assert (str(event["STATUS"]), str(event["TRANSP"])) == (status, transparency)
    assert "TJK withdrew its concurrence." in str(event["DESCRIPTION"])


@pytest.mark.parametrize(
    ("sensitivity", "tlp", "expected"),
    [
        ("unclassified", "CLEAR", "PUBLIC"),
        ("unclassified", "GREEN", "PRIVATE"),
        ("confidential", "CLEAR", "CONFIDENTIAL"),
        ("strictly-confidential", "RED", "CONFIDENTIAL"),
    ],
)
def test_only_what_anybody_may_know_is_public(sensitivity: Any, tlp: Any, expected: str) -> None:
    assert class_of(Label(sensitivity=sensitivity, tlp=tlp, originator="centre")) == expected


def test_the_hours_of_a_night_name_both_days() -> None:
    entry = entry_of(starts_at=NOON, ends_at=NOON + timedelta(hours=9))
    assert "2030-05-01 17:00 - 2030-05-02 02:00 Asia/Dushanbe" in description_of(entry, "")


@settings(deadline=None)
@given(st.datetimes(timezones=st.timezones()) | st.none(), st.datetimes(timezones=st.timezones()) | st.none())
def test_a_window_is_at_most_400_days_or_refused(begins: datetime | None, ends: datetime | None) -> None:
    try:
        window = window_of(begins, ends, NOON)
    except NoSuchWindow:
        assert begins is not None or ends is not None, "what is left open is never refused"
        return
    assert timedelta() < window.ends - window.begins <= timedelta(days=400)


def test_a_window_that_is_left_open_has_31_days() -> None:
    assert window_of(None, None, NOON) == Window(NOON, NOON + 31 * DAY)
    assert window_of(None, NOON + 2 * DAY, NOON) == Window(NOON - 29 * DAY, NOON + 2 * DAY)
    assert window_of(NOON + DAY, None, NOON) == Window(NOON + DAY, NOON + 32 * DAY)
