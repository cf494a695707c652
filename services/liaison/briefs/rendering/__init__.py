"""A brief as PDF and as DOCX. Text is data in both, never markup."""

from services.liaison.briefs.rendering.docx import render_docx
from services.liaison.briefs.rendering.page import Form
from services.liaison.briefs.rendering.pdf import render_pdf

__all__ = ["Form", "render_docx", "render_pdf"]
