"""Words a reader looks for, as a tsquery: stemmed in English and Russian, in any script and spelling, misspelled ones by near ones.

Every word must be met, by its stem or by its spelling (chassis.spelling); what stands between quotation marks, as a phrase.
"""

import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import Select, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import principal_of
from chassis.spelling import ARABIC_BONES, OTHER_BONES, Token, search_tokens
from services.reports.incidents.queries.filters import Filters, holds, seen_by
from services.reports.incidents.queries.ranking import LAST
from services.reports.incidents.tables import NEAR_WORD, Observation

WORDS: Final = 12
NEAR_WORDS: Final = 50
# From here on two words of a handful of letters differ in one or two of them: Isfara and Ispara, Rahmon and Rahman.
ALIKE: Final = "0.4"
_PARTS: Final = re.compile(r'"([^"]+)"|(\S+)')
# Up to here accounts that hold the words are named by their keys. The planner guesses how many hold them, and where it takes rare words
# for common ones it would walk the whole table (measured over 1,000,000: 3.9 s instead of 0.03).
RARE: Final = 4_000
# Accounts among which a page, or a common word, is looked for first: a few milliseconds.
RECENT: Final = 3_000
FIRST: Final = UUID(int=0)
# From here on the planner is believed: it knows the commonest words by name, and naming what holds them reads too much.
COMMON: Final = 20_000
# Each search is planned for its own words, and by an index: a plan for any words would walk the whole table for a rare one.
_PLAN: Final = text("""
select set_config('plan_cache_mode', 'force_custom_plan', true), set_config('enable_seqscan', 'off', true),
    set_config('pg_trgm.similarity_threshold', :alike, true)
""")
_STEM: Final = text("""
select cast(case when quoted then phraseto_tsquery('russian', word) else plainto_tsquery('russian', word) end as text)
from unnest(cast(:words as text[]), cast(:quoted as boolean[])) with ordinality as asked (word, quoted, number) order by number
""")
# Up to here words that begin like one asked for are looked up whole: the index reads the accounts of whole words side by side, and first
# collects those of a beginning (two common words that no account holds together, over 1,000,000: 5 ms instead of 48).
BEGUN: Final = 12
# Those that begin with a letter: of others not all are known (tables.KNOWN_WORD).
_BEGINNING: Final = re.compile(r"'([a-z][a-z0-9]{2,})':\*")
_BEGUN: Final = text("""
select start, coalesce(array_agg(word) filter (where word is not null), '{}') as words
from unnest(cast(:starts as text[])) as asked (start)
left join lateral (select word from spellings where word >= start and word < start || :end limit :most + 1) known on true
group by start having count(word) <= :most
""")
_NEAR: Final = text(f"""
select distinct near.word from unnest(cast(:words as text[])) as asked (word)
cross join lateral (
    select word from spellings
    where word % asked.word and abs(length(word) - length(asked.word)) <= 2 and word ~ '{NEAR_WORD}'
    order by similarity(word, asked.word) desc, word limit :limit
) near
""")


class Part(NamedTuple):
    """A word, or a phrase between quotation marks."""

    text: str
    quoted: bool


Suffices = Callable[[Filters], Awaitable[bool]]


async def _never(_: Filters) -> bool:
    return False


async def find_words(session: AsyncSession, filters: Filters, suffices: Suffices = _never) -> Filters:
    """The filters with `q` as a tsquery. Words that nothing the caller may read holds are looked for by near spellings.

    `suffices` is asked before words are looked up, which may take long: whether what it found by them is all that is wanted.
    What others may read changes nothing: that a word is known there must not show in what is found here.
    """
    filters, exact, begun = await _as_asked(session, filters)
    if await suffices(filters) or not filters.whole:
        return filters
    common, found = await _some(session, filters.whole, filters.searcher, RARE + 1)
    if common and found:
        return filters
    if not found:
        near = _all([await _loosened(session, part, asked, begun, filters.searcher) for part, asked in exact.items()])
        if near == filters.words:
            # Each word is held, and nothing holds all of them: looking once more would find no more.
            return replace(filters, only=())
        filters = _asking(filters, near, begun)
        if await suffices(filters):
            return filters
        found = await _first(session, _whole(near, begun), filters.searcher, RARE + 1)
    return replace(filters, only=tuple(found) if len(found) <= RARE else None)


async def words_as_asked(session: AsyncSession, filters: Filters) -> Filters:
    """The filters with `q` as a tsquery of the words as they were asked for, none spelled nearly."""
    return (await _as_asked(session, filters))[0]


async def _as_asked(session: AsyncSession, filters: Filters) -> tuple[Filters, dict[Part, str], dict[str, list[str]]]:
    await session.execute(_PLAN, {"alike": ALIKE})
    filters = seen_by(principal_of(session), filters)
    exact = await _asked(session, parts_of(filters.q)) if filters.q else {}
    begun = await _begun(session, _all(exact.values()))
    return _asking(filters, _all(exact.values()) if filters.q else None, begun), exact, begun


def parts_of(q: str) -> list[Part]:
    """The first twelve words and phrases of a search."""
    found = [Part(quoted or word, bool(quoted)) for quoted, word in _PARTS.findall(q)]
    return list(dict.fromkeys(found))[:WORDS]


