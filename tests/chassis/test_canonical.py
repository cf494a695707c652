"""R17: rows are hashed in the form of RFC 8785, whatever text is in them."""

from typing import Any

import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from chassis.audit import canonical

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
PLAIN = st.none() | TEXT | st.integers(-(2**53) + 1, 2**53 - 1) | st.lists(TEXT)
OTHER = st.floats(allow_nan=False, allow_infinity=False) | st.booleans() | st.lists(st.integers(0, 9))


@given(st.dictionaries(TEXT, PLAIN | OTHER))
def test_r17_the_quick_form_is_that_of_the_rfc(row: dict[str, Any]) -> None:
    assert canonical(row) == rfc8785.dumps(row)


def test_r17_names_are_sorted_as_utf_16_and_controls_escaped() -> None:
    """3.2.3: a name beyond the BMP comes before U+FB33, which its code point would not say."""
    assert canonical({"\ufb33": 1, "\U0001f600": 2}) == '{"\U0001f600":2,"\ufb33":1}'.encode()
    assert canonical({"a": "\x00\x1f\x7f\u20ac\n/"}) == b'{"a":"\\u0000\\u001f\x7f\xe2\x82\xac\\n/"}'
