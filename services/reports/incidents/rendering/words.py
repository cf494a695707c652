"""The words of an export, in English and Russian. TLP labels are never translated."""

from typing import Final, Literal

from contracts.labels import Label
from services.reports.incidents.rendering.formats import Heading

Locale = Literal["en", "ru"]
WORDS: Final[dict[Locale, dict[str, str]]] = {
    "en": {
        "unclassified": "UNCLASSIFIED",
        "confidential": "CONFIDENTIAL",
        "strictly-confidential": "STRICTLY CONFIDENTIAL",
        "empty": "NO INCIDENT FITS",
        "notice": (
            "The designations employed do not imply the expression of any opinion whatsoever on the part of the United Nations concerning"
            " the legal status of any country, territory, city or area or of its authorities, or concerning the delimitation of its"
            " frontiers or boundaries. For use inside the Centre, within the marking; the rights in what sources say stay with them."
        ),
    },
    "ru": {
        "unclassified": "НЕСЕКРЕТНО",
        "confidential": "КОНФИДЕНЦИАЛЬНО",
        "strictly-confidential": "СТРОГО КОНФИДЕНЦИАЛЬНО",
        "empty": "НИ ОДИН ИНЦИДЕНТ НЕ ПОДХОДИТ",
        "notice": (
            "Употребляемые обозначения не означают выражения со стороны Организации Объединенных Наций какого бы то ни было мнения"
            " относительно правового статуса страны, территории, города или района, или их властей, или относительно делимитации их"
            " границ. Для использования внутри Центра в пределах грифа; права на сказанное источниками остаются за ними."
        ),
    },
}


def heading_of(label: Label | None, locale: Locale) -> Heading:
    """The heading of an export whose strictest label is `label`; None when nothing is in it."""
    words = WORDS[locale]
    marking = f"{words[label.sensitivity]} - TLP:{label.tlp}" if label else words["empty"]
    return Heading(marking, words["notice"], label)
