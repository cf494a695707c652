"""The chain of clearance as pure rules (services/reports/clearance/rules.py)."""

from services.reports.clearance.rules import Refusal, Taken, refuse_clearing, refuse_review, stands

CHAIN = [Taken("submitted", "ann", "h1", False), Taken("reviewed", "ben", "h1", False)]


def test_r9_nobody_reviews_or_clears_their_own_text() -> None:
    assert refuse_review("ann", ["ann"]) is Refusal.own_text
    assert refuse_review("ben", ["ann"]) is None
    assert refuse_clearing("ann", ["ann"], CHAIN, "h1", "weekly") is Refusal.own_text


def test_r9_the_reviewer_does_not_clear_except_a_flash() -> None:
    assert refuse_clearing("ben", ["ann"], CHAIN, "h1", "weekly") is Refusal.reviewer_clears
    assert refuse_clearing("ben", ["ann"], CHAIN, "h1", "flash") is None
    assert refuse_clearing("cem", ["ann"], CHAIN, "h1", "weekly") is None


def test_r9_after_an_edit_another_person_clears() -> None:
    voided = [Taken("cleared", "cem", "h0", True), *CHAIN]
    assert refuse_clearing("cem", ["ann"], voided, "h1", "weekly") is Refusal.cleared_before
    assert refuse_clearing("dan", ["ann"], voided, "h1", "weekly") is None


def test_r9_a_step_stands_on_its_own_content_only() -> None:
    assert stands(CHAIN, "reviewed", "h1")
    assert not stands(CHAIN, "reviewed", "h2")
    assert not stands([Taken("reviewed", "ben", "h1", True)], "reviewed", "h1")
