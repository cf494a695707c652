"""A report as a page and as a PDF. Text is data in both, never markup."""

from services.reports.dissemination.rendering.html import render_html
from services.reports.dissemination.rendering.pdf import render_pdf

__all__ = ["render_html", "render_pdf"]
