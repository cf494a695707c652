"""What a service knows of its own stream, and how others ask for what they miss in it."""

import json
from datetime import datetime
from typing import Any, Final, LiteralString, NamedTuple

from sqlalchemy import text

from chassis.bus import Bus, BusUnavailable, Question
from chassis.database import AWAY, Database
from chassis.logs import log
from chassis.principal import system_principal


class State(NamedTuple):
    """The row of `publishing`, and the database's clock."""

    clock: datetime
    stream: str
    sequence: int
    ordinal: int
    begins_with: int
    wanted: int | None


STATE: Final[LiteralString] = "select now(), stream, sequence, ordinal, begins_with, wanted from publishing where service = %s"
# Of what is in the stream already nothing is known but what is published from now on.
ADOPT: Final[LiteralString] = """
    insert into publishing (service, stream, sequence, ordinal, begun, begins_with)
    select %(service)s, %(stream)s, %(end)s, last, %(end)s, last + 1
    from (select coalesce(max(ordinal), 0) as last from outbox) as numbered
    on conflict do nothing
"""
NEEDED_SINCE: Final[LiteralString] = """
    update publishing set wanted = least(wanted, (
        select coalesce(min(outbox.ordinal), publishing.ordinal + 1) from outbox
        where outbox.ordinal is not null
            and recorded_at >= now() - make_interval(secs => %(seconds)s)
    )) where service = %(service)s
"""
DONE: Final[LiteralString] = """
    update publishing set stream = %(stream)s, sequence = %(end)s, begun = %(begun)s,
        begins_with = %(begins)s, wanted = case when wanted < %(begins)s then wanted end
    where service = %(service)s
"""
# Long enough for whatever was recorded before a mark and committed after it.
MARGIN_SECONDS: Final = 300
_ASKED = text("""
    with needed as (
        select publishing.*, coalesce(least(cast(:ordinal as bigint) + 1, (
            select min(outbox.ordinal) from outbox
            where outbox.ordinal is not null and recorded_at >= cast(:since as timestamptz)
        )), publishing.ordinal + 1) as begins
        from publishing where service = :service
    ), found as (
        -- What retention removed cannot be published again: then no place has all of it.
        -- A mark that bears no ordinal tells by its time only.
        select needed.*, (needed.begins > needed.ordinal or needed.begins >= first.ordinal) and (
            cast(:ordinal as bigint) is not null or first.ordinal = 1
            or first.recorded_at <= cast(:since as timestamptz)
        ) is not false as kept
        from needed left join lateral (
            select outbox.ordinal, recorded_at from outbox
            where outbox.ordinal is not null order by outbox.ordinal limit 1
        ) as first on true
    ), asked as (
        update publishing set wanted = least(publishing.wanted, begins) from found
        where publishing.service = found.service and found.kept
            and not (found.stream = :stream and found.begun + 1 >= :first
                and found.begins_with <= begins)
        returning pg_notify('outbox', '')
    )
    select case when kept and not exists (select from asked) then begun end as behind, kept
    from found
""")
_BY_HAND = text("""
    update publishing set wanted = least(wanted, coalesce((
        select min(outbox.ordinal) from outbox
        where outbox.ordinal is not null and recorded_at >= :since
    ), ordinal + 1))
    where service = :service
    returning (select count(*) from outbox where outbox.ordinal is not null and recorded_at >= :since),
        pg_notify('outbox', '')
""")
logger = log(__name__)


def address(service: str) -> str:
    """Where the processes of a service are asked to publish again."""
    return f"republish.{service}"


class Missing(NamedTuple):
    """What a reader has: all up to `ordinal` and `since`; of the stream it sees messages from `first` on.

    Both are null where that is not known; ordinal 0 and no time mean that it has nothing.
    """

    stream: str
    first: int
    ordinal: int | None
    since: str | None

    def payload(self) -> bytes:
        """As it goes over the bus."""
        return json.dumps(self._asdict()).encode()


async def answer_readers(bus: Bus, database: Database, service: str) -> None:
    """Answer readers that miss events, until cancelled: behind which message they find all of them.

    While that is nowhere, the answer is empty, and the relay is told to publish again; where the
    outbox does not reach back so far, the answer says that it is not kept.
    """
    async for question in bus.questions(address(service)):
        try:
            await _answer(question, database, service)
        except (*AWAY, BusUnavailable, ValueError, TypeError, KeyError) as error:
            # Whoever asked asks again.
            logger.warning("a reader gets no answer", error=repr(error))


async def _answer(question: Question, database: Database, service: str) -> None:
    missing = Missing(**json.loads(question.data))
    values: dict[str, Any] = missing._asdict() | {"service": service}
    values["since"] = datetime.fromisoformat(missing.since) if missing.since else None
    async with database.transaction(system_principal(service)) as session:
        found = (await session.execute(_ASKED, values)).one_or_none()
    told = {"behind": found.behind, "kept": found.kept} if found else {"behind": None}
    await question.answer(json.dumps(told).encode())


async def publish_again(database: Database, service: str, since: datetime) -> int | None:
    """Have the relay publish again what was recorded since then; how many events, None before the first start."""
    async with database.transaction(system_principal(service)) as session:
        found = await session.execute(_BY_HAND, {"service": service, "since": since})
        return found.scalar()
