"""Submissions, the rows they were refused, and the temporary tables a delivery passes through."""

from typing import Final
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, SmallInteger, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Identified, Labelled
from services.reports.base import ReportsTable


class Submission(Identified, Labelled, ReportsTable):
    """One delivery and its receipt. The same bytes in the same format on the same feed are the same delivery (R5)."""

    __tablename__ = "submissions"
    __table_args__ = (
        UniqueConstraint("feed", "sha256", "media_type"),
        Index("ix_submissions_working", "feed", "id", postgresql_where=text("status in ('received', 'processing')")),
    )

    feed: Mapped[str]
    media_type: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    # Up to what its sender may label: rows are judged by it also when they are judged later.
    access: Mapped[int] = mapped_column(SmallInteger)
    status: Mapped[str]
    read_bytes: Mapped[int] = mapped_column(BigInteger)
    received: Mapped[int]
    accepted: Mapped[int]
    duplicate: Mapped[int]
    rejected: Mapped[int]
    # Of the rejected those that are well formed and nothing for us (feeds/adapters/rows.SET_ASIDE).
    set_aside: Mapped[int]
    attempts: Mapped[int]
    failure: Mapped[str | None]


class DeliveryPart(ReportsTable):
    """A part of what was sent and is not stored yet, compressed. Nobody reads it but intake; it goes when all rows are stored."""

    __tablename__ = "delivery_parts"

    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submissions.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    bytes: Mapped[bytes] = mapped_column(LargeBinary)


class ChainedMessage(ReportsTable):
    """A message of a feed, or one that others refer to, and the external_id of its chain. Nobody reads it but intake."""

    __tablename__ = "chained_messages"
    __table_args__ = (Index("ix_chained_messages_chain", "feed", "chain"),)

    feed: Mapped[str] = mapped_column(primary_key=True)
    message: Mapped[str] = mapped_column(primary_key=True)
    chain: Mapped[str]


class Rejection(ReportsTable):
    """A refused row, with its reason (R5). It is read through its submission only, which bears the label."""

    __tablename__ = "rejections"

    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submissions.id"), primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    line: Mapped[int | None]
    pointer: Mapped[str]
    field: Mapped[str | None]
    reason: Mapped[str]
    raw: Mapped[str]


SAID: Final = (
    "external_id", "occurred_at", "country", "area", "latitude", "longitude", "subject_themes", "title", "text", "language", "figures",
)  # fmt: skip
_PLACE: Final = ("located", "area_code", "zone", "regions")
_DERIVED: Final = ("content_hash", "cell", "grid", *_PLACE, "spelled", "said_at")
_LABEL: Final = ("sensitivity", "tlp", "themes", "countries", "releasable_to")
_LINK: Final = ("said_at", "message", "refers_to")
STAGED: Final = ("row", *SAID, *_LABEL, "content_hash", "cell", "grid", "squares", *_PLACE, "spelled", "ruled_themes", *_LINK)
"""The columns a delivery is copied into: what was said, its label (null where the feed's default holds), what follows from it.

Messages that update one another say when they were said, their key, and those they refer to, one a line; for others all are null.
"""
_ONLY_STAGED: Final = ("squares", "ruled_themes", "message", "refers_to")

# COPY into a table with row-level security is refused, so rows come through a temporary one of the same columns. It stays
# with its connection, since making one writes to the catalogues: that was most of what a small delivery cost.
CREATE_STAGED: Final = f"""
create temp table if not exists staged on commit delete rows as
select {", ".join(name for name in STAGED if name not in _ONLY_STAGED)}, cast(null as integer[]) as squares,
    themes as ruled_themes, external_id as message, text as refers_to from observations with no data
"""
CREATE_FRESH: Final = """
create temp table if not exists fresh on commit delete rows as
select row, id, external_id, occurred_at, latitude, longitude, subject_themes, cast(null as integer[]) as squares,
    supersedes, superseded_by, incident_id, matched, false as opens, held_back from observations with no data
"""
EMPTY: Final = "truncate staged, fresh"
COPY_STAGED: Final = f"copy staged ({', '.join(STAGED)}) from stdin"
COPY_REJECTIONS: Final = "copy rejections (submission_id, row, line, pointer, field, reason, raw) from stdin"

