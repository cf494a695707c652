"""Text in cells of CSV files that spreadsheets open: never computed, whatever stands between the cells (OWASP, CSV injection).

A spreadsheet may take another separator than the one a file was written with, and then begins a cell in
the middle of ours. So an apostrophe stands before all that would be computed, at the beginning of a text
and behind each separator in it. `unmarked` takes exactly those away again.
"""

import re
from typing import Final

_BEGIN: Final = r"(^|[;,|\t\r\n])"
# Wide forms (U+FF0B …) are computed too. Spaces and quotes before a formula do not protect from it.
_COMPUTED: Final = "(?=[ \"']*[=+\\-@\\t\\r\\n\uff0b\uff0d\uff1d\uff20])"
_MARK: Final = re.compile(_BEGIN + _COMPUTED)
_UNMARK: Final = re.compile(_BEGIN + "'" + _COMPUTED)


def marked(text: str) -> str:
    """`text` with an apostrophe before all that a spreadsheet would compute."""
    return _MARK.sub(r"\1'", text)


def unmarked(text: str) -> str:
    """`text` as it was before `marked`."""
    return _UNMARK.sub(r"\1", text)
