"""The words around a report's text, in English and Russian. TLP labels are never translated."""

from typing import Any, Final

WORDS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "centre": "United Nations Regional Centre for Preventive Diplomacy for Central Asia",
        "draft": "DRAFT - NOT CLEARED",
        "recalled": "RECALLED",
        "reference": "Reference",
        "issued": "Issued",
        "countries": "Countries",
        "themes": "Themes",
        "originator": "Originator",
        "clearance": "Clearance",
        "evidence": "Evidence cited",
        "assessed": "Assessed",
        "judgement": "Judgement",
        "gap": "Not known",
        "likelihood": "likelihood",
        "confidence": "confidence",
        "page": "Page",
        "of": "of",
        "drafted": "drafted",
        "submitted": "submitted",
        "reviewed": "reviewed",
        "cleared": "cleared",
        "issued_step": "issued",
        "returned": "returned",
        "edited": "edited",
        "recalled_step": "recalled",
        "unclassified": "UNCLASSIFIED",
        "confidential": "CONFIDENTIAL",
        "strictly-confidential": "STRICTLY CONFIDENTIAL",
    },
    "ru": {
        "centre": "Региональный центр Организации Объединенных Наций по превентивной дипломатии для Центральной Азии",
        "draft": "ПРОЕКТ - НЕ СОГЛАСОВАНО",
        "recalled": "ОТОЗВАНО",
        "reference": "Номер",
        "issued": "Издано",
        "countries": "Страны",
        "themes": "Темы",
        "originator": "Источник",
        "clearance": "Согласование",
        "evidence": "Приведенные свидетельства",
        "assessed": "Оценено",
        "judgement": "Суждение",
        "gap": "Неизвестно",
        "likelihood": "вероятность",
        "confidence": "уверенность",
        "page": "Страница",
        "of": "из",
        "drafted": "составлено",
        "submitted": "представлено",
        "reviewed": "проверено",
        "cleared": "согласовано",
        "issued_step": "издано",
        "returned": "возвращено",
        "edited": "изменено",
        "recalled_step": "отозвано",
        "unclassified": "НЕСЕКРЕТНО",
        "confidential": "КОНФИДЕНЦИАЛЬНО",
        "strictly-confidential": "СТРОГО КОНФИДЕНЦИАЛЬНО",
    },
}
_MARKED_STATES: Final = {"draft": "draft", "submitted": "draft", "reviewed": "draft", "cleared": "draft", "recalled": "recalled"}


def page_of(document: dict[str, Any], locale: str) -> dict[str, Any]:
    """What both renderings show of a report (its JSON form), with every word in `locale`; English for an unknown one."""
    words = WORDS.get(locale, WORDS["en"])
    label = document["label"]
    state = _MARKED_STATES.get(document["state"])
    return {
        "lang": locale if locale in WORDS else "en",
        "words": words,
        "marking": f"{words[label['sensitivity']]} - TLP:{label['tlp']}",
        "status": words[state] if state else "",
        "title": document["title"],
        "facts": [
            [words["reference"], document["reference"]],
            [words["issued"], _day(document.get("issued_at"))],
            [words["countries"], ", ".join(document["countries"])],
            [words["themes"], ", ".join(document["themes"])],
            [words["originator"], label["originator"]],
        ],
        "sections": [_section(section, words) for section in document["sections"]],
        "steps": [_step(step, words) for step in document["steps"]],
        "hash": document["content_hash"],
    }


def _section(section: dict[str, Any], words: dict[str, str]) -> dict[str, Any]:
    return {"title": section["title"], "statements": [_statement(each, words) for each in section["statements"]]}


def _statement(statement: dict[str, Any], words: dict[str, str]) -> dict[str, Any]:
    judged = [f"{words[name]}: {statement[name]}" for name in ("likelihood", "confidence") if statement.get(name)]
    cited = statement["evidence_count"]
    return {
        "kind": statement["kind"],
        "badge": words[statement["kind"]],
        "text": statement["text"],
        "notes": [*judged, *([f"{words['evidence']}: {cited}"] if cited else [])],
    }


def _step(step: dict[str, Any], words: dict[str, str]) -> list[str]:
    name = "issued_step" if step["step"] == "issued" else step["step"]
    return [words.get(name, step["step"]), str(step["by"]), _day(step["at"])]


def _day(value: Any) -> str:
    return str(value)[:16].replace("T", " ") + " UTC" if value else "-"
