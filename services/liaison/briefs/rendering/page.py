"""What both renderings show of a brief: headings with entries under them, every word of ours in one language."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from services.liaison.briefs.rendering.words import WORDS
from services.liaison.briefs.schemas import MeetingBrief, PersonMet, PromiseOpen


@dataclass(frozen=True)
class Form:
    """In which language (en or ru), and at which address the platform stands."""

    locale: str
    public_url: str


@dataclass(frozen=True)
class Entry:
    """One entry: what it is, and what is said of it, line by line."""

    head: str
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Part:
    """A heading and its entries; without any, `none` is said."""

    title: str
    entries: list[Entry]
    none: str


def page_of(brief: MeetingBrief, form: Form) -> dict[str, Any]:
    """The brief as plain data, ready to be set."""
    words = WORDS[form.locale]
    label, meeting = brief.label, brief.engagement
    made = f"{brief.generated_at:%Y-%m-%d %H:%M} UTC"
    page = {
        "lang": form.locale,
        "words": words,
        "marking": f"{words[label.sensitivity.value]} - TLP:{label.tlp.value}",
        "made": f"{words['generated']} {made}, {words['for']} {brief.generated_for}",
        "title": meeting.title,
        "status": words.get(f"state:{meeting.state}", ""),
        "link": f"{form.public_url}/engagements/{meeting.id}",
        "facts": _facts(brief, words),
        "parts": [asdict(each) for each in _parts(brief, words)],
        "closing": words["shortened"] if brief.shortened else "",
    }
    stored: dict[str, Any] = _storable(page)
    return stored


def _storable(value: Any) -> Any:
    """Without the control characters that neither XML nor PDF holds; line ends are LF."""
    if isinstance(value, dict):
        return {key: _storable(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_storable(each) for each in value]
    return (
        "".join(letter for letter in "\n".join(value.splitlines()) if letter in "\n\t" or letter >= " ")
        .replace("\ufffe", "")
        .replace("\uffff", "")
    )


def _facts(brief: MeetingBrief, words: dict[str, str]) -> list[list[str]]:
    meeting = brief.engagement
    facts = [
        (words["reference"], f"{meeting.reference}, {words[f'kind:{meeting.kind}']}"),
        (words["when"], _hours(meeting.starts_at, meeting.ends_at, meeting.time_zone)),
        (words["where"], meeting.place or words["unknown"]),
        (words["reason"], meeting.reason),
        (words["countries"], ", ".join(meeting.countries)),
        (words["themes"], ", ".join(meeting.themes)),
        (words["delegation"], ", ".join(meeting.delegation)),
        (words["interpreters"], ", ".join(meeting.interpreters)),
        (words["languages"], ", ".join(meeting.languages)),
        (words["flag"], words["flagged"] if meeting.held_after_withdrawal else None),
    ]
    return [[name, value] for name, value in facts if value]


def _hours(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """The hours at the place, and the same in UTC."""
    begins, ends = (each.astimezone(ZoneInfo(zone)) for each in (starts_at, ends_at))
    until = f"{ends:%H:%M}" if ends.date() == begins.date() else f"{ends:%Y-%m-%d %H:%M}"
    there = f"{begins:%Y-%m-%d %H:%M} - {until} {zone}"
    return there if zone == "UTC" else f"{there} ({starts_at.astimezone(ZoneInfo('UTC')):%Y-%m-%d %H:%M} UTC)"


def _parts(brief: MeetingBrief, words: dict[str, str]) -> list[Part]:
    agenda = [Entry("", [brief.engagement.agenda])] if brief.engagement.agenda else []
    parts = {
        "parties": [
            Entry(each.name, [", ".join([words[f"party:{each.kind}"], *each.countries]), *_names(each.names)]) for each in brief.parties
        ],
        "people": [_person(each, words) for each in brief.contacts],
        "concurrence": [*_missing(brief, words), *_concurrences(brief, words)],
        "agenda": agenda,
        "incidents": _incidents(brief, words),
        "history": _history(brief, words),
        "commitments": [_promise(each, words) for each in brief.commitments],
        "correspondence": _letters(brief, words),
    }
    if brief.screenings is not None:
        parts["screening"] = _screenings(brief, words)
    return [Part(words[name], entries, words[f"none:{name}"]) for name, entries in parts.items()]


def _names(names: list[Any]) -> list[str]:
    return [f"{each.name} ({each.language})" for each in names]


def _person(person: PersonMet, words: dict[str, str]) -> Entry:
    held = [f"{each.title}, {each.organization}" for each in person.positions] or [words["no-position"]]
    spoken = [f"{words['speaks']} {', '.join(person.languages)}"] if person.languages else []
    return Entry(person.name, [*([person.latin_name] if person.latin_name != person.name else []), *held, *spoken])


def _missing(brief: MeetingBrief, words: dict[str, str]) -> list[Entry]:
    return [Entry(f"{words['missing']}: {each.country}", [f"{each.party_name}: {', '.join(each.themes)}"]) for each in brief.missing]


def _concurrences(brief: MeetingBrief, words: dict[str, str]) -> list[Entry]:
    return [
        Entry(
            f"{each.country} {each.reference}",
            [
                f"{words[f'standing:{each.standing}']}; {words['until']} {each.ends_at:%Y-%m-%d %H:%M} UTC; {words[f'basis:{each.basis}']}",
                ", ".join(each.themes),
                *([f"{words['conditions']}: {each.conditions}"] if each.conditions else []),
            ],
        )
        for each in brief.concurrences
    ]


def _incidents(brief: MeetingBrief, words: dict[str, str]) -> list[Entry]:
    return [
        Entry(
            f"{each.occurred_at:%Y-%m-%d} {each.title}",
            [
                f"{each.reference}, {', '.join(each.countries)}; {', '.join(each.themes)}",
                f"{words['graded']} {each.reliability}{each.credibility}, {each.graded_at:%Y-%m-%d}",
            ],
        )
        for each in brief.incidents
    ]


def _history(brief: MeetingBrief, words: dict[str, str]) -> list[Entry]:
    """Each earlier meeting with what was written on it; what was written on this one comes first."""
    own = [Entry(words["this-meeting"], _records(brief, brief.engagement.id, words))]
    return [each for each in own if each.lines] + [
        Entry(
            f"{each.starts_at.astimezone(ZoneInfo(each.time_zone)):%Y-%m-%d} {each.title}",
            [f"{each.reference}, {words[f'kind:{each.kind}']}, {words[f'state:{each.state}']}", *_records(brief, each.id, words)],
        )
        for each in brief.history
    ]


def _records(brief: MeetingBrief, engagement: Any, words: dict[str, str]) -> list[str]:
    kept = [each for each in brief.records if each.engagement == engagement]
    return [" ".join([f"{words[each.kind]}:", *([each.reference] if each.reference else []), each.title]) for each in kept]


def _promise(promise: PromiseOpen, words: dict[str, str]) -> Entry:
    sides = f"{promise.promised_by or words['centre-short']} → {promise.promised_to or words['centre-short']}"
    return Entry(f"{promise.due_on} {words[f'due:{promise.standing}']}", [f"{promise.reference}, {sides}", promise.text])


def _letters(brief: MeetingBrief, words: dict[str, str]) -> list[Entry]:
    return [
        Entry(
            f"{each.reply_by or words['no-day']} {words['overdue'] if each.overdue else words['awaited']}",
            [f"{each.reference}, {words[f'direction:{each.direction}']} {each.party}, {each.dated_on}", each.subject],
        )
        for each in brief.correspondence
    ]


def _screenings(brief: MeetingBrief, words: dict[str, str]) -> list[Entry]:
    names = {each.id: each.name for each in brief.parties} | {each.id: each.name for each in brief.contacts}
    met = {True: words["may-be-met"], False: words["may-not-be-met"]}
    return [
        Entry(
            names.get(each.subject, words["not-shown"]), [f"{each.reference}: {words[f'screening:{each.state}']}; {met[each.may_be_met]}"]
        )
        for each in brief.screenings or []
    ]
