"""The brief as PDF and DOCX: every script, every page marked, nothing of what people wrote taken for markup."""

from datetime import UTC, date, datetime
from io import BytesIO
from uuid import UUID
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdfium2 import PdfDocument

from contracts.labels import Label
from services.liaison.briefs.rendering import Form, render_docx, render_pdf
from services.liaison.briefs.rendering.page import page_of
from services.liaison.briefs.rendering.words import WORDS
from services.liaison.briefs.schemas import MeetingBrief
from services.liaison.commitments.rules import CommitmentStanding
from services.liaison.concurrence.rules import Basis, Standing
from services.liaison.correspondence.schemas import Direction
from services.liaison.engagements.schemas import EngagementKind, EngagementState
from services.liaison.parties.schemas import PartyKind
from services.liaison.screening.schemas import ScreeningState

KEY = UUID("01939c5e-7a10-7c3e-9d52-3f0a6b1c2d4e")
NAMES = {"tg": "Сироҷиддин Ғаниев, Қӯрғонтеппа, Ҳисор, Ӣ", "tk": "Gurbanguly Ýazmyradow, Işgabat, Çärjew, ň ž", "prs": "گلبدین پژواک چشتی"}
LABEL = {"sensitivity": "strictly-confidential", "tlp": "AMBER+STRICT", "originator": "centre", "countries": ["TJK"], "themes": ["border"]}
EN, RU = Form("en", "https://offices.example"), Form("ru", "https://offices.example")
AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def brief(**more: object) -> MeetingBrief:
    """A brief with something in every part."""
    meeting = {
        "id": KEY, "reference": "ENG-2026-0017", "kind": "meeting", "title": "EXERCISE: Pastures", "state": "scheduled", "reason": None,
        "starts_at": AT, "ends_at": AT.replace(hour=10), "time_zone": "Asia/Dushanbe", "place": "Dushanbe, Ministry",
        "agenda": "One.\nTwo.",
        "subject_countries": ["TJK"], "subject_themes": ["border"], "delegation": ["A. Officer"], "interpreters": ["I. Voice"],
        "languages": ["ru", "tg"], "held_after_withdrawal": False,
    }  # fmt: skip
    said: dict[str, object] = {
        "generated_at": AT, "generated_for": "political-officer", "label": Label.model_validate(LABEL), "engagement": meeting,
        "parties": [{"id": KEY, "kind": "other-party", "name": "EXERCISE front", "names": [], "party_countries": ["TJK"]}],
        "contacts": [
            {"id": KEY, "name": name, "latin_name": f"Latin {tongue}", "languages": [tongue],
             "positions": [{"title": "Head", "organization": name}]}
            for tongue, name in NAMES.items()
        ],
        "screenings": None, "concurrences": [], "history": [], "records": [], "correspondence": [], "shortened": ["history"],
        "incidents": [
            {"id": KEY, "reference": "INC-2026-0009", "title": "EXERCISE: shots", "occurred_at": AT, "subject_countries": ["TJK"],
             "subject_themes": ["border"], "reliability": "B", "credibility": 2, "graded_at": AT, "label": LABEL}
        ],
        "missing": [{"country": "TJK", "party": KEY, "party_name": "EXERCISE front", "themes": ["border"]}],
        "commitments": [
            {"id": KEY, "reference": "COM-2026-0003", "promised_by": NAMES["prs"], "promised_to": None, "text": "To send the list.",
             "due_on": date(2026, 11, 1), "standing": "overdue", "label": LABEL}
        ],
    }  # fmt: skip
    engagement = {"engagement": meeting | more.pop("engagement", {})}  # type: ignore[operator] - a dict by construction
    return MeetingBrief.model_validate(said | engagement | more)


def read_pdf(content: bytes) -> list[str]:
    """The text of each page, as a reader that knows nothing of typst finds it."""
    return [page.get_textpage().get_text_bounded() for page in PdfDocument(content)]


def read_docx(content: bytes) -> str:
    """The text of the body."""
    return "\n".join(paragraph.text for paragraph in Document(BytesIO(content)).paragraphs)


@pytest.mark.parametrize("form", [EN, RU])
def test_every_page_of_the_pdf_is_marked_and_says_for_whom(form: Form) -> None:
    pages = read_pdf(render_pdf(brief(engagement={"agenda": "A point.\n" * 120}), form))
    assert len(pages) > 2
    marking = f"{WORDS[form.locale]['strictly-confidential']} - TLP:AMBER+STRICT"
    assert all(page.count(marking) == 2 for page in pages)
    assert all("2026-11-24 08:00 UTC" in page and "political-officer" in page for page in pages)


