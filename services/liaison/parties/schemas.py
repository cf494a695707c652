"""Parties as they come in and go out."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from contracts.labels import Label, LabelBody
from contracts.vocabulary import AnyCountries, Body, Line, Prose


class PartyKind(StrEnum):
    """What a party is. An `other-party` is met only with the concurrence of the States concerned (R1)."""

    government = "government"
    de_facto_authorities = "de-facto-authorities"
    other_party = "other-party"
    regional_organization = "regional-organization"
    un_entity = "un-entity"
    financial_institution = "financial-institution"


class PartyName(Body):
    """A name in one more language or script."""

    language: str = Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", examples=["ru"], description="BCP 47.")
    name: Line = Field(examples=["Министерство иностранных дел Таджикистана"])


class PartyBody(Body):
    """A party to register."""

    kind: PartyKind
    name: Line = Field(examples=["Ministry of Foreign Affairs of Tajikistan"])
    countries: AnyCountries = Field(min_length=1, description="The States it belongs to or acts in, in the region or outside.")
    names: list[PartyName] = Field(default_factory=list, max_length=30, description="The same name in other languages and scripts.")
    parent: UUID | None = Field(default=None, description="What it is a part of: the Government of a ministry.")
    members: list[UUID] = Field(default_factory=list, max_length=20, description="Governments that act jointly under this name.")
    label: LabelBody | None = None


class PartyEdit(PartyBody):
    """A party as it shall stand from now on; what is left out is emptied, but the label then stays as it is."""

    reason: Prose | None = Field(default=None, description="Needed to lower the label.")


class PartyOut(BaseModel):
    """A party of the register. Of parent and members those are named that the reader may know of."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: PartyKind
    name: str
    names: list[PartyName]
    countries: list[str] = Field(validation_alias="party_countries")
    parent: UUID | None = Field(validation_alias="parent_id")
    members: list[UUID]
    version: int
    created_at: datetime
    updated_at: datetime
    label: Label


class PartyRelations(BaseModel):
    """What a party has to do with others of the register, as far as the reader may know of them."""

    parent: PartyOut | None
    parts: list[PartyOut] = Field(description="Those that name it as their parent.")
    members: list[PartyOut] = Field(description="The Governments that act jointly under its name.")
    joins: list[PartyOut] = Field(description="The joint parties it is a member of.")


class PartyVersionOut(BaseModel):
    """What the register said of a party from `recorded_at` on."""

    model_config = ConfigDict(from_attributes=True)

    recorded_at: datetime
    recorded_by: str
    name: str
    names: list[PartyName]
    countries: list[str] = Field(validation_alias="party_countries")


class PartyHistory(BaseModel):
    """All the register ever said of a party, newest first."""

    items: list[PartyVersionOut]
