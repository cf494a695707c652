"""Places as they go out."""

from pydantic import BaseModel, ConfigDict, Field


class AreaOut(BaseModel):
    """A first-level administrative unit."""

    model_config = ConfigDict(from_attributes=True)

    code: str = Field(description="ISO 3166-2.", examples=["TJ-SU"])
    country: str
    name: str
    name_ru: str
    name_local: str
    pcode: str | None = Field(description="OCHA's P-code, where there is one.")
    regions: list[str] = Field(description="Valleys and basins it belongs to.")


class ZoneOut(BaseModel):
    """An enclave or disputed stretch in which nothing is attributed to one country."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    name_ru: str
    countries: list[str]
    latitude: float
    longitude: float
    radius_km: float


class PlacesOut(BaseModel):
    """The gazetteer."""

    countries: list[str]
    regions: list[str]
    areas: list[AreaOut]
    zones: list[ZoneOut]


class LocatedOut(BaseModel):
    """Where a point lies, as far as it may be said."""

    country: str | None = Field(description="Null: undetermined between `countries`, or outside all of them.")
    countries: list[str]
    area: AreaOut | None
    zone: ZoneOut | None
    regions: list[str]
