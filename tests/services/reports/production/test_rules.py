"""Evidence and authorship as pure rules."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.reports.production.rules import attribute, content_hash, is_graded, unsupported

Json = dict[str, Any]
texts = st.text("abc d", min_size=1, max_size=12)
people = st.sampled_from(["ann", "ben", "cem"])


def section(*statements: Json) -> list[Json]:
    return [{"title": "s", "statements": list(statements)}]


def said(kind: str, *evidence: tuple[str, str], key: str | None = None, **more: Any) -> Json:
    cited = [{"type": each[0], "id": each[1]} for each in evidence]
    return {"id": key or "x", "key": key, "kind": kind, "text": "t", "evidence": cited, "likelihood": None, "confidence": None} | more


def test_r8_an_ungraded_lead_supports_nothing_and_a_graded_one_does() -> None:
    lead = ("incident", "1")
    assert unsupported(section(said("assessed", lead)), {lead: False})
    assert unsupported(section(said("assessed")), {})
    assert not unsupported(section(said("assessed", lead)), {lead: True})


def test_r8_a_judgement_needs_a_supported_statement_likelihood_and_confidence() -> None:
    lead = ("incident", "1")
    judgement = said("judgement", ("statement", "a"), likelihood="likely", confidence="low")
    assert not unsupported(section(said("assessed", lead, key="a"), judgement), {lead: True})
    assert len(unsupported(section(said("assessed", lead, key="a"), judgement), {lead: False})) == 2
    assert unsupported(section(said("assessed", lead, key="a"), judgement | {"likelihood": None}), {lead: True})
    assert unsupported(section(said("gap", key="a"), judgement), {})


def test_r8_a_gap_needs_no_evidence() -> None:
    assert not unsupported(section(said("gap")), {})


def test_f_and_6_cannot_be_judged_and_support_nothing_together() -> None:
    assert not is_graded("F", 6)
    assert is_graded("F", 1)
    assert is_graded("E", 5)
    assert not is_graded("A", None)


@given(st.lists(texts, min_size=1, max_size=5), st.lists(texts, min_size=1, max_size=5), people, people)
def test_r9_unchanged_words_keep_their_author_and_an_editor_owns_every_change(old: list[str], new: list[str], ann: str, ben: str) -> None:
    before: list[Json] = [{"title": "", "statements": [{"text": text} for text in old]}]
    attribute(before, [], ann)
    after: list[Json] = [{"title": "", "statements": [{"text": text} for text in new]}]
    attribute(after, before, ben)
    for statement in after[0]["statements"]:
        if statement["text"] in old:
            assert statement["authors"] == [ann]
        else:
            assert ben in statement["authors"]
            assert set(statement["authors"]) <= {ann, ben}


def test_r9_words_that_survive_a_change_keep_their_first_author() -> None:
    before: list[Json] = [{"title": "", "statements": [{"text": "Tension rose sharply in the valley"}]}]
    attribute(before, [], "ann")
    after: list[Json] = [{"title": "", "statements": [{"text": "Tension rose slightly in the valley"}]}]
    attribute(after, before, "ben")
    assert after[0]["statements"][0]["authors"] == ["ann", "ben"]


@given(st.dictionaries(texts, texts), st.dictionaries(texts, texts))
def test_the_hash_is_the_content_s_and_no_other_s(one: dict[str, str], other: dict[str, str]) -> None:
    assert (content_hash(one) == content_hash(other)) == (one == other)
    assert content_hash(dict(reversed(one.items()))) == content_hash(one)
