"""The label that every readable record and every section of a text bears, and how labels join."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from contracts.vocabulary import Body, Countries, Sensitivity, Slug, Themes, Tlp


def _sorted_set(values: list[str]) -> list[str]:
    return sorted(set(values))


Organizations = Annotated[list[Slug], AfterValidator(_sorted_set)]


class Label(BaseModel):
    """Who may know a thing, and on whose word.

    `releasable_to` lists the organizations outside originator and Centre to which it may be released at all; an empty
    list means none of them (R14). Being listed releases nothing yet: that takes a release decision (R13).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    sensitivity: Sensitivity = Sensitivity.confidential
    tlp: Tlp = Tlp.amber
    originator: Slug
    themes: Themes = Field(default_factory=list)
    countries: Countries = Field(default_factory=list)
    releasable_to: Organizations = Field(default_factory=list)


class LabelBody(Body):
    """A label as a client sends it: what is left out takes the collection's default, `[]` stays empty (R14)."""

    sensitivity: Sensitivity | None = None
    tlp: Tlp | None = None
    originator: Slug | None = None
    themes: Themes | None = None
    countries: Countries | None = None
    releasable_to: Organizations | None = None

    def over(self, default: Label) -> Label:
        """`default` with the fields that were sent laid over it."""
        return default.model_copy(update=self.model_dump(exclude_none=True))


def join(labels: Iterable[Label], originator: str) -> Label:
    """The strictest label of `labels`, field by field, held by `originator`.

    Highest sensitivity and TLP, union of themes and countries, intersection of `releasable_to`
    (domain.md, derived labels and R12). ValueError when there is nothing to join.
    """
    known = list(labels)
    if not known:
        raise ValueError("no label to join")
    return Label(
        sensitivity=max((label.sensitivity for label in known), key=lambda value: value.rank),
        tlp=max((label.tlp for label in known), key=lambda value: value.rank),
        originator=originator,
        themes=sorted(set().union(*(label.themes for label in known))),
        countries=sorted(set().union(*(label.countries for label in known))),
        releasable_to=sorted(set.intersection(*(set(label.releasable_to) for label in known))),
    )


def is_looser(new: Label, old: Label) -> bool:
    """True when `new` would let more people know than `old`: that needs the originator and a reason."""
    return (
        new.sensitivity.rank < old.sensitivity.rank or new.tlp.rank < old.tlp.rank or not set(new.releasable_to) <= set(old.releasable_to)
    )
