"""The release decision as a pure rule (R13)."""

from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from contracts.labels import Label
from contracts.vocabulary import Sensitivity, Tlp
from services.coordination.exchange.rules import Outcome, Part, Recipient, Rule, Subject, Verdict, covered_then, decide, without_references
from services.coordination.mandates.rules import Ceiling, Remit

THEMES = ["border", "political", "terrorism-extremism", "terrorism-extremism.prevention"]
COUNTRIES = ["KAZ", "TJK", "AFG"]
organizations = st.sampled_from(["osce", "cis", "hq"])
sensitivities = st.sampled_from(list(Sensitivity))
tlps = st.sampled_from(list(Tlp))


def subsets(values: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), unique=True).map(sorted)


labels = st.builds(
    Label,
    sensitivity=sensitivities,
    tlp=tlps,
    originator=st.sampled_from(["centre", "osce", "unct-tjk"]),
    themes=subsets(THEMES),
    countries=subsets(COUNTRIES),
    releasable_to=subsets(["osce", "cis", "hq"]),
)
remits = st.builds(
    Remit,
    id=st.uuids(),
    title=st.just("Title"),
    clause=st.sampled_from(["art. 1", "art. 2"]),
    themes=subsets(THEMES).map(frozenset),
    countries=subsets(COUNTRIES).map(frozenset),
    ceiling=st.builds(Ceiling, sensitivities, tlps),
)
recipients = st.builds(Recipient, organizations, st.just("Name"), st.booleans(), subsets(COUNTRIES).map(frozenset))
parts = st.builds(Part, st.uuids(), st.just("Section"), labels)
subjects = st.builds(Subject, labels, st.lists(parts, max_size=3, unique_by=lambda part: part.id).map(tuple), st.booleans())
mandates = st.lists(remits, max_size=3)


@given(subjects, recipients, mandates)
def test_r13_what_goes_meets_every_condition(subject: Subject, recipient: Recipient, in_force: list[Remit]) -> None:
    verdict = decide(subject, recipient, in_force)
    for finding in verdict.findings:
        if not finding.allowed:
            continue
        label = finding.part.label
        themes, countries = label.themes or subject.label.themes, label.countries or subject.label.countries
        assert recipient.active
        assert not subject.recalled
        assert recipient.id in label.releasable_to
        assert label.tlp is not Tlp.red
        assert any(
            set(countries) <= remit.countries
            and all(theme in remit.themes or theme.split(".")[0] in remit.themes for theme in themes)
            and label.sensitivity.rank <= remit.ceiling.sensitivity.rank
            and label.tlp.rank <= remit.ceiling.tlp.rank
            and remit.clause == finding.clause
            for remit in in_force
        )


@given(subjects, recipients, mandates)
def test_r13_an_item_goes_whole_in_part_or_not_at_all(subject: Subject, recipient: Recipient, in_force: list[Remit]) -> None:
    verdict = decide(subject, recipient, in_force)
    allowed, whole = len(verdict.allowed_sections), len(subject.parts)
    wanted = Outcome.refuse if not allowed else Outcome.allow if allowed == whole else Outcome.stripped
    assert verdict.outcome is wanted
    assert verdict.reason


@given(labels, labels, recipients, mandates)
def test_r13_a_stricter_label_never_turns_a_refusal_into_a_release(
    label: Label, other: Label, recipient: Recipient, in_force: list[Remit]
) -> None:
    stricter = label.model_copy(
        update={
            "sensitivity": max(label.sensitivity, other.sensitivity, key=lambda each: each.rank),
            "tlp": max(label.tlp, other.tlp, key=lambda each: each.rank),
            "themes": sorted({*label.themes, *other.themes}) if label.themes else [],
            "countries": sorted({*label.countries, *other.countries}) if label.countries else [],
            "releasable_to": sorted(set(label.releasable_to) & set(other.releasable_to)),
        }
    )
    if outcome(label, recipient, in_force) is Outcome.refuse:
        assert outcome(stricter, recipient, in_force) is Outcome.refuse


@given(labels, recipients, mandates, remits)
def test_r13_fewer_mandates_never_release_more(label: Label, recipient: Recipient, in_force: list[Remit], another: Remit) -> None:
    if outcome(label, recipient, [*in_force, another]) is Outcome.refuse:
        assert outcome(label, recipient, in_force) is Outcome.refuse


