"""Observations, the incidents they tell of, and the grades of incidents."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Computed,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Identified, Labelled, Versioned
from contracts.vocabulary import COUNTRIES
from services.reports.base import ReportsTable

SEARCHED: Final = (
    "setweight(to_tsvector('russian', title), 'A') || to_tsvector('russian', coalesce(text, '')) || array_to_tsvector(spelled)"
)
# Row-level security compares lists, which no index under it may serve. These say nearly the same in one value that an index does serve:
# for which of our countries it is labelled, as bits in the order of COUNTRIES, and the one country it lies in.
AUDIENCE: Final = " + ".join(f"case when countries @> '{{{country}}}' then {1 << n} else 0 end" for n, country in enumerate(COUNTRIES))
NATION: Final = "case when cardinality(located) = 1 then located[1] end"
# The folded words that are known as such, and those of them that a misspelled word may mean.
KNOWN_WORD: Final = "^[a-z].{3}"
NEAR_WORD: Final = "^[a-z]{4,30}$"


class Incident(Identified, ReportsTable):
    """What happened. It says nothing by itself: title, place, themes and label are those of the accounts one may read.

    Row-level security shows it to whoever may read one of its observations (docs/decisions/0010-incident-visibility.md).
    """

    __tablename__ = "incidents"

    reference: Mapped[str] = mapped_column(unique=True)


class Observation(Identified, Versioned, Labelled, ReportsTable):
    """What one source said, as it said it. A corrected one stands beside the old, which names it in `superseded_by`.

    It names feed, submission and incident without foreign keys: the one statement that writes it writes those too, in
    its own transaction, and the checks would take as long as the rows (measured on 10,000 rows).
    """

    __tablename__ = "observations"
    __table_args__ = (
        UniqueConstraint("feed", "external_id", "content_hash"),
        Index("ix_observations_near", "grid", "source", "occurred_at", postgresql_where=text("superseded_by is null")),
        Index("ix_observations_originator_incident", "originator", "incident_id"),
        Index("ix_observations_search", "search", postgresql_using="gin"),
        Index("ix_observations_area_incident", "area_code", "incident_id"),
        Index("ix_observations_waiting", "id", postgresql_where=text("held_back = 'waiting'")),
        Index("ix_observations_listed", "listed_at", postgresql_where=text("listed_at is not null")),
        Index("ix_observations_translated", "translated", postgresql_using="gin", postgresql_where=text("translated is not null")),
        # Not only of current versions, as others are: the planner takes two indexes together only where their conditions differ.
        Index("ix_observations_audience", "audience", "nation", "source"),
        Index("ix_observations_subject", "subject_themes", "regions", postgresql_using="gin"),
        Index("ix_observations_time", "occurred_at", postgresql_where=text("superseded_by is null")),
    )

    submission_id: Mapped[UUID]
    row: Mapped[int] = mapped_column(Integer)
    feed: Mapped[str]
    source: Mapped[str]
    external_id: Mapped[str]
    content_hash: Mapped[bytes] = mapped_column(LargeBinary)
    occurred_at: Mapped[datetime]
    # When its source sent it, where its messages update one another: they may come in any order.
    said_at: Mapped[datetime | None]
    country: Mapped[str | None]
    area: Mapped[str | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    subject_themes: Mapped[list[str]]
    # Its source named none; rules did (themes/rules.py), and can say by which words.
    themes_by_rule: Mapped[bool]
    title: Mapped[str]
    text: Mapped[str | None]
    language: Mapped[str | None]
    figures: Mapped[dict[str, Any]]
    # The H3 cell at resolution 7, its parents by bit arithmetic (queries.map_incidents), and the square for forming (rules).
    cell: Mapped[int | None] = mapped_column(BigInteger)
    grid: Mapped[int | None] = mapped_column(Integer)
    # What follows from country, area and coordinates together (places/rules.py): one country, or those between which it is
    # undetermined; an area by ISO 3166-2; an enclave or disputed stretch; valleys, basins and border pairs.
    located: Mapped[list[str]]
    area_code: Mapped[str | None]
    zone: Mapped[str | None]
    regions: Mapped[list[str]]
    # Its words in any spelling (chassis/spelling.py), and what is searched: stemmed words, those of the title before others.
    # The Russian configuration stems ASCII words as English and all others as Russian: one vector serves both.
    spelled: Mapped[list[str]] = mapped_column(ARRAY(Text()), deferred=True, default=list)
    search: Mapped[Any] = mapped_column(TSVECTOR, Computed(SEARCHED, persisted=True), deferred=True)
    audience: Mapped[int] = mapped_column(SmallInteger, Computed(f"cast({AUDIENCE} as smallint)", persisted=True), deferred=True)
    nation: Mapped[str | None] = mapped_column(Computed(NATION, persisted=True), deferred=True)
    incident_id: Mapped[UUID] = mapped_column(index=True)
    # Why it joined that incident when it came: score and parts (rules.match). Null: it opened it, or a person put it there.
    matched: Mapped[dict[str, Any] | None]
    supersedes: Mapped[UUID | None]
    superseded_by: Mapped[UUID | None]
    # Null: it is listed. Else why it is not (rules.HeldBack).
    held_back: Mapped[str | None]
    # When it was listed, where it had been held back before: that is when it is new to those who keep a search.
    listed_at: Mapped[datetime | None]
    # What people's translations of it say, to be searched inside the Centre only: its source is not told that there are any.
    translated: Mapped[Any | None] = mapped_column(TSVECTOR, deferred=True)
    reliability: Mapped[str | None]
    credibility: Mapped[int | None] = mapped_column(SmallInteger)
    grade_reason: Mapped[str | None]
    graded_by: Mapped[str | None]

    @property
    def places(self) -> list[str]:
        """Its country, or those between which it is undetermined; where nothing is known, the countries it is labelled with."""
        return self.located or self.countries


class IncidentAlias(ReportsTable):
    """The key of an incident that was merged away: whoever names it finds the one it leads to. It tells nothing by itself."""

    __tablename__ = "incident_aliases"

    id: Mapped[UUID] = mapped_column(ForeignKey("incidents.id"), primary_key=True)
    incident_id: Mapped[UUID] = mapped_column(ForeignKey("incidents.id"), index=True)


class IncidentMove(Identified, ReportsTable):
    """A merge or split by a person, as long as it stands. Who may read all observations it moved sees it.

    `weight` keeps the version of both incidents rising, whatever moves between them.
    """

    __tablename__ = "incident_moves"

    kind: Mapped[str]
    incident_id: Mapped[UUID] = mapped_column(ForeignKey("incidents.id"), index=True)
    other_id: Mapped[UUID] = mapped_column(ForeignKey("incidents.id"), index=True)
    observations: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    renamed: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    reason: Mapped[str]
    moved_by: Mapped[str]
    weight: Mapped[int]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None]
    undo_reason: Mapped[str | None]


class MatchSuggestion(Identified, ReportsTable):
    """Two incidents that may be one: a person decides. Who may read accounts of both sees it."""

    __tablename__ = "match_suggestions"
    __table_args__ = (Index("ix_match_suggestions_open", "id", postgresql_where=text("state = 'open'")),)

    # Without foreign keys: it is written by the transaction that opens the incident, before it does.
    incident_id: Mapped[UUID] = mapped_column(index=True)
    other_id: Mapped[UUID] = mapped_column(index=True)
    score: Mapped[float]
    parts: Mapped[dict[str, Any]]
    state: Mapped[str]
    decided_by: Mapped[str | None]
    reason: Mapped[str | None]


class IncidentGrade(Identified, Labelled, ReportsTable):
    """A grade given to an incident. It is labelled like the accounts its giver saw, since it tells of them."""

    __tablename__ = "incident_grades"

    incident_id: Mapped[UUID] = mapped_column(ForeignKey("incidents.id"), index=True)
    reliability: Mapped[str]
    credibility: Mapped[int] = mapped_column(SmallInteger)
    reason: Mapped[str | None]
    graded_by: Mapped[str]


class Spelling(ReportsTable):
    """A word that some observation or translation holds, folded (chassis/spelling.py): all from four letters on that begin with one.

    Here the words that begin like one of a search are found, and near ones of a misspelled one. It is never shown, and what it leads
    to is read under the visibility rule like everything else.
    """

    __tablename__ = "spellings"
    __table_args__ = (
        Index(
            "ix_spellings_near",
            "word",
            postgresql_using="gin",
            postgresql_ops={"word": "gin_trgm_ops"},
            postgresql_where=text(f"word ~ '{NEAR_WORD}'"),
        ),
    )

    word: Mapped[str] = mapped_column(primary_key=True)


class Mention(ReportsTable):
    """One article that mentions a lead of its feed. It is read through its observation only, which bears the label."""

    __tablename__ = "mentions"

    feed: Mapped[str] = mapped_column(primary_key=True)
    external_id: Mapped[str] = mapped_column(primary_key=True)
    # Addresses may be longer than an index holds.
    article_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    article: Mapped[str]
    source: Mapped[str]
    mentioned_at: Mapped[datetime]
    confidence: Mapped[int] = mapped_column(SmallInteger)
    submission_id: Mapped[UUID]
