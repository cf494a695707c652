"""Coverage as it goes out."""

from pydantic import BaseModel, ConfigDict

from services.coordination.coverage.rules import CoverageState


class CoverageCell(BaseModel):
    """A place and theme, what is aimed at there and who does something."""

    model_config = ConfigDict(from_attributes=True)

    place: str
    theme: str
    objectives: int
    activities: int
    organizations: list[str]
    state: CoverageState


class CoverageOut(BaseModel):
    """Place by theme by organization, and how many activities stand against no objective (R21)."""

    places: list[str]
    themes: list[str]
    cells: list[CoverageCell]
    unaligned: int