@given(labels, recipients)
def test_r14_who_is_not_listed_gets_nothing_under_the_widest_mandate(label: Label, recipient: Recipient) -> None:
    unlisted = label.model_copy(update={"releasable_to": [each for each in label.releasable_to if each != recipient.id]})
    assert outcome(unlisted, recipient, [widest(Tlp.red)]) is Outcome.refuse


@given(labels, recipients)
def test_r13_red_goes_to_no_organization(label: Label, recipient: Recipient) -> None:
    assert outcome(label.model_copy(update={"tlp": Tlp.red}), recipient, [widest(Tlp.red)]) is Outcome.refuse


@given(subjects, recipients, mandates)
def test_r13_an_item_about_a_member_state_needs_the_head_except_for_sister_offices(
    subject: Subject, recipient: Recipient, in_force: list[Remit]
) -> None:
    named = set(subject.label.countries).union(*(part.label.countries for part in subject.parts))
    assert decide(subject, recipient, in_force).needs_head == (recipient.id != "hq" and bool(named & recipient.members))


def test_r13_one_mandate_must_cover_all_themes_and_countries() -> None:
    label = Label(sensitivity="unclassified", tlp="GREEN", originator="centre", themes=["border", "political"], countries=["TJK"])
    label = label.model_copy(update={"releasable_to": ["osce"]})
    osce = Recipient("osce", "OSCE", True, frozenset())
    border, political = widest(themes={"border"}), widest(themes={"political"})
    refused = judged(label, osce, [border, political])
    assert (refused.outcome, refused.rule) == (Outcome.refuse, Rule.mandate)
    assert "political" in refused.reason
    assert judged(label, osce, [border, widest(themes={"border", "political"})]).outcome is Outcome.allow


def test_r13_a_mandate_for_a_theme_covers_its_sub_themes_and_not_the_other_way_round() -> None:
    prevention = Label(sensitivity="unclassified", tlp="GREEN", originator="centre", themes=[THEMES[3]], countries=["TJK"])
    prevention = prevention.model_copy(update={"releasable_to": ["osce"]})
    osce = Recipient("osce", "OSCE", True, frozenset())
    assert outcome(prevention, osce, [widest(themes={THEMES[2]})]) is Outcome.allow
    terrorism = prevention.model_copy(update={"themes": [THEMES[2]]})
    assert outcome(terrorism, osce, [widest(themes={THEMES[3]})]) is Outcome.refuse


def test_r13_third_party_information_needs_its_originators_consent() -> None:
    label = Label(sensitivity="unclassified", tlp="GREEN", originator="unct-tjk", themes=["border"], countries=["TJK"])
    osce = Recipient("osce", "OSCE", True, frozenset())
    refused = judged(label, osce, [widest()])
    assert refused.rule is Rule.consent
    assert "unct-tjk" in refused.reason
    assert outcome(label.model_copy(update={"releasable_to": ["osce"]}), osce, [widest()]) is Outcome.allow


def test_r3_what_could_go_then_is_asked_without_what_became_of_it_since() -> None:
    known = {"sensitivity": "unclassified", "tlp": "GREEN", "originator": "centre", "themes": ["border"], "countries": ["TJK"]}
    label = Label.model_validate(known | {"releasable_to": ["osce"]})
    subject = Subject(label, (Part(UUID(int=1), "Section", label),), recalled=True)
    removed = Recipient("osce", "OSCE", False, frozenset())
    assert decide(subject, removed, [widest()]).allowed_sections == frozenset()
    assert covered_then(subject, removed, [widest()]) == {UUID(int=1)}
    assert covered_then(subject, removed, [widest(themes={"political"})]) == frozenset()


def test_r13_references_are_taken_out_of_what_goes() -> None:
    assert without_references("See SIT-2026-0042, and INC-2026-12345.") == "See [reference withheld], and [reference withheld]."
    assert without_references("Resolution 1746 (2007) and S/2007/279 stay.") == "Resolution 1746 (2007) and S/2007/279 stay."


def widest(tlp: Tlp = Tlp.amber, themes: set[str] | None = None) -> Remit:
    ceiling = Ceiling(Sensitivity.strictly_confidential, tlp)
    return Remit(uuid4(), "All", "art. 1", frozenset(themes or THEMES), frozenset(COUNTRIES), ceiling)


def judged(label: Label, recipient: Recipient, in_force: list[Remit]) -> Verdict:
    return decide(Subject(label, (Part(UUID(int=1), "Section", label),)), recipient, in_force)


def outcome(label: Label, recipient: Recipient, in_force: list[Remit]) -> Outcome:
    return judged(label, recipient, in_force).outcome
