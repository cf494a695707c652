"""What supports what, whose words survive, and how labels derive: pure decisions on the content of a report."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from contracts.labels import Label, join
from contracts.names import Locale, NamedPlaces, NamedSection, Span, withhold
from contracts.vocabulary import CENTRE
from services.reports.incidents.rules import is_judged
from services.reports.names.rules import Lexicon, Marks, key_of, settle_names

# So many words in a row are somebody's wording and not the language's (R9: author is anyone whose words survive).
WORDS_THAT_SURVIVE: Final = 4
_WORD: Final = re.compile(r"\w+")


EvidenceType = Literal["incident", "observation", "effort", "note-to-file", "readout", "statement"]


class StatementKind(StrEnum):
    """What a statement claims (R8)."""

    assessed = "assessed"
    judgement = "judgement"
    gap = "gap"


class ReportKind(StrEnum):
    """The series of reports."""

    situation_report = "situation-report"
    flash = "flash"
    weekly = "weekly"
    thematic = "thematic"
    early_warning_note = "early-warning-note"
    council_briefing_input = "council-briefing-input"
    joint_assessment = "joint-assessment"


PREFIXES: Final[dict[ReportKind, str]] = {
    ReportKind.situation_report: "SIT",
    ReportKind.flash: "FLA",
    ReportKind.weekly: "WEE",
    ReportKind.thematic: "THE",
    ReportKind.early_warning_note: "EWN",
    ReportKind.council_briefing_input: "CBI",
    ReportKind.joint_assessment: "JOA",
}
"""What a reference of each kind begins with."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Evidence(_Part):
    """What a statement rests on. `label` and `occurred_at` are those of the moment it was cited, and bind on."""

    type: EvidenceType
    id: UUID
    # Of a note to file or readout: the engagement it is on.
    engagement: UUID | None = None
    label: Label | None = None
    occurred_at: datetime | None = None
    places: list[str] = []
    themes: list[str] = []


class Statement(_Part):
    """A claim with its evidence and with everyone whose words are in it; `authors[-1]` wrote last."""

    id: UUID
    kind: StatementKind
    text: str
    likelihood: str | None = None
    confidence: str | None = None
    evidence: list[Evidence] = []
    authors: list[str] = []


class Section(_Part):
    """Statements under a title. `floor` is the strictest label its surviving words ever had: nothing lowers silently."""

    id: UUID
    title: str
    facet: Literal["situation", "efforts"] = "situation"
    statements: list[Statement] = []
    authors: list[str] = []
    floor: Label | None = None


class Content(_Part):
    """All a report says."""

    title: str
    title_authors: list[str] = []
    sections: list[Section] = []

    @property
    def statements(self) -> list[Statement]:
        """Its statements in order."""
        return [statement for section in self.sections for statement in section.statements]

    @property
    def authors(self) -> list[str]:
        """Everyone whose words are in it (R9)."""
        named = [self.title_authors, *(each.authors for each in self.sections), *(each.authors for each in self.statements)]
        return sorted({author for group in named for author in group})

    @property
    def cited(self) -> set[tuple[str, UUID]]:
        """What it cites outside itself."""
        return {(each.type, each.id) for statement in self.statements for each in statement.evidence if each.type != "statement"}


def places_named(lexicon: Lexicon, content: Content, marks: Marks, told: Sequence[str | None] = ()) -> NamedPlaces:
    """Where the content names persons: as rules find them, as people marked them, and as what it cites (`told`) names them."""
    texts = [
        content.title,
        *(text for section in content.sections for text in (section.title, *(each.text for each in section.statements))),
    ]
    settled = settle_names(lexicon, [*texts, *told], marks)[: len(texts)]
    spans: Iterator[list[Span]] = iter([[(each.start, each.end) for each in found] for found in settled])
    title = next(spans)
    sections = [
        NamedSection(id=section.id, title=next(spans), statements=[next(spans) for _ in section.statements]) for section in content.sections
    ]
    # Who is named whole and then by a part of the name is one person.
    names = {key_of(each.words) for found in settled for each in found}
    parts = {word for name in names if " " in name for word in name.split()}
    return NamedPlaces(persons=len(names - parts), title=title, sections=sections)


def without_names(content: Content, places: NamedPlaces, locale: Locale | None = None) -> Content:
    """The content with names of persons withheld where they stand (R4)."""
    sections = []
    for section in content.sections:
        named = places.section(section.id)
        said = [
            each.model_copy(update={"text": withhold(each.text, named.statement(n), locale)}) for n, each in enumerate(section.statements)
        ]
        sections.append(section.model_copy(update={"title": withhold(section.title, named.title, locale), "statements": said}))
    return content.model_copy(update={"title": withhold(content.title, places.title, locale), "sections": sections})


