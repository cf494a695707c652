"""The feeds, and what the platform itself notes of each."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from chassis.columns import Labelled, Versioned, now
from contracts.labels import Label
from contracts.vocabulary import Sensitivity, Tlp
from services.reports.base import ReportsTable
from services.reports.feeds.adapters.mapping import ColumnMapping
from services.reports.feeds.adapters.records import Context
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
    # By which adapter it is read; a native one may name its columns otherwise.
    adapter: Mapped[str] = mapped_column(default="native")
    mapping: Mapped[dict[str, Any] | None]
    # What it brings supports nothing (R8), whatever its trust: machine-coded news, rumours.
    leads_only: Mapped[bool] = mapped_column(default=False)
    # Where it is fetched, how often, and under which name the settings hold what it takes to be let in.
    url: Mapped[str | None]
    pull_every_minutes: Mapped[int | None]
    credentials: Mapped[str | None]
    health: Mapped["FeedHealth"] = relationship(lazy="selectin")
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    @property
    def last_delivery_at(self) -> datetime | None:
        """When it was last heard of. It lies with its health: a delivery is no change that an administrator's edit could overwrite."""
        return self.health.last_delivery_at

    @last_delivery_at.setter
    def last_delivery_at(self, at: datetime) -> None:
        self.health.last_delivery_at = at

    @property
    def state(self) -> FeedState:
        """Its state by the clock, judged at each read (R7)."""
        return feed_state(self.configured, self.last_delivery_at, self.created_at, self.expected_interval_minutes, now())

    @property
    def context(self) -> Context:
        """What its adapter is told of it."""
        return Context(self.country, ColumnMapping.model_validate(self.mapping) if self.mapping else None)

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


class FeedHealth(ReportsTable):
    """What the platform notes of a feed: when it was heard of, whether its silence was announced, how far its fetching has come.

    Apart from the feed, so that a delivery is no change of what an administrator edits; read through it only.
    """

    __tablename__ = "feed_health"

    feed: Mapped[str] = mapped_column(ForeignKey("feeds.id"), primary_key=True)
    last_delivery_at: Mapped[datetime | None]
    silent_since: Mapped[datetime | None]
    next_pull_at: Mapped[datetime | None] = mapped_column(index=True)
    last_pull_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    # The documents of an index that were taken in, while it still names them; of pages, those of a fetch that was broken off.
    taken: Mapped[list[str]] = mapped_column(default=list)
