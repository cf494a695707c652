"""The chain of clearance (R9): pure decisions."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from services.reports.production.rules import ReportKind
from services.reports.production.schemas import ReportState


class Refusal(StrEnum):
    """Why somebody may not take a step."""

    own_text = "own text"
    reviewer_clears = "the reviewer does not clear"
    cleared_before = "cleared it before the edit"


class Taken(NamedTuple):
    """A step that was taken, on which content, and whether it still counts."""

    step: str
    by: str
    content_hash: str
    voided: bool


STARTS: Final[dict[str, tuple[ReportState, ...]]] = {
    "submit": (ReportState.draft,),
    "review": (ReportState.submitted,),
    "clear": (ReportState.reviewed,),
    "issue": (ReportState.cleared,),
    "return": (ReportState.submitted, ReportState.reviewed, ReportState.cleared),
    "keep": (ReportState.draft, ReportState.submitted, ReportState.reviewed, ReportState.cleared),
    "recall": (ReportState.issued,),
}
"""From which states each step starts."""
FLASH_STARTS: Final = STARTS | {
    "review": (ReportState.submitted, ReportState.issued),
    "clear": (ReportState.submitted, ReportState.reviewed),
}
"""A flash needs two people: one other than its authors reviews and clears in one, and it is reviewed after it was issued."""


def starts_of(step: str, kind: str) -> tuple[ReportState, ...]:
    """The states `step` starts from for a report of `kind`."""
    return (FLASH_STARTS if kind == ReportKind.flash else STARTS)[step]


def refuse_review(person: str, authors: Sequence[str]) -> Refusal | None:
    """Why `person` may not review; None when nothing speaks against it."""
    return Refusal.own_text if person in authors else None


def refuse_clearing(person: str, authors: Sequence[str], steps: Sequence[Taken], content_hash: str, kind: str) -> Refusal | None:
    """Why `person` may not clear: an author, the reviewer of this text, or who cleared it before an edit (R9)."""
    if person in authors:
        return Refusal.own_text
    reviewers = {each.by for each in steps if each.step == "reviewed" and not each.voided}
    if person in reviewers and kind != ReportKind.flash:
        return Refusal.reviewer_clears
    earlier = {each.by for each in steps if each.step == "cleared" and each.content_hash != content_hash}
    return Refusal.cleared_before if person in earlier else None


def stands(steps: Sequence[Taken], step: str, content_hash: str) -> bool:
    """True when `step` was taken on this very content and is not void."""
    return any(each.step == step and each.content_hash == content_hash and not each.voided for each in steps)
