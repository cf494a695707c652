"""A brief as PDF/UA-1 (accessible), marked on every page."""

import json
from pathlib import Path

import typst

from services.liaison.briefs.rendering.page import Form, page_of
from services.liaison.briefs.schemas import MeetingBrief

_TEMPLATE = Path(__file__).with_name("brief.typ")


def render_pdf(brief: MeetingBrief, form: Form) -> bytes:
    """The brief as PDF. Takes about 0.1 s of CPU."""
    page = json.dumps(page_of(brief, form), ensure_ascii=False)
    stamp = int(brief.generated_at.timestamp())
    made: bytes = typst.compile(_TEMPLATE, sys_inputs={"page": page}, pdf_standards="ua-1", ignore_system_fonts=True, timestamp=stamp)
    return made