@pytest.mark.parametrize("tongue", ["tg", "tk"])
def test_names_come_out_whole(tongue: str) -> None:
    assert NAMES[tongue] in "\n".join(read_pdf(render_pdf(brief(), EN)))
    assert NAMES[tongue] in read_docx(render_docx(brief(), EN))


def test_persian_is_set_from_right_to_left() -> None:
    drawn = "\n".join(read_pdf(render_pdf(brief(), EN)))
    assert "گلبدین" in drawn
    document = Document(BytesIO(render_docx(brief(), EN)))
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs if "گلبدین" in run.text]
    assert runs
    assert all(run.font.rtl and run.text.strip() == NAMES["prs"] for run in runs)


@pytest.mark.parametrize("form", [EN, RU])
def test_the_docx_is_marked_in_header_and_footer(form: Form) -> None:
    section = Document(BytesIO(render_docx(brief(), form))).sections[0]
    header, footer = section.header.paragraphs[0].text, section.footer.paragraphs[0].text
    marking = f"{WORDS[form.locale]['strictly-confidential']} - TLP:AMBER+STRICT"
    assert header == marking
    assert footer.endswith(marking)
    assert "2026-11-24 08:00 UTC" in footer
    assert "political-officer" in footer


HOSTILE = '=cmd|"/c calc"!A1 { DDEAUTO c:\\\\x } <w:instrText>DATE</w:instrText> #import "x" $x$ *b* _i_ @a \x07\x0b\x1f {{ 1 }} https://evil.example'


def test_what_people_wrote_is_text() -> None:
    hostile = brief(engagement={"title": HOSTILE, "agenda": HOSTILE, "place": HOSTILE})
    drawn = render_pdf(hostile, EN)
    assert '#import "x" $x$ *b* _i_ @a' in " ".join(" ".join(read_pdf(drawn)).split())
    assert drawn.count(b"/S/URI") == 1, "no link leads out"
    assert f"/URI(https://offices.example/engagements/{KEY})".encode() in drawn
    content = render_docx(hostile, EN)
    assert "<w:instrText>DATE</w:instrText>" in read_docx(content)
    archive = ZipFile(BytesIO(content))
    assert not [name for name in archive.namelist() if "vba" in name.lower() or "embed" in name.lower()]
    relations = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".rels"))
    assert relations.count('TargetMode="External"') == 1
    assert f'Target="https://offices.example/engagements/{KEY}"' in relations


def test_the_docx_has_no_field_but_the_page_numbers() -> None:
    document = Document(BytesIO(render_docx(brief(engagement={"agenda": HOSTILE}), EN)))
    fields = [each for part in (document.element, document.sections[0].footer._element) for each in part.iter(qn("w:fldSimple"))]
    assert [each.get(qn("w:instr")) for each in fields] == ["PAGE", "NUMPAGES"]
    assert not list(document.element.iter(qn("w:instrText")))


def test_a_long_unbroken_string_stays_on_the_page() -> None:
    long = "Ж" * 400
    pages = "".join(read_pdf(render_pdf(brief(engagement={"title": long, "agenda": long, "place": long}), EN)))
    assert pages.count("Ж") == 1200
    assert max(len(line) for line in pages.splitlines()) < 200


def test_hours_are_those_of_the_place_and_utc() -> None:
    facts = dict(page_of(brief(), EN)["facts"])
    assert facts["When"] == "2026-11-24 13:00 - 15:00 Asia/Dushanbe (2026-11-24 08:00 UTC)"


def test_every_word_is_there_in_both_languages() -> None:
    kinds = {
        "kind": EngagementKind, "state": EngagementState, "party": PartyKind, "standing": Standing, "basis": Basis,
        "screening": ScreeningState, "direction": Direction,
    }  # fmt: skip
    wanted = {f"{name}:{value}" for name, values in kinds.items() for value in values}
    wanted |= {f"due:{each}" for each in (CommitmentStanding.open, CommitmentStanding.due, CommitmentStanding.overdue)}
    assert wanted <= WORDS["en"].keys()
    assert WORDS["en"].keys() == WORDS["ru"].keys()
    assert all(WORDS["ru"].values())