SIFT: Final = """
insert into fresh
with unseen as (
    select uuidv7() as id, row, external_id, occurred_at, said_at, latitude, longitude, squares,
        case when subject_themes = '{}' then ruled_themes else subject_themes end as subject_themes
    from staged where not exists (
        select from observations known where known.feed = :feed
            and known.external_id = staged.external_id and known.content_hash = staged.content_hash)
), dated as (
    select unseen.*, old.id as old, old.incident_id, old.matched, old.held_back,
        coalesce(unseen.said_at < old.said_at, false) as late
    from unseen left join observations old
        on old.feed = :feed and old.external_id = unseen.external_id and old.superseded_by is null
)
select row, id, external_id, occurred_at, latitude, longitude, subject_themes, squares,
    coalesce(lag(id) over versions, case when not late then old end), coalesce(lead(id) over versions, case when late then old end),
    coalesce(incident_id, first_value(id) over versions), matched, old is null,
    case when held_back = 'discarded' then 'waiting' else cast(:held_back as text) end
from dated window versions as (partition by external_id, late order by said_at nulls first, row)
"""
"""New rows and new versions out of `staged`: what is known by external_id and content is a duplicate (R5).

A new incident has the key of its first observation. What corrects a discarded account waits for a person, whoever sends it. What was
said before the version that stands comes late: it is a version that was superseded when it came.
"""
SUPERSEDE: Final = """
update observations old set superseded_by = fresh.id, updated_at = :at, version = old.version + 1,
    sensitivity = greatest(old.sensitivity, coalesce(staged.sensitivity, :sensitivity)),
    tlp = case when array_position(cast(:tlps as text[]), coalesce(staged.tlp, :tlp)) > array_position(cast(:tlps as text[]), old.tlp)
        then coalesce(staged.tlp, :tlp) else old.tlp end
from fresh join staged using (row)
where old.id = fresh.supersedes and not fresh.opens and old.feed = :feed and old.superseded_by is null
"""
"""The old version names the new one; a source that became stricter is obeyed for what it said before, too."""
_COLUMNS: Final = (
    "id", "created_at", "updated_at", "version", "submission_id", "row", "feed", "source", "originator", "readers",
    *SAID, *_DERIVED, *_LABEL, "supersedes", "superseded_by", "incident_id", "matched", "themes_by_rule", "reliability", "credibility",
    "held_back",
)  # fmt: skip
STORE: Final = f"""
with stored as (
    insert into observations ({", ".join(_COLUMNS)})
    select fresh.id, :at, :at, 1, submissions[width_bucket(row, firsts)], row - firsts[width_bucket(row, firsts)] + 1,
        :feed, :organization, :organization, '{{}}',
        {", ".join(f"{'fresh' if name == 'subject_themes' else 'staged'}.{name}" for name in (*SAID, *_DERIVED))},
        coalesce(sensitivity, :sensitivity), coalesce(tlp, :tlp), coalesce(themes, fresh.subject_themes),
        coalesce(countries, case when located = '{{}}' then array[cast(:country as text)] else located end),
        coalesce(releasable_to, :releasable_to),
        supersedes, superseded_by, incident_id, matched, staged.subject_themes = '{{}}' and ruled_themes <> '{{}}',
        cast(:reliability as text), cast(:credibility as smallint), held_back
    from fresh join staged using (row), (select cast(:submissions as uuid[]) as submissions, cast(:firsts as integer[]) as firsts) as parts
    order by row
    returning submission_id, sensitivity, tlp, releasable_to, themes, countries, id, incident_id
), brought as (
    select submission_id, sensitivity, tlp, releasable_to, count(*) as number,
        string_to_array(string_agg(distinct array_to_string(themes, ','), ','), ',') as themes,
        string_to_array(string_agg(distinct array_to_string(countries, ','), ','), ',') as countries,
        case when count(*) <= :limit then array_agg(id) end as observations,
        case when count(*) <= :limit then array_agg(distinct incident_id) end as incidents
    from stored group by submission_id, sensitivity, tlp, releasable_to
)
select submission_id, sensitivity, tlp, releasable_to, number, themes, countries, observations, incidents from brought
"""
"""Stores a slice, or several small deliveries: rows from each of `firsts` on are those of the submission at its place.

Gives what each brought, by label: how many, on what, where, and the keys while they are not too many for one event."""
