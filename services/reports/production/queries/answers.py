"""Reports as they leave: whole inside the Centre; outside, what is listed for outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from chassis.audience import only, picked
from contracts.names import Locale
from contracts.vocabulary import CENTRE
from services.reports.names.adapters.lexicon import lexicon
from services.reports.names.rules import Marks
from services.reports.production.rules import (
    Content,
    Grading,
    ReportKind,
    Section,
    Statement,
    label_of_section,
    places_named,
    unsupported,
    without_names,
)
from services.reports.production.schemas import EvidenceOut, ReportOut, ReportState, SectionOut, StatementOut, StepOut
from services.reports.production.tables import Report, ReportStep
from services.reports.talks.schemas import TalkOut

RECALLED_TITLE = "Recalled"
Cited = tuple[str, UUID]
KEPT = "kept"
UNGRADED = Grading(reliability=None, credibility=None)


@dataclass(frozen=True)
class Known:
    """What is known now of what reports cite: how it is graded, and what its talks rest on."""

    gradings: dict[Cited, Grading]
    talks: dict[UUID, TalkOut]


Judged = tuple[Known, dict[UUID, str]]
"""What is known, and why statements are unsupported, by their ids."""


@dataclass(frozen=True)
class Veil:
    """Withholds names of persons, said in `locale`, else in the language of the text."""

    locale: Locale | None = None

    def over(self, report: Report) -> Content:
        """What it says, without names where they stood when it was issued; by rule alone in what is not issued yet."""
        named = report.named or places_named(lexicon(), report.body, Marks())
        return without_names(report.body, named, self.locale)


def kept_at(report: Report, steps: Sequence[ReportStep]) -> datetime | None:
    """When the Head last kept what rests on flagged talks in the text as it is."""
    return max((each.at for each in steps if each.step == KEPT and each.content_hash == report.content_hash), default=None)


def inside(report: Report, steps: list[ReportStep], known: Known, veil: Veil | None) -> ReportOut:
    """Inside the Centre: the whole text, with what it rests on and how that is graded now."""
    content = veil.over(report) if veil else report.body
    # An issued text was supported when it was issued, and does not change any more (R10).
    flawed = {} if report.issued else unsupported(content, known.gradings, kept_at(report, steps))
    sections = [_section(each, content, report, (known, flawed)) for each in content.sections]
    return _out(report, steps, sections, content)


def _section(section: Section, content: Content, report: Report, judged: Judged) -> SectionOut:
    label = label_of_section(section, content, report.declared_label)
    statements = [_statement(each, *judged) for each in section.statements]
    return SectionOut(id=section.id, title=section.title, facet=section.facet, label=label, statements=statements)


def _statement(statement: Statement, known: Known, flawed: dict[UUID, str]) -> StatementOut:
    gradings = [known.gradings.get((each.type, each.id), UNGRADED) for each in statement.evidence]
    flags = {
        "unsupported": statement.id in flawed,
        "held-after-withdrawal": any(each.flagged_at for each in gradings),
        "evidence-discarded": any(each.discarded for each in gradings),
    }
    return StatementOut(
        **statement.model_dump(include={"id", "kind", "text", "likelihood", "confidence", "authors"}),
        author=statement.authors[-1] if statement.authors else None,
        evidence=[EvidenceOut(type=each.type, id=each.id) for each in statement.evidence],
        meetings={each.id: each.engagement for each in statement.evidence if each.engagement},
        talks=[known.talks[each.id] for each in statement.evidence if each.id in known.talks],
        evidence_count=len(statement.evidence),
        flags=[flag for flag, is_raised in flags.items() if is_raised],
    )


def _out(report: Report, steps: list[ReportStep], sections: list[SectionOut], content: Content) -> ReportOut:
    return ReportOut(
        **picked(report, (*_OUTSIDE, *_INSIDE)),
        countries=report.subject_countries,
        themes=report.subject_themes,
        title=content.title,
        authors=content.authors,
        sections=sections,
        steps=[_step(each) for each in steps],
        review_owed=_owes_review(report, steps),
    )


_OUTSIDE: Final = (
    "id", "reference", "kind", "state", "content_hash", "issued_at", "recalled_at", "version",
    "created_at", "updated_at", "label",
)  # fmt: skip
_INSIDE: Final = ("addressees", "declared_label")
OUTER_STEPS: Final = ("issued", "recalled")


def _step(step: ReportStep) -> StepOut:
    return StepOut(
        step=step.step,
        by=step.by,
        at=step.at,
        comment=step.comment,
        content_hash=step.content_hash,
        voided=step.voided_at is not None,
    )


def _owes_review(report: Report, steps: list[ReportStep]) -> bool:
    """A flash is reviewed after (R9)."""
    issued = [step.number for step in steps if step.step == "issued"]
    return (
        report.kind == ReportKind.flash and bool(issued) and not any(step.step == "reviewed" and step.number > issued[0] for step in steps)
    )


def outside(report: Report, steps: list[ReportStep], veil: Veil | None) -> ReportOut:
    """Outside the Centre: the text without evidence, authors and the inner steps.

    Of a recalled one a tombstone is left (R10).
    """
    content = veil.over(report) if veil else report.body
    text = _tombstone() if report.state == ReportState.recalled else _text_outside(report, content)
    told = [step for step in steps if step.step in OUTER_STEPS]
    own = {"authors": [], "review_owed": False, "declared_label": report.label}
    own |= {"steps": [_step_outside(step) for step in told]}
    return only(ReportOut, picked(report, _OUTSIDE) | text | own)


def _text_outside(report: Report, content: Content) -> dict[str, Any]:
    return {
        "title": content.title,
        "addressees": report.addressees,
        "countries": report.subject_countries,
        "themes": report.subject_themes,
        "sections": [_section_outside(section, content, report) for section in content.sections],
    }


def _tombstone() -> dict[str, Any]:
    return {
        "title": RECALLED_TITLE,
        "addressees": {},
        "countries": [],
        "themes": [],
        "sections": [],
    }


def _section_outside(section: Section, content: Content, report: Report) -> SectionOut:
    label = label_of_section(section, content, report.declared_label)
    statements = [_statement_outside(statement) for statement in section.statements]
    return only(SectionOut, picked(section, ("id", "title", "facet")) | {"label": label, "statements": statements})


def _statement_outside(statement: Statement) -> StatementOut:
    """What it says and on how much it rests; not on what, nor who wrote it."""
    said = picked(statement, ("id", "kind", "text", "likelihood", "confidence"))
    nothing: dict[str, Any] = {"authors": [], "evidence": [], "meetings": {}, "talks": [], "flags": []}
    return only(StatementOut, said | nothing | {"evidence_count": len(statement.evidence)})


def _step_outside(step: ReportStep) -> StepOut:
    said = picked(step, ("step", "at", "content_hash"))
    return only(StepOut, said | {"by": CENTRE, "voided": step.voided_at is not None})
