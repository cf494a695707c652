"""The countries of the region by every code and name that sources use: ISO 3166-1, FIPS 10-4, Gleditsch-Ward, names."""

import re
from typing import Final, NamedTuple

from services.reports.feeds.adapters.flaws import OutOfScope


class Country(NamedTuple):
    """One country. `gwno` is Gleditsch and Ward's number, which the Correlates of War share for these six."""

    iso3: str
    iso2: str
    fips: str
    gwno: int
    names: tuple[str, ...]


TABLE: Final = (
    Country("KAZ", "KZ", "KZ", 705, ("Kazakhstan", "Republic of Kazakhstan", "Kazakstan", "Казахстан", "Қазақстан", "Qazaqstan")),
    Country("KGZ", "KG", "KG", 703, ("Kyrgyzstan", "Kyrgyz Republic", "Kirgizstan", "Кыргызстан", "Киргизия", "Кыргыз Республикасы")),
    Country("TJK", "TJ", "TI", 702, ("Tajikistan", "Republic of Tajikistan", "Tadzhikistan", "Таджикистан", "Тоҷикистон")),
    Country("TKM", "TM", "TX", 701, ("Turkmenistan", "Туркменистан", "Туркмения", "Türkmenistan")),
    Country("UZB", "UZ", "UZ", 704, ("Uzbekistan", "Republic of Uzbekistan", "Узбекистан", "Ўзбекистон", "O'zbekiston", "Oʻzbekiston")),
    Country("AFG", "AF", "AF", 700, ("Afghanistan", "Islamic Republic of Afghanistan", "Афганистан", "افغانستان")),
)
BY_ISO3: Final = {each.iso3: each.iso3 for each in TABLE}
BY_ISO2: Final = {each.iso2: each.iso3 for each in TABLE}
BY_FIPS: Final = {each.fips: each.iso3 for each in TABLE}
BY_GWNO: Final = {str(each.gwno): each.iso3 for each in TABLE}
BY_NAME: Final = {name.casefold(): each.iso3 for each in TABLE for name in each.names}
# ISO 3166-1 numeric codes, as ACLED gives them.
BY_NUMBER: Final = {"398": "KAZ", "417": "KGZ", "762": "TJK", "795": "TKM", "860": "UZB", "4": "AFG", "004": "AFG"}
_NAMES: Final = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted(BY_NAME, key=len, reverse=True)))
# South, west, north and east of all six with half a degree around: what lies beyond is elsewhere, what lies within is placed later.
SOUTH, WEST, NORTH, EAST = 28.8, 46.0, 56.0, 88.0


def require(table: dict[str, str], said: str | None) -> str:
    """The country under a code or name of `table`; OutOfScope for every other."""
    found = table.get(said or "") or table.get((said or "").casefold())
    if found is None:
        raise OutOfScope(f"outside the region ({(said or 'no country')[:80]})")
    return found


def named_in(text: str) -> list[str]:
    """The countries a text names, each once, in alphabetical order of their codes."""
    return sorted({BY_NAME[name] for name in _NAMES.findall(text.casefold())})


def is_near(latitude: float, longitude: float) -> bool:
    """True for a point that can lie in the region."""
    return SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST
