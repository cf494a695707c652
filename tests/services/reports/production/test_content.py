"""Evidence, authorship, derived labels and the hash as pure rules (services/reports/production/rules.py)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from chassis.columns import new_id
from contracts.labels import Label, is_looser
from contracts.vocabulary import CENTRE, Sensitivity, Tlp
from services.reports.production.rules import (
    Content,
    Evidence,
    Grading,
    Section,
    Statement,
    authors_of,
    content_hash,
    label_of_report,
    label_of_section,
    unsupported,
)

labels = st.builds(
    Label,
    sensitivity=st.sampled_from(Sensitivity),
    tlp=st.sampled_from(Tlp),
    originator=st.just(CENTRE),
    themes=st.lists(st.sampled_from(["border", "political"])),
    countries=st.lists(st.sampled_from(["TJK", "AFG"])),
    releasable_to=st.lists(st.sampled_from(["hq", "osce", "unama"])),
)
GRADED, LEAD, UNJUDGED = (
    Grading(reliability="B", credibility=2),
    Grading(reliability=None, credibility=None),
    Grading(reliability="F", credibility=6),
)


def said(kind: str, *evidence: Evidence, **more: Any) -> Statement:
    return Statement.model_validate({"id": new_id(), "kind": kind, "text": "t", "evidence": list(evidence)} | more)


def cited(kind: str, key: UUID, label: Label | None = None) -> Evidence:
    return Evidence.model_validate({"type": kind, "id": key, "label": label})


def text_of(*statements: Statement) -> Content:
    return Content(title="t", sections=[Section(id=new_id(), title="s", statements=list(statements))])


def test_r8_a_lead_and_what_cannot_be_judged_support_nothing_and_one_graded_piece_is_enough() -> None:
    lead, graded = new_id(), new_id()
    for grading in (LEAD, UNJUDGED, None):
        found = {("incident", lead): grading} if grading else {}
        assert unsupported(text_of(said("assessed", cited("incident", lead))), found)
    both = text_of(said("assessed", cited("incident", lead), cited("observation", graded)))
    assert not unsupported(both, {("incident", lead): UNJUDGED, ("observation", graded): GRADED})
    assert unsupported(text_of(said("assessed")), {})
    assert not unsupported(text_of(said("gap")), {})


def test_r8_a_judgement_leans_on_a_supported_statement_and_states_likelihood_and_confidence() -> None:
    key = new_id()
    basis = said("assessed", cited("incident", key))
    whole = {"likelihood": "likely", "confidence": "low"}
    judgement = said("judgement", cited("statement", basis.id), **whole)
    assert not unsupported(text_of(basis, judgement), {("incident", key): GRADED})
    assert set(unsupported(text_of(basis, judgement), {("incident", key): LEAD})) == {basis.id, judgement.id}
    for missing in whole:
        half = said("judgement", cited("statement", basis.id), **(whole | {missing: None}))
        assert set(unsupported(text_of(basis, half), {("incident", key): GRADED})) == {half.id}
    gap = said("gap")
    assert unsupported(text_of(gap, said("judgement", cited("statement", gap.id), **whole)), {})
    assert unsupported(text_of(said("judgement", cited("incident", key), **whole)), {("incident", key): GRADED})


@given(labels, st.lists(labels, max_size=4))
def test_a_derived_label_is_never_looser_than_what_is_cited_or_declared(declared: Label, evidence: list[Label]) -> None:
    content = text_of(said("assessed", *(cited("incident", new_id(), each) for each in evidence)))
    derived = label_of_report(content, declared)
    for each in [declared, *evidence]:
        assert not is_looser(derived, each)
        assert set(each.countries) <= set(derived.countries)
        assert set(each.themes) <= set(derived.themes)


@given(labels, labels)
def test_a_judgement_inherits_through_the_statement_it_cites_in_another_section(declared: Label, strict: Label) -> None:
    basis = said("assessed", cited("incident", new_id(), strict))
    content = text_of(basis)
    content.sections.append(Section(id=new_id(), title="judged", statements=[said("judgement", cited("statement", basis.id))]))
    assert not is_looser(label_of_section(content.sections[1], content, declared), strict)


def test_circular_judgements_end() -> None:
    one, two = said("judgement"), said("judgement")
    one.evidence, two.evidence = [cited("statement", two.id)], [cited("statement", one.id)]
    assert set(unsupported(text_of(one, two), {})) == {one.id, two.id}
    label_of_report(text_of(one, two), Label(originator=CENTRE))


words = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=12).map(" ".join)


@given(words, words)
def test_r9_unchanged_words_keep_their_authors_and_whoever_changes_becomes_one(old: str, new: str) -> None:
    authors = authors_of(new, [(old, ["ann"])], "ben")
    if old == new:
        assert authors == ["ann"]
    else:
        assert authors[-1] == "ben"
        assert set(authors) <= {"ann", "ben"}


def test_r9_four_words_in_a_row_survive_a_rewrite() -> None:
    old = [("Tension rose sharply in the Isfara valley on Monday.", ["ann"])]
    assert authors_of("Tension fell in the Isfara valley on Monday.", old, "ben") == ["ann", "ben"]
    assert authors_of("The valley is calm.", old, "ben") == ["ben"]


def _hash(change: Callable[[Content], Any] | None = None, **head: Any) -> str:
    key = UUID(int=1)
    basis = said("assessed", cited("incident", key), id=UUID(int=2))
    content = text_of(basis, said("judgement", cited("statement", basis.id), likelihood="likely"))
    if change:
        change(content)
    return content_hash({"kind": "weekly"} | head, content, Label(originator=CENTRE))


def test_r9_the_hash_covers_everything_a_clearance_answers_for_and_no_key_of_the_database() -> None:
    plain = _hash()
    assert plain == _hash() == _hash(lambda content: setattr(content.sections[0], "id", new_id()))
    changes: list[Callable[[Content], Any]] = [
        lambda content: setattr(content, "title", "other"),
        lambda content: setattr(content.sections[0], "title", "other"),
        lambda content: setattr(content.sections[0].statements[0], "text", "other"),
        lambda content: setattr(content.sections[0].statements[1], "likelihood", "unlikely"),
        lambda content: content.sections[0].statements[0].evidence.clear(),
        lambda content: content.sections[0].statements.reverse(),
        lambda content: setattr(content.sections[0], "facet", "efforts"),
    ]
    assert plain not in {_hash(change) for change in changes} | {_hash(kind="flash")}
