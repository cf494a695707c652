"""Search, list and map over 1,000,000 observations, by broad and narrow readers, against 150 ms."""

import asyncio
import itertools
import random
import time
from statistics import quantiles
from typing import Final

import h3.api.basic_int as h3
import httpx
import psycopg

from benchmarks.figures import Figure
from tests.platforms import LoadedPlatform, People

ROWS, LIMIT_MS, ROUNDS = 1_000_000, 150.0, 40
READERS: Final = ("analyst", "narrow-analyst")
WORDS: Final = (
    "clash", "border", "village", "market", "convoy", "water", "canal", "pasture", "stones", "guards", "shooting", "arrest", "drugs",
    "seizure", "protest", "road", "bridge",
)  # fmt: skip
NAMES: Final = (
    "Isfara", "Vorukh", "Batken", "Khorog", "Osh", "Andijan", "Termez", "Murghab", "Kulob", "Sarakhs", "Dashoguz", "Nukus", "Aktau",
    "Naryn", "Panjakent",
)  # fmt: skip
SOURCES: Final = ("unct-kaz", "unct-kgz", "unct-tjk", "unct-tkm", "unct-uzb", "unama")
COUNTRIES: Final = ("KAZ", "KGZ", "TJK", "TKM", "UZB", "AFG")
THEMES: Final = ("border", "drug-trafficking", "political", "water-energy", "environment", "inter-communal")
PLACES: Final = 2_000
# Every twentieth is strictly confidential; words follow a law like that of texts: the first are in most rows, the last in few.
_FILL: Final = """
insert into observations (id, created_at, updated_at, version, submission_id, row, feed, source, external_id, content_hash, occurred_at,
    country, latitude, longitude, subject_themes, themes_by_rule, title, text, language, figures, cell, grid, located, area_code, regions,
    spelled, incident_id, sensitivity, tlp, originator, themes, countries, releasable_to, readers)
select id, now(), now(), 1, id, n, source, source, 'bench-' || n, decode(md5('bench' || n), 'hex'),
    timestamptz '2016-01-01Z' + n * interval '5 minutes', country, latitude, longitude, array[theme], false,
    initcap(a) || ' near ' || name || ' ' || n %% 5000, 'Residents spoke of ' || b || ' and ' || c || ' at ' || name || '.', 'en', '{}',
    cell,
    (floor(latitude)::int + 180) * 1000 + floor(longitude / 2)::int + 180, array[country], country || '-' || place %% 8, '{}',
    array[lower(name), a, b, c], id,
    case when n %% 20 = 0 then 2 else n %% 2 end, 'AMBER', source, array[theme], array[country], '{}', '{}'
from (
    select uuidv7() as id, n, (random() * 1999)::int as place, (%(words)s::text[])[1 + floor(17 * random() ^ 2)::int] as a,
        (%(words)s::text[])[1 + floor(17 * random() ^ 2)::int] as b, (%(words)s::text[])[1 + floor(17 * random() ^ 2)::int] as c,
        (%(names)s::text[])[1 + floor(15 * random() ^ 3)::int] as name, (%(themes)s::text[])[1 + floor(6 * random())::int] as theme
    from generate_series(1, %(rows)s) as n
) as drawn join unnest(%(places)s::int[], %(latitudes)s::float[], %(longitudes)s::float[], %(cells)s::bigint[], %(countries)s::text[],
    %(sources)s::text[]) as known (place, latitude, longitude, cell, country, source) using (place) order by n
"""


async def measure(platform: LoadedPlatform) -> list[Figure]:
    """Milliseconds through the gateway, audit included: 95th percentile over varied queries of each kind and reader."""
    await asyncio.to_thread(fill, platform.platform.postgres.url("goodoffices_reports").replace("+psycopg", ""))
    narrow = {"name": "Narrow analyst", "organization": "centre", "roles": ["analyst"], "access": "unclassified", "countries": ["TKM"]}
    async with httpx.AsyncClient(base_url=platform.base_url, timeout=60) as http:
        office = await People.sign_in(http, {"administrator": platform.credentials["administrator"]})
        known = {"analyst": platform.credentials["analyst"], "narrow-analyst": await office.post("administrator", "/clients", narrow)}
        people = await People.sign_in(http, known)
        return [await _measure(people, reader, kind) for kind in QUERIES for reader in READERS]


def fill(url: str) -> None:
    """A million observations, each an incident of its own, as the superuser; the index of words is made behind them."""
    drawn = random.Random(7)
    points = [(drawn.uniform(35.5, 45.0), drawn.uniform(53.0, 78.0)) for _ in range(PLACES)]
    values = {
        "rows": ROWS, "words": list(WORDS), "names": list(NAMES), "themes": list(THEMES), "places": list(range(PLACES)),
        "latitudes": [north for north, _ in points], "longitudes": [east for _, east in points],
        "cells": [h3.latlng_to_cell(north, east, 7) for north, east in points],
        "countries": [COUNTRIES[n % 6] for n in range(PLACES)], "sources": [SOURCES[n % 6] for n in range(PLACES)],
    }  # fmt: skip
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("set maintenance_work_mem = '512MB'")
        connection.execute("drop index if exists ix_observations_search")
        connection.execute(_FILL, values)
        connection.execute("create index ix_observations_search on observations using gin (search)")
        number = "insert into incidents (id, reference, created_at, updated_at) select incident_id, 'BENCH-' || row, now(), now()"
        connection.execute(f"{number} from observations where external_id like 'bench-%' on conflict do nothing")
        connection.execute("insert into spellings select distinct unnest(spelled) from observations on conflict do nothing")
        connection.execute("vacuum analyze observations, incidents, spellings")


QUERIES: Final[dict[str, list[str]]] = {
    "list": [
        "", "country=TJK", "theme=border", "country=UZB&theme=political", "since=2025-01-01T00:00:00Z", "area=TJK-2", "graded=true",
        "until=2017-01-01T00:00:00Z", "source=unama&theme=border", "bbox=69,39,71,41",
    ],
    "search": [
        *(f"q={word}" for word in WORDS[::3]), *(f"q={a}+{b}" for a, b in itertools.pairwise(NAMES[::4])), "q=isfarra", "q=clash+4711",
        "q=Исфара+clashes", "q=%22canal+and+pasture%22", "q=shooting&country=TJK", "q=nothingofthekind", "q=clash&order=relevance",
    ],
    "map": [
        *(f"resolution={each}" for each in (2, 4, 6)), "bbox=69,39,71,41&resolution=6", "q=clash", "q=panjakent", "theme=border",
        "country=KGZ&since=2024-01-01T00:00:00Z", "q=isfara+market&bbox=60,35,75,45",
    ],
    "facets": ["", "q=clash", "country=TJK"],
    "timeline": ["bucket=month", "q=clash&bucket=week", "country=TJK"],
}  # fmt: skip
_PATHS: Final = {"list": "", "search": "", "map": "/map", "facets": "/facets", "timeline": "/timeline"}


async def _measure(people: People, reader: str, kind: str) -> Figure:
    took = []
    for query in itertools.islice(itertools.cycle(QUERIES[kind]), ROUNDS):
        began = time.perf_counter()
        await people.get(reader, f"/incidents{_PATHS[kind]}?{query}")
        took.append((time.perf_counter() - began) * 1000)
    return Figure(f"{kind} over {ROWS:,} observations, {reader}, p95", quantiles(took, n=20)[-1], "ms", "limit", LIMIT_MS, most=1.0)
