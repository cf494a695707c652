"""Evidence and authorship as pure rules."""

from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.reports.production.rules import Content, Evidence, Grading, Section, Statement, StatementKind, authors_of, unsupported

LEAD = ("incident", UUID(int=7))
GRADED, UNGRADED = Grading(reliability="B", credibility=2), Grading(reliability=None, credibility=None)
texts = st.text("abc d", min_size=1, max_size=12)
people = st.sampled_from(["ann", "ben"])


def said(number: int, kind: StatementKind, *cited: tuple[str, UUID], **more: Any) -> Statement:
    evidence = [Evidence(type=each[0], id=each[1]) for each in cited]  # type: ignore[arg-type]
    return Statement(id=UUID(int=number), kind=kind, text="t", evidence=evidence, **more)


def content(*statements: Statement) -> Content:
    return Content(title="t", sections=[Section(id=UUID(int=99), title="s", statements=list(statements))])


def test_r8_an_ungraded_lead_supports_nothing_and_a_graded_one_does() -> None:
    text = content(said(1, StatementKind.assessed, LEAD))
    assert unsupported(text, {LEAD: UNGRADED})
    assert unsupported(text, {})
    assert not unsupported(text, {LEAD: GRADED})


def test_r8_a_judgement_needs_a_supported_statement_likelihood_and_confidence() -> None:
    assessed = said(1, StatementKind.assessed, LEAD)
    judgement = said(2, StatementKind.judgement, ("statement", UUID(int=1)), likelihood="likely", confidence="low")
    assert not unsupported(content(assessed, judgement), {LEAD: GRADED})
    assert set(unsupported(content(assessed, judgement), {LEAD: UNGRADED})) == {UUID(int=1), UUID(int=2)}
    vague = judgement.model_copy(update={"likelihood": None})
    assert set(unsupported(content(assessed, vague), {LEAD: GRADED})) == {UUID(int=2)}


def test_r8_a_gap_needs_no_evidence() -> None:
    assert not unsupported(content(said(1, StatementKind.gap)), {})


def test_f_and_6_cannot_be_judged_and_support_nothing_together() -> None:
    assert not Grading(reliability="F", credibility=6).supports
    assert Grading(reliability="E", credibility=5).supports


@given(texts, texts, people, people)
def test_r9_unchanged_words_keep_their_author_and_an_editor_owns_every_change(old: str, new: str, ann: str, ben: str) -> None:
    authors = authors_of(new, [(old, [ann])], ben)
    if new == old:
        assert authors == [ann]
    else:
        assert authors[-1] == ben
        assert set(authors) <= {ann, ben}


def test_r9_words_that_survive_a_change_keep_their_first_author() -> None:
    old = "Tension rose sharply in the valley after the harvest"
    assert authors_of("Calm returned in the valley after the harvest", [(old, ["ann"])], "ben") == ["ann", "ben"]
    assert authors_of("Nothing of it is left now", [(old, ["ann"])], "ben") == ["ben"]
