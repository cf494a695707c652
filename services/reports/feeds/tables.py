"""The feeds."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Labelled, Versioned, now
from contracts.labels import Label
from contracts.vocabulary import Sensitivity, Tlp
from services.reports.base import ReportsTable
from services.reports.feeds.rules import FeedState, feed_state


class Feed(Versioned, Labelled, ReportsTable):
    """A regular source of deliveries. Its key is a slug people know; the `default_…` columns label what arrives unlabelled."""

    __tablename__ = "feeds"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    organization: Mapped[str] = mapped_column(index=True)
    trust: Mapped[str]
    expected_interval_minutes: Mapped[int]
    # False while an adapter that has to fetch lacks credentials; a feed that is delivered to us needs none.
    configured: Mapped[bool] = mapped_column(default=True)
    # Where it reports from: the country of what it sends without one.
    country: Mapped[str]
    default_sensitivity: Mapped[str]
    default_tlp: Mapped[str]
    default_releasable_to: Mapped[list[str]]
    last_delivery_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    @property
    def state(self) -> FeedState:
        """Its state by the clock, judged at each read (R7)."""
        return feed_state(self.configured, self.last_delivery_at, self.created_at, self.expected_interval_minutes, now())

    @property
    def default_label(self) -> Label:
        """The label of what it sends unlabelled; themes and country are the row's own."""
        return Label(
            sensitivity=Sensitivity(self.default_sensitivity),
            tlp=Tlp(self.default_tlp),
            originator=self.organization,
            countries=[self.country],
            releasable_to=self.default_releasable_to,
        )
