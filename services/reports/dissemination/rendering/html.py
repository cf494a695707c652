"""A report as one self-contained page: no script, no outside file, marked at top and bottom, on paper too."""

from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.reports.dissemination.rendering.words import page_of

_PAGES: Final = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined)


def render_html(document: dict[str, Any], locale: str = "en") -> str:
    """The report (its JSON form) as HTML in `locale` (en or ru)."""
    return _PAGES.get_template("report.html.jinja").render(page_of(document, locale))
