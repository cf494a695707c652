"""A brief as DOCX that can be worked on: no macro, no field but the page number, no link but to the meeting's page."""

import re
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from services.liaison.briefs.rendering.page import Form, page_of
from services.liaison.briefs.schemas import MeetingBrief

FONT = "Arial"
# Runs in Arabic script, with the spaces between their words: Word sets from right to left only what is marked so.
_ARABIC = re.compile(
    r"([\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]+(?:[\s\u200c]+[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]+)*)"
)


def render_docx(brief: MeetingBrief, form: Form) -> bytes:
    """The brief as DOCX. What people wrote is text, also where it looks like a field or markup."""
    page = page_of(brief, form)
    document = Document()
    _set_style(document)
    _mark(document, page)
    _write(document, page)
    said = document.core_properties
    said.title, said.author, said.comments = page["title"][:255], "Good Offices", ""
    said.created = said.modified = brief.generated_at.replace(tzinfo=None)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _set_style(document: Any) -> None:
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        style = document.styles[name]
        style.font.name = FONT
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for script in ("ascii", "hAnsi", "cs"):
            fonts.set(qn(f"w:{script}"), FONT)
    document.styles["Normal"].font.size = Pt(10.5)


def _mark(document: Any, page: dict[str, Any]) -> None:
    """The marking on every page, at top and bottom, with when and for whom it was made."""
    section = document.sections[0]
    footer = section.footer.paragraphs[0]
    _add(section.header.paragraphs[0], page["marking"], bold=True)
    _add(footer, f"{page['made']}\n{page['words']['page']} ")
    _number(footer, "PAGE")
    _add(footer, f" {page['words']['of']} ")
    _number(footer, "NUMPAGES")
    _add(footer, f"\n{page['marking']}", bold=True)
    for paragraph in (section.header.paragraphs[0], footer):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _write(document: Any, page: dict[str, Any]) -> None:
    document.add_paragraph(page["words"]["centre"])
    _add(document.add_paragraph(), " ".join([page["words"]["brief"], page["status"]]).strip(), bold=True)
    _add(document.add_heading(level=1), page["title"])
    for name, value in page["facts"]:
        paragraph = document.add_paragraph()
        _add(paragraph, f"{name}: ", bold=True)
        _add(paragraph, value)
    for part in page["parts"]:
        document.add_heading(part["title"], level=2)
        if not part["entries"]:
            document.add_paragraph(part["none"])
        for entry in part["entries"]:
            _entry(document.add_paragraph(), entry)
    if page["closing"]:
        document.add_paragraph(page["closing"])
    _link(document.add_paragraph(), page["words"]["open-page"], page["link"])


def _entry(paragraph: Any, entry: dict[str, Any]) -> None:
    if entry["head"]:
        _add(paragraph, entry["head"], bold=True)
    for n, line in enumerate(entry["lines"]):
        _add(paragraph, f"\n{line}" if n or entry["head"] else line)


def _add(paragraph: Any, text: str, bold: bool = False) -> None:
    for n, piece in enumerate(_ARABIC.split(text)):
        if piece:
            run = paragraph.add_run(piece)
            run.bold = bold or None
            run.font.rtl = True if n % 2 else None
            run.font.cs_bold = True if bold and n % 2 else None


def _number(paragraph: Any, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    paragraph._p.append(field)


def _link(paragraph: Any, text: str, address: str) -> None:
    key = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), key)
    run = paragraph.add_run(text)
    run.font.underline = True
    link.append(run._r)
    paragraph._p.append(link)
