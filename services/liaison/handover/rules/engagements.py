"""Engagements of a package."""

from typing import Annotated, Any

from pydantic import AwareDatetime, Field, model_validator

from contracts.vocabulary import Countries, Line, Prose, Themes
from services.liaison.engagements.schemas import EngagementKind, EngagementState, TimeZone
from services.liaison.handover.rules.records import Below, ExternalId, Found, Mapped, Record, Reference

# What has happened stays as it was. What was still to come is proposed anew: the concurrences of the old office do not
# transfer, so it passes our gate before it is scheduled (R1, R19).
SETTLED = (EngagementState.held, EngagementState.reported, EngagementState.cancelled)


Lines = Annotated[list[Line], Field(max_length=100)]
# Fields that a record and a row have alike.
PLAIN = ("time_zone", "place", "agenda", "delegation", "interpreters", "languages")


class EngagementRecord(Record):
    """An engagement as the giving office had it."""

    reference: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    kind: EngagementKind
    title: Line
    parties: list[ExternalId] = Field(min_length=1, max_length=50)
    countries: Countries = Field(min_length=1)
    themes: Themes = Field(min_length=1)
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    state: EngagementState
    reason: Prose | None = None
    held_at: AwareDatetime | None = None
    held_after_withdrawal: bool = False
    time_zone: TimeZone = "UTC"
    place: Line | None = None
    agenda: Prose | None = None
    delegation: Lines = Field(default_factory=list)
    interpreters: Lines = Field(default_factory=list)
    languages: Lines = Field(default_factory=list)
    contacts: list[ExternalId] = Field(default_factory=list, max_length=100)
    follows: ExternalId | None = None
    under_concurrences: list[ExternalId] = Field(default_factory=list)

    @model_validator(mode="after")
    def _makes_sense(self) -> "EngagementRecord":
        if self.ends_at <= self.starts_at:
            raise ValueError("ends_at must be after starts_at")
        return self


def references(record: EngagementRecord) -> list[tuple[Reference, str]]:
    """The parties and persons met, and the engagement it follows up."""
    parties = [(("parties", party), f"/parties/{n}") for n, party in enumerate(record.parties)]
    persons = [(("contacts", contact), f"/contacts/{n}") for n, contact in enumerate(record.contacts)]
    return parties + persons + ([(("engagements", record.follows), "/follows")] if record.follows else [])


def columns(record: EngagementRecord, found: Found) -> dict[str, Any]:
    """The engagement's row; its reference is given by our own register."""
    return {
        "kind": record.kind.value,
        "title": record.title,
        "parties": [found["parties", party] for party in record.parties],
        "subject_countries": record.countries,
        "subject_themes": record.themes,
        "starts_at": record.starts_at,
        "ends_at": record.ends_at,
        "state": (record.state if record.state in SETTLED else EngagementState.proposed).value,
        "reason": record.reason,
        "held_at": record.held_at,
        "held_after_withdrawal": record.held_after_withdrawal,
        "contacts": [found["contacts", contact] for contact in record.contacts],
        "follows": found["engagements", record.follows] if record.follows else None,
        **{name: getattr(record, name) for name in PLAIN},
    }


def given(record: EngagementRecord) -> dict[str, Any]:
    """Its old reference and the concurrences it was held under: history, not in force here."""
    return record.model_dump(mode="json", include={"reference", "under_concurrences"}, exclude_defaults=True)


def record_of(engagement: Any, _: Below) -> dict[str, Any]:
    """The record of an engagement of ours."""
    more = {"follows": str(engagement.follows)} if engagement.follows else {}
    plain = {name: getattr(engagement, name) for name in PLAIN}
    return (
        more
        | plain
        | {
            "contacts": [str(contact) for contact in engagement.contacts],
            "reference": engagement.reference,
            "kind": engagement.kind,
            "title": engagement.title,
            "parties": [str(party) for party in engagement.parties],
            "countries": engagement.subject_countries,
            "themes": engagement.subject_themes,
            "starts_at": engagement.starts_at.isoformat(),
            "ends_at": engagement.ends_at.isoformat(),
            "state": engagement.state,
            "reason": engagement.reason,
            "held_at": engagement.held_at.isoformat() if engagement.held_at else None,
            "held_after_withdrawal": engagement.held_after_withdrawal,
            "under_concurrences": [str(each) for each in engagement.concurrences],
        }
    )


ENGAGEMENTS = Mapped(EngagementRecord, columns, references, given=given)
