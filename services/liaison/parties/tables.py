"""The register of parties."""

from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Identified, Labelled, Versioned
from services.liaison.base import LiaisonTable


class Party(Identified, Versioned, Labelled, LiaisonTable):
    """A Government, another party, an organization. `countries` is the label's; `party_countries` is where it belongs."""

    __tablename__ = "parties"

    kind: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    party_countries: Mapped[list[str]]
