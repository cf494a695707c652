"""Organizations as they come in and go out."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from contracts.labels import Label, LabelBody
from contracts.vocabulary import Body, Line, Slug


class OrganizationKind(StrEnum):
    """What an organization is to the Centre."""

    centre = "centre"
    un_office = "un-office"
    un_country_team = "un-country-team"
    regional_organization = "regional-organization"
    financial_institution = "financial-institution"


class OrganizationState(StrEnum):
    """A removed organization receives nothing any more (R15)."""

    active = "active"
    removed = "removed"


def _sorted_set(values: list[str]) -> list[str]:
    return sorted(set(values))


# Member States may lie outside the region, so any ISO 3166-1 alpha-3 code is taken.
State = Annotated[str, Field(pattern="^[A-Z]{3}$", examples=["KGZ"])]
States = Annotated[list[State], AfterValidator(_sorted_set)]


class OrganizationBody(Body):
    """An organization to register."""

    id: Slug
    name: Line
    kind: OrganizationKind
    members: States = Field(default_factory=list, description="Member or participating States whose Governments it reaches.")
    security_body: bool = Field(default=False, description="It is a security body or serves them: all that goes to it is checked (R4).")
    label: LabelBody | None = None


class ClassifyBody(Body):
    """Whether an organization is a security body, and why."""

    security_body: bool
    reason: Line = Field(examples=["Its anti-terrorist structure passes on what it gets to services of the member States."])


class OrganizationOut(BaseModel):
    """An organization."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    kind: OrganizationKind
    members: list[str]
    security_body: bool
    state: OrganizationState
    epoch: int
    reason: str | None
    removed_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime
    label: Label
