"""Reads of what liaison knows of incidents. Row-level security hides those the reader may not know of."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Select, select

from services.liaison.incidents.tables import IncidentRecord

RECENT: Final = timedelta(days=90)


def recent_incidents(countries: Collection[str], themes: Collection[str], until: datetime) -> Select[IncidentRecord]:
    """Graded incidents of these countries and themes in the 90 days before `until`, newest first."""
    return (
        select(IncidentRecord)
        .where(IncidentRecord.occurred_at.between(until - RECENT, until))
        .where(IncidentRecord.subject_countries.overlap(list(countries)), IncidentRecord.subject_themes.overlap(list(themes)))
        .order_by(IncidentRecord.occurred_at.desc(), IncidentRecord.id)
    )
