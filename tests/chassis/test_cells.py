"""No cell of a CSV file is computed, whichever separator a spreadsheet takes, and nothing is lost by it."""

import csv
import io
import re

from hypothesis import given
from hypothesis import strategies as st

from chassis.cells import marked, unmarked

TEXTS = st.text(st.sampled_from("ab ;,|\t\r\n\"'=+-@\uff1d1"), max_size=12)
COMPUTED = re.compile("^[ \"']*[=+\\-@\uff1d]")


@given(st.lists(TEXTS, min_size=1, max_size=4), st.sampled_from(";,|\t"))
def test_no_cell_begins_with_a_formula_under_any_separator(texts: list[str], separator: str) -> None:
    line = io.StringIO(newline="")
    csv.writer(line).writerow([marked(text) for text in texts])
    for row in csv.reader(io.StringIO(line.getvalue(), newline=""), delimiter=separator):
        for cell in row:
            assert cell.startswith("'") or not COMPUTED.match(cell), (line.getvalue(), row)


@given(TEXTS)
def test_what_was_marked_is_read_as_it_was(text: str) -> None:
    assert unmarked(marked(text)) == text


def test_plain_text_stays_as_it_is() -> None:
    assert marked("Dushanbe, 5 May; Bank of Tajikistan | a-b") == "Dushanbe, 5 May; Bank of Tajikistan | a-b"
    assert marked("A;=1+1;B") == "A;'=1+1;B"
