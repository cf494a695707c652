"""What is attached and when a reply is overdue, without a server."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.liaison.correspondence.rules import is_overdue, safe_name, state_of


@given(st.text(max_size=400))
def test_a_name_is_one_plain_line_that_climbs_nowhere(given_name: str) -> None:
    name = safe_name(given_name)
    assert 1 <= len(name) <= 200
    assert name.isprintable()
    assert not set(name) & set('/\\<>:"|?*')
    assert name not in (".", "..")


def test_a_name_keeps_its_script() -> None:
    assert safe_name("C:\\temp\\Нота № 14.pdf") == "Нота № 14.pdf"
    assert safe_name("../../etc/passwd") == "passwd"
    assert safe_name("fdp.\u202eexe") == "fdp.exe"


@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 1, 1)), st.integers(-400, 400))
def test_a_reply_is_overdue_from_the_day_after(today: date, days: int) -> None:
    due = today + timedelta(days=days)
    assert state_of(due) == "open"
    assert is_overdue("open", due, today) == (days < 0)
    assert not is_overdue("answered", due, today)
    assert not is_overdue(state_of(None), None, today)
