"""The feeds the Centre begins with: the five country teams and UNAMA's field offices."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"

TEAMS = {"KAZ": "Kazakhstan", "KGZ": "Kyrgyzstan", "TJK": "Tajikistan", "TKM": "Turkmenistan", "UZB": "Uzbekistan"}
PARTNERS = ["cis", "hq", "imf", "osce", "sco", "unama", "world-bank"]
DAY = 24 * 60


def upgrade() -> None:
    """Insert them; a feed that is there already stays as it is."""
    feeds = sa.table("feeds", *(sa.column(name) for name in _unama()))
    for row in [_unama(), *(_team(country, name) for country, name in TEAMS.items())]:
        op.execute(postgresql.insert(feeds).values(_typed(row)))


def _team(country: str, name: str) -> dict[str, Any]:
    slug = f"unct-{country.lower()}"
    label = {"default_sensitivity": "unclassified", "default_tlp": "GREEN", "default_releasable_to": PARTNERS}
    return _feed(slug, f"United Nations country team in {name}", slug, country) | {"trust": "high"} | label


def _unama() -> dict[str, Any]:
    label = {"default_sensitivity": "confidential", "default_tlp": "AMBER", "default_releasable_to": ["hq"]}
    return _feed("unama-field", "UNAMA field offices", "unama", "AFG") | {"trust": "high"} | label


def _feed(slug: str, name: str, organization: str, country: str) -> dict[str, Any]:
    at = datetime.now(UTC)
    own = {"sensitivity": 0, "tlp": "GREEN", "originator": organization, "countries": [country]}
    empty: dict[str, Any] = {"themes": [], "releasable_to": [], "readers": []}
    known = {"id": slug, "name": name, "organization": organization, "country": country, "expected_interval_minutes": DAY}
    return known | own | empty | {"configured": True, "version": 1, "created_at": at, "updated_at": at}


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    texts = postgresql.ARRAY(sa.Text())
    return {name: sa.cast(value, texts) if isinstance(value, list) else value for name, value in row.items()}
