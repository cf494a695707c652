"""The parties every exercise begins with, real ones by their names, and invented persons who hold positions at them."""

from typing import Any

from deploy.exercise.client import Api

Json = dict[str, Any]

_GOVERNMENTS = {
    "KAZ": ("Government of the Republic of Kazakhstan", "Правительство Республики Казахстан", "Қазақстан Республикасының Үкіметі", "kk"),
    "KGZ": ("Government of the Kyrgyz Republic", "Правительство Кыргызской Республики", "Кыргыз Республикасынын Өкмөтү", "ky"),
    "TJK": ("Government of the Republic of Tajikistan", "Правительство Республики Таджикистан", "Ҳукумати Ҷумҳурии Тоҷикистон", "tg"),
    "TKM": ("Government of Turkmenistan", "Правительство Туркменистана", "Türkmenistanyň Hökümeti", "tk"),
    "UZB": ("Government of the Republic of Uzbekistan", "Правительство Республики Узбекистан", "Oʻzbekiston Respublikasi Hukumati", "uz"),
}
_REGION = list(_GOVERNMENTS)
_OTHERS = [
    ("de-facto-authorities", "De facto authorities in Afghanistan", "Власти де-факто в Афганистане", ["AFG"]),
    ("un-entity", "United Nations Assistance Mission in Afghanistan", "Миссия ООН по содействию Афганистану", ["AFG"]),
    ("regional-organization", "Organization for Security and Co-operation in Europe", "ОБСЕ", _REGION),
    ("regional-organization", "Commonwealth of Independent States", "Содружество Независимых Государств", ["KAZ", "KGZ", "TJK", "UZB"]),
    ("regional-organization", "Shanghai Cooperation Organization", "Шанхайская организация сотрудничества", ["KAZ", "KGZ", "TJK", "UZB"]),
    ("financial-institution", "World Bank", "Всемирный банк", [*_REGION, "AFG"]),
    ("financial-institution", "International Monetary Fund", "Международный валютный фонд", [*_REGION, "AFG"]),
]
# Invented: name, title, country whose foreign ministry they work at.
_PERSONS = [
    ("Сергей Учебнов", "Director of a department", "KAZ", ["kk", "ru"]),
    ("Ҷамшед Машқзода", "Deputy Minister", "TJK", ["tg", "ru"]),
    ("Aýgül Mysalowa", "Adviser", "TKM", ["tk", "ru", "en"]),
]


async def introduce(officer: Api) -> None:
    """Enter them; again after a crash, the same keys double nothing."""
    ministries = {}
    for country, (english, russian, own, language) in _GOVERNMENTS.items():
        names = [{"language": "ru", "name": russian}, {"language": language, "name": own}]
        state = await _register(officer, "government", english, [country], names=names)
        ministry = f"Ministry of Foreign Affairs, {english.removeprefix('Government of ')}"
        ministries[country] = await _register(officer, "government", ministry, [country], parent=state["id"])
    for kind, english, russian, countries in _OTHERS:
        await _register(officer, kind, english, countries, names=[{"language": "ru", "name": russian}])
    for number, (name, title, country, languages) in enumerate(_PERSONS):
        position = {"party": ministries[country]["id"], "title": title, "valid_from": "2024-02-01"}
        body = {
            "name": name,
            "purpose": "EXERCISE: invented person",
            "countries": [country],
            "languages": languages,
            "positions": [position],
        }
        await officer.post("/contacts", body, key=f"person {number}")


async def _register(officer: Api, kind: str, name: str, countries: list[str], **more: Any) -> Json:
    label = {"sensitivity": "unclassified", "tlp": "GREEN"}
    return await officer.post("/parties", {"kind": kind, "name": name, "countries": countries, "label": label} | more, key=name)
