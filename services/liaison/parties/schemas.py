"""Parties as they come in and go out."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from contracts.labels import Label, LabelBody
from contracts.vocabulary import Body, Countries, Line


class PartyKind(StrEnum):
    """What a party is. An `other-party` is met only with the concurrence of the States concerned (R1)."""

    government = "government"
    de_facto_authorities = "de-facto-authorities"
    other_party = "other-party"
    regional_organization = "regional-organization"
    un_entity = "un-entity"
    financial_institution = "financial-institution"


class PartyBody(Body):
    """A party to register."""

    kind: PartyKind
    name: Line = Field(examples=["Ministry of Foreign Affairs of Tajikistan"])
    countries: Countries = Field(min_length=1, description="The States it belongs to or acts in.")
    label: LabelBody | None = None


class PartyOut(BaseModel):
    """A party of the register."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: PartyKind
    name: str
    countries: list[str] = Field(validation_alias="party_countries")
    version: int
    created_at: datetime
    updated_at: datetime
    label: Label
