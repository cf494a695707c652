"""What a reader sees of incidents and observations: put together from the accounts the reader may read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from contracts.labels import Label
from services.reports.incidents.adapters.languages import detect_language
from services.reports.incidents.rules import HeldBack, held_back, join_labels
from services.reports.incidents.tables import Incident, IncidentGrade, Observation
from services.reports.themes.adapters.rules_table import theme_rules


class Told(NamedTuple):
    """Title and text without the names of persons, for readers from whom they are withheld (R4)."""

    title: str
    text: str | None


@dataclass(frozen=True)
class ObservationSeen:
    """An observation, and what its reader may read of its words."""

    observation: Observation
    inside: bool
    told: Told | None = None

    @property
    def title(self) -> str:
        """What it says in a line."""
        return self.told.title if self.told else self.observation.title

    @property
    def text(self) -> str | None:
        """What it says."""
        return self.told.text if self.told else self.observation.text

    @property
    def themes(self) -> list[str]:
        """The themes it speaks of, which need not be those of its label."""
        return self.observation.subject_themes

    @property
    def theme_words(self) -> dict[str, list[str]]:
        """Where rules named its themes: the words that told of each."""
        said = self.observation
        return theme_rules().explain(said.title, said.text) if said.themes_by_rule else {}

    @property
    def language(self) -> str | None:
        """As its source says, else as its words show."""
        return self.observation.language or self.detected_language

    @property
    def detected_language(self) -> str | None:
        """What its words show, where its source says nothing."""
        said = self.observation
        return None if said.language else detect_language(said.text or said.title)

    @property
    def country(self) -> str | None:
        """The one country in which it lies, by its source or coordinates; None if undetermined."""
        return country_of(self.observation)


def country_of(told: Observation) -> str | None:
    """The one country in which it lies, by its source or coordinates; None if undetermined."""
    return told.located[0] if len(told.located) == 1 else None


class AccountSeen(NamedTuple):
    """One source's account of an incident."""

    observation: ObservationSeen
    # How many articles mention it: news repeats news, so they corroborate nothing (R8).
    mentions: int

    @property
    def matched(self) -> dict[str, Any] | None:
        """Why it joined: score and parts."""
        return self.observation.observation.matched


@dataclass(frozen=True)
class IncidentSeen:
    """An incident as its reader sees it: the first account gives title and place, all give themes and countries.

    Accounts that are held back say nothing of it while others are listed; they stand beside those, and bind its label.
    """

    incident: Incident
    told: list[Observation]
    grades: list[IncidentGrade]
    inside: bool
    moved: int
    # Of accounts whose names are withheld from the reader: what is left.
    veiled: Mapping[UUID, Told] = field(default_factory=dict)
    mentioned: Mapping[UUID, int] = field(default_factory=dict)

    @cached_property
    def listed(self) -> list[Observation]:
        """The accounts that speak for it: those that are listed, or all where none is."""
        return [each for each in self.told if each.held_back is None] or self.told

    @property
    def first(self) -> Observation:
        """The account that was stored first."""
        return self.listed[0]

    @property
    def held_back(self) -> HeldBack | None:
        """Why it is not listed."""
        return held_back(each.held_back for each in self.told)

    @property
    def id(self) -> UUID:
        """Its key."""
        return self.incident.id

    @property
    def reference(self) -> str | None:
        """Its number; outside the Centre gaps between numbers would tell of others."""
        return self.incident.reference if self.inside else None

    @property
    def title(self) -> str:
        """The title of the first account."""
        told = self.veiled.get(self.first.id)
        return told.title if told else self.first.title

    @property
    def country(self) -> str | None:
        """The one country in which the first account lies; None when undetermined."""
        return country_of(self.first)

    @property
    def occurred_at(self) -> datetime:
        """When the first account says it happened."""
        return self.first.occurred_at

    @property
    def area(self) -> str | None:
        """As the first account says."""
        return self.first.area

    @property
    def area_code(self) -> str | None:
        """ISO 3166-2, of the first account."""
        return self.first.area_code

    @property
    def zone(self) -> str | None:
        """The enclave or disputed stretch of the first account."""
        return self.first.zone

    @property
    def regions(self) -> list[str]:
        """Valleys, basins and border pairs of the first account."""
        return self.first.regions

    @property
    def latitude(self) -> float | None:
        """Of the first account, WGS 84."""
        return self.first.latitude

    @property
    def longitude(self) -> float | None:
        """Of the first account, WGS 84."""
        return self.first.longitude

    @property
    def places(self) -> list[str]:
        """The union of its accounts' countries."""
        return sorted({place for each in self.listed for place in each.places})

    countries = places

    @property
    def themes(self) -> list[str]:
        """The union of its accounts' themes."""
        return sorted({theme for each in self.listed for theme in each.subject_themes})

    @property
    def observations(self) -> int:
        """How many accounts its reader may read speak for it."""
        return len(self.listed)

    @property
    def sources(self) -> list[str]:
        """Who tells of it."""
        return sorted({each.source for each in self.listed})

    @property
    def corroborated(self) -> bool:
        """Whether more than one source tells of it, as far as its reader may read."""
        return len(self.sources) > 1

    @property
    def accounts(self) -> list[AccountSeen]:
        """The accounts, side by side (R6)."""
        seen = [ObservationSeen(each, self.inside, self.veiled.get(each.id)) for each in self.told]
        return [AccountSeen(each, self.mentioned.get(each.observation.id, 0)) for each in seen]

    @property
    def reliability(self) -> str | None:
        """The last grade its reader may read."""
        return self.grades[-1].reliability if self.grades else None

    @property
    def credibility(self) -> int | None:
        """The last grade its reader may read."""
        return self.grades[-1].credibility if self.grades else None

    @property
    def graded(self) -> bool:
        """True when the incident itself bears a grade."""
        return bool(self.grades)

    @property
    def version(self) -> int:
        """Rises with each change its reader can see, and with no other."""
        return sum(each.version for each in self.told) + len(self.grades) + self.moved

    @property
    def created_at(self) -> datetime:
        """When the first account was stored."""
        return self.first.created_at

    @property
    def updated_at(self) -> datetime:
        """When something its reader can see last changed."""
        return max([*(each.updated_at for each in self.told), *(each.updated_at for each in self.grades)])

    @property
    def label(self) -> Label:
        """The join of its accounts' labels."""
        return join_labels(each.label for each in self.told)