async def _asked(session: AsyncSession, parts: Sequence[Part]) -> dict[Part, str]:
    """A tsquery for each; words that every text holds (stop words) count only when there are no others."""
    stems = (await session.execute(_STEM, {"words": [each.text for each in parts], "quoted": [each.quoted for each in parts]})).scalars()
    known = dict(zip(parts, stems, strict=True))
    telling = {part: stem for part, stem in known.items() if stem} or known
    asked = {part: stem if part.quoted and stem else _any([stem, _spelled(part.text)]) for part, stem in telling.items()}
    return {part: query for part, query in asked.items() if query}


def _spelled(words: str) -> str:
    """A tsquery for folded words: each must be met, by any of its spellings."""
    return _all(" | ".join(_lexemes(group)) for group in search_tokens(words))


def _lexemes(group: Sequence[Token]) -> Iterator[str]:
    """Words from their start. Consonants alone only whole, three or more, and across scripts: else "person" finds "prison".

    Folded words hold letters, digits and the marks of consonants only, so that they stand in a tsquery as they are.
    """
    for word, whole in group:
        if word[0] not in (ARABIC_BONES, OTHER_BONES):
            yield f"'{word}':*" if len(word) > 2 else f"'{word}'"
        elif len(word) > 3 and not (word[0] == OTHER_BONES and whole):
            yield f"'{word}'"


async def _begun(session: AsyncSession, words: str) -> dict[str, list[str]]:
    """The known words that go on from each beginning in a tsquery, where they are few."""
    found = await session.execute(_BEGUN, {"starts": list(set(_BEGINNING.findall(words))), "end": "\U0010ffff", "most": BEGUN})
    return {row.start: row.words for row in found}


def _whole(words: str, begun: Mapping[str, Sequence[str]]) -> str:
    """The same tsquery with the words that go on from a beginning in its place, where those are few: it finds the same."""

    def known(beginning: re.Match[str]) -> str:
        found = begun.get(beginning[1])
        return beginning[0] if found is None else "(" + " | ".join(f"'{word}'" for word in dict.fromkeys([beginning[1], *found])) + ")"

    return _BEGINNING.sub(known, words)


def _asking(filters: Filters, words: str | None, begun: Mapping[str, Sequence[str]]) -> Filters:
    return replace(filters, words=words, whole=None if words is None else _whole(words, begun))


async def _loosened(session: AsyncSession, part: Part, asked: str, begun: Mapping[str, Sequence[str]], searcher: str | None) -> str:
    """What was asked, or near spellings of a word that nothing holds; a phrase is meant as it stands."""
    if part.quoted or (await _some(session, _whole(asked, begun), searcher, 1))[1]:
        return asked
    return _any([asked, await _near(session, part)])


async def _near(session: AsyncSession, part: Part) -> str:
    words = [token.text for group in search_tokens(part.text) for token in group if token.text.isalpha() and len(token.text) > 3]
    found = (await session.execute(_NEAR, {"words": words, "limit": NEAR_WORDS})).scalars()
    return _any(f"'{word}'" for word in found)


async def _some(session: AsyncSession, words: str, searcher: str | None, most: int) -> tuple[bool, list[UUID]]:
    """Whether the words are common, and accounts that hold them: one of the newest if they are, else up to `most`."""
    common = await _is_common(session, words, searcher)
    return common, (common and await _recent(session, words, searcher)) or await _first(session, words, searcher, most)


async def _is_common(session: AsyncSession, words: str, searcher: str | None) -> bool:
    """Whether the planner expects many accounts to hold the words: those need not be named, if the caller may read any."""
    said = _holding(words, searcher).compile(session.get_bind(), compile_kwargs={"literal_binds": True})
    plan = (await session.execute(text("explain (format json) " + str(said).replace(":", r"\:")))).scalar_one()
    expected: float = plan[0]["Plan"]["Plan Rows"]
    return expected >= COMMON


async def _recent(session: AsyncSession, words: str, searcher: str | None) -> list[UUID]:
    """An account among the newest that holds the words, if any does: of many, one is soon met."""
    query = _holding(words, searcher, looked_up=False).where(Observation.incident_id >= (await behind_recent(session) or FIRST))
    return list((await session.execute(query.limit(1))).scalars())


async def behind_recent(session: AsyncSession, before: UUID = LAST) -> UUID | None:
    """The incident of the account behind the 3,000 newest ones, if there is any. By itself: the planner then knows how few they are."""
    key = Observation.incident_id
    return (await session.execute(select(key).where(key < before).order_by(key.desc()).offset(RECENT).limit(1))).scalar()


async def _first(session: AsyncSession, words: str, searcher: str | None, most: int) -> list[UUID]:
    """Some accounts that hold the words, as they come."""
    return list((await session.execute(_holding(words, searcher).limit(most))).scalars())


def _holding(words: str, searcher: str | None, *, looked_up: bool = True) -> Select[UUID]:
    """The accounts that hold the words; for who searches from outside, its own."""
    query = select(Observation.id).where(holds(words, looked_up=looked_up, inside=searcher is None))
    return query.where(Observation.originator == searcher) if searcher else query


def _all(queries: Iterable[str]) -> str:
    return " & ".join(f"({query})" for query in queries if query)


def _any(queries: Iterable[str]) -> str:
    return " | ".join(f"({query})" for query in queries if query)