def content_hash(head: Mapping[str, Any], content: Content, declared: Label) -> str:
    """SHA-256 over canonical JSON of everything a clearance answers for: title, kind, sections, statements, evidence, label.

    Statements are named by their place, so that keys given by the database do not change the hash of a text.
    """
    order = {statement.id: n for n, statement in enumerate(content.statements)}
    said = {
        **head,
        "title": content.title,
        "label": declared.model_dump(mode="json"),
        "sections": [
            {"title": section.title, "facet": section.facet, "statements": [_hashed(each, order) for each in section.statements]}
            for section in content.sections
        ],
    }
    canonical = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _hashed(statement: Statement, order: Mapping[UUID, int]) -> dict[str, Any]:
    plain = statement.model_dump(mode="json", include={"kind", "text", "likelihood", "confidence"})
    cited = [[each.type, str(order.get(each.id, each.id))] for each in statement.evidence]
    return plain | {"evidence": cited}


class Grading(BaseModel):
    """How a piece of evidence is graded now; both None for an ungraded lead."""

    reliability: str | None
    credibility: int | None
    # A person discarded it: it supports nothing until it is restored (docs/decisions/0042-triage.md).
    discarded: bool = False
    # Of a talk that was held after a withdrawal took effect: since when that is known (R3).
    flagged_at: datetime | None = None

    @property
    def supports(self) -> bool:
        """True when it was judged: an ungraded lead, what cannot be judged, or what was discarded supports nothing alone (R8)."""
        return is_judged(self.reliability, self.credibility) and not self.discarded


# Our own officer was there (A) and nobody else confirmed it yet (2). It says that a thing was said, by whom; whether it is so
# is for the statement to word.
OWN_RECORD: Final = Grading(reliability="A", credibility=2)


FLAGGED: Final = "rests on a talk held after a Government took its concurrence back: the Head keeps it, or it is dropped"


def unsupported(content: Content, gradings: Mapping[tuple[str, UUID], Grading], kept_at: datetime | None = None) -> dict[UUID, str]:
    """Why each statement that nothing supports is unsupported, by its id (R8).

    What rests on a flagged talk is dropped, or kept by the Head: `kept_at`, after the flag was known (R3).
    """
    held = {key for key, each in gradings.items() if each.flagged_at and (kept_at is None or kept_at < each.flagged_at)}
    reasons = {each.id: FLAGGED for each in content.statements if any((cited.type, cited.id) in held for cited in each.evidence)}
    for statement in content.statements:
        if statement.kind is StatementKind.assessed and statement.id not in reasons:
            found = [gradings.get((each.type, each.id)) for each in statement.evidence if each.type != "statement"]
            if not any(grading is not None and grading.supports for grading in found):
                reasons[statement.id] = "cites no graded evidence"
    assessed = {each.id for each in content.statements if each.kind is StatementKind.assessed and each.id not in reasons}
    for statement in content.statements:
        if (
            statement.kind is StatementKind.judgement
            and statement.id not in reasons
            and (reason := _flaw_of_judgement(statement, assessed))
        ):
            reasons[statement.id] = reason
    return reasons


def _flaw_of_judgement(statement: Statement, assessed: set[UUID]) -> str | None:
    if not any(each.type == "statement" and each.id in assessed for each in statement.evidence):
        return "cites no supported assessed statement of this report"
    if not statement.likelihood or not statement.confidence:
        return "does not state both likelihood and confidence"
    return None


def runs(text: str) -> set[tuple[str, ...]]:
    """The runs of words of a text; a text shorter than a run is one run by itself."""
    words = [word.casefold() for word in _WORD.findall(text)]
    last = max(1, len(words) - WORDS_THAT_SURVIVE + 1)
    return {tuple(words[n : n + WORDS_THAT_SURVIVE]) for n in range(last)} if words else set()


def authors_of(text: str, written: Iterable[tuple[str, list[str]]], editor: str) -> list[str]:
    """Whose words `text` holds: those of unchanged text keep it; changed text adds its editor to whose words survive (R9)."""
    known = list(written)
    for old, authors in known:
        if old == text:
            return authors
    now_said = runs(text)
    surviving = {author for old, authors in known if runs(old) & now_said for author in authors}
    return [*sorted(surviving - {editor}), editor]


def label_of_section(section: Section, content: Content, declared: Label) -> Label:
    """The join of the declared label and of all evidence under it, statements of other sections included."""
    by_id = {statement.id: statement for statement in content.statements}
    labels = [declared, *([section.floor] if section.floor else [])]
    pending, seen = list(section.statements), set()
    while pending:
        statement = pending.pop()
        if statement.id in seen:
            continue
        seen.add(statement.id)
        labels += [each.label for each in statement.evidence if each.label]
        pending += [by_id[each.id] for each in statement.evidence if each.type == "statement" and each.id in by_id]
    return join(labels, CENTRE)


def label_of_report(content: Content, declared: Label) -> Label:
    """The join of the declared label and of its sections' (derived labels)."""
    return join([declared, *(label_of_section(each, content, declared) for each in content.sections)], CENTRE)


def floor_of(section: Section, before: Content, declared: Label) -> Label | None:
    """The join of the labels of all old sections whose title, place in the database or words survive in `section`."""
    texts = {statement.text for statement in section.statements}
    heirs = [
        label_of_section(old, before, declared)
        for old in before.sections
        if old.id == section.id or old.title == section.title or texts & {statement.text for statement in old.statements}
    ]
    return join(heirs, CENTRE) if heirs else None
