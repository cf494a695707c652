"""Reads of the calendar: three registers in one order of time. Row-level security decides what is seen of each."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, DateTime, Select, Text, and_, cast, func, literal, null, or_, select, tuple_, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.context import context_of
from chassis.database import principal_of
from chassis.pagination import Paging, Rows
from contracts.labels import Label
from contracts.vocabulary import CALENDAR_FEED, CalendarKind, Sensitivity, Tlp
from services.liaison.calendar.errors import TooManyEntries
from services.liaison.calendar.rendering import render_calendar
from services.liaison.calendar.rules import CANCELLED_SHOWN, Entry, Window
from services.liaison.commitments.rules import CommitmentState
from services.liaison.commitments.tables import Commitment
from services.liaison.correspondence.schemas import LetterState
from services.liaison.correspondence.tables import Letter
from services.liaison.engagements.schemas import EngagementState
from services.liaison.engagements.tables import Engagement

MOST_IN_A_FILE = 1000
TITLE_LETTERS = 300
Register = type[Engagement] | type[Commitment] | type[Letter]


@dataclass(frozen=True)
class Wanted:
    """What of the calendar is asked for; an empty choice is everything."""

    window: Window
    kinds: frozenset[CalendarKind] = frozenset()
    countries: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()


async def list_calendar(session: AsyncSession, paging: Paging, wanted: Wanted) -> Rows[Entry]:
    """A page of the calendar, by time."""
    query = _entries(session, wanted).limit(paging.limit + 1)
    if paging.after:
        begins, key = paging.after.split(" ")
        query = query.where(tuple_(*_order(query)) > (datetime.fromisoformat(begins), UUID(key)))
    found = (await session.execute(query)).all()
    page = paging.cut(found, lambda row: f"{row.begins.isoformat()} {row.id}")
    return page.showing([_entry(row) for row in page.items])


async def read_file(session: AsyncSession, wanted: Wanted, public_url: str) -> bytes:
    """The calendar as iCalendar; TooManyEntries when it would not be whole."""
    rows = list((await session.execute(_entries(session, wanted).limit(MOST_IN_A_FILE + 1))).all())
    if len(rows) > MOST_IN_A_FILE:
        raise TooManyEntries(MOST_IN_A_FILE)
    context_of(session).shown.add(*(row.id for row in rows))
    # Writing takes about a millisecond an entry: others are served meanwhile.
    return await asyncio.to_thread(render_calendar, [_entry(row) for row in rows], public_url)


def _entries(session: AsyncSession, wanted: Wanted) -> Select[Any]:
    chosen = wanted.kinds or frozenset(CalendarKind)
    entries = union_all(*(part(wanted.window) for kind, part in _PARTS.items() if kind in chosen)).subquery()
    query = select(entries).order_by(entries.c.begins, entries.c.id)
    if wanted.countries:
        query = query.where(entries.c.countries.overlap(wanted.countries))
    if wanted.themes:
        query = query.where(entries.c.themes.overlap(wanted.themes))
    caller = principal_of(session)
    if caller.has(CALENDAR_FEED):
        # RED is for those it was told to: it goes to no telephone. And a ceiling binds what one's own organization wrote, too.
        query = query.where(entries.c.tlp != Tlp.red, entries.c.sensitivity <= caller.access.rank)
    return query


def _order(query: Select[Any]) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    columns = query.selected_columns
    return columns.begins, columns.id


def _engagements(window: Window) -> Select[Any]:
    """Those that touch the window; cancelled ones for a while only."""
    not_long_off = or_(Engagement.state != EngagementState.cancelled, Engagement.updated_at > now() - CANCELLED_SHOWN)
    own = {
        "form": Engagement.kind,
        "title": Engagement.title,
        "begins": Engagement.starts_at,
        "starts_at": Engagement.starts_at,
        "ends_at": Engagement.ends_at,
        "day": cast(null(), Date),
        "time_zone": Engagement.time_zone,
        "place": Engagement.place,
        "countries": Engagement.subject_countries,
        "themes": Engagement.subject_themes,
    }
    touches = and_(Engagement.starts_at < window.ends, Engagement.ends_at > window.begins)
    return _columns(CalendarKind.engagements, Engagement, own).where(touches, not_long_off)


def _commitments(window: Window) -> Select[Any]:
    """Open ones, by the day they are due."""
    own = {"form": literal("commitment"), "title": func.left(Commitment.text, TITLE_LETTERS)} | _falling(Commitment, Commitment.due_on)
    return _columns(CalendarKind.commitments, Commitment, own).where(
        Commitment.state == CommitmentState.open, _falls(Commitment.due_on, window)
    )


def _letters(window: Window) -> Select[Any]:
    """Those that await a reply, by the day it is due."""
    own = {"form": Letter.kind, "title": Letter.subject} | _falling(Letter, Letter.reply_by)
    return _columns(CalendarKind.correspondence, Letter, own).where(Letter.state == LetterState.open, _falls(Letter.reply_by, window))


_PARTS = {CalendarKind.engagements: _engagements, CalendarKind.commitments: _commitments, CalendarKind.correspondence: _letters}


def _columns(kind: CalendarKind, table: Register, own: dict[str, Any]) -> Select[Any]:
    """The columns every part of the union has, in one order."""
    same = [table.id, table.reference, table.state, table.reason, table.version, table.created_at, table.updated_at]
    label = [table.sensitivity, table.tlp, table.originator, table.releasable_to]
    about = [table.themes.label("label_themes"), table.countries.label("label_countries")]
    columns: list[Any] = [literal(kind.value).label("kind"), *same, *label, *about, *(own[name].label(name) for name in sorted(own))]
    return select(*columns)


def _falling(table: type[Commitment] | type[Letter], day: Any) -> dict[str, Any]:
    """What falls due has a day and no times; it is about what its label is about."""
    moment, words = cast(null(), DateTime(timezone=True)), cast(null(), Text())
    absent = {"starts_at": moment, "ends_at": moment, "time_zone": words, "place": words}
    return absent | {"day": day, "begins": _midnight(day), "countries": table.countries, "themes": table.themes}


def _midnight(day: Any) -> ColumnElement[datetime]:
    return func.timezone("UTC", cast(day, DateTime()), type_=DateTime(timezone=True))


def _falls(day: Any, window: Window) -> ColumnElement[bool]:
    """Whether `day` (UTC) touches the window: its last moment is after the beginning, its first before the end."""
    return and_(day >= window.begins.astimezone(UTC).date(), _midnight(day) < window.ends)


def _entry(row: Any) -> Entry:
    names = set(Entry.__dataclass_fields__) - {"kind", "label"}
    label = Label(
        sensitivity=Sensitivity.of_rank(row.sensitivity),
        tlp=row.tlp,
        originator=row.originator,
        themes=row.label_themes,
        countries=row.label_countries,
        releasable_to=row.releasable_to,
    )
    return Entry(kind=CalendarKind(row.kind), label=label, **{name: getattr(row, name) for name in names})
