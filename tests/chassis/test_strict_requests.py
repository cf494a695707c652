"""What every address refuses in one way: sizes, doubled keys, unknown parameters, intervals, characters."""

import asyncio
import json
from collections.abc import Callable

import httpx
import pytest

from chassis.bodies import KIB, MIB, body_limit
from contracts.vocabulary import Body, Line
from tests.clients import Headers

PARTY = {"kind": "government", "name": "Ministry", "countries": ["KAZ"]}


@pytest.fixture
def officer(as_: Callable[..., Headers]) -> Headers:
    """A political officer's headers, for JSON."""
    return as_("political-officer") | {"content-type": "application/json"}


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("/oauth2/token", 16 * KIB),
        ("/v1/session", 16 * KIB),
        ("/v1/parties", MIB),
        ("/v1/release-decisions/matrix", MIB),
        ("/v1/reports", 8 * MIB),
        ("/v1/reports/01939c5e-7a11-7d40-8a53-6d2b1e0f9c8a", 8 * MIB),
        ("/v1/reports/01939c5e-7a11-7d40-8a53-6d2b1e0f9c8a/submit", MIB),
        ("/v1/contacts/import", 64 * MIB),
        ("/v1/feeds/unct-kaz/submissions", 4096 * MIB),
    ],
)
def test_each_kind_of_body_has_its_limit(path: str, limit: int) -> None:
    assert body_limit(path) == limit


async def test_a_body_at_its_limit_is_taken_and_one_byte_more_is_not(liaison: httpx.AsyncClient, officer: Headers) -> None:
    sent = json.dumps(PARTY).encode()
    at_limit = sent + b" " * (MIB - len(sent))
    assert (await liaison.post("/v1/parties", content=at_limit, headers=officer)).status_code == 201
    over = await liaison.post("/v1/parties", content=at_limit + b" ", headers=officer)
    assert over.status_code == 413


async def test_many_errors_are_cut_at_fifty_and_repeat_no_key(liaison: httpx.AsyncClient, officer: Headers) -> None:
    body = PARTY | {f"secret-{n}": n for n in range(40_000)}
    answer = await liaison.post("/v1/parties", json=body, headers=officer)
    assert answer.status_code == 422
    assert len(answer.json()["errors"]) == 50
    assert "40,000" in answer.json()["detail"]
    assert "secret" not in answer.text


async def test_a_large_body_holds_up_nobody_else(liaison: httpx.AsyncClient, officer: Headers) -> None:
    body = json.dumps({f"k{n}": n for n in range(50_000)}).encode()

    async def slowest() -> float:
        loop, found = asyncio.get_running_loop(), 0.0
        for _ in range(40):
            began = loop.time()
            assert (await liaison.get("/healthz")).status_code == 200
            found = max(found, loop.time() - began)
        return found

    waited, *answers = await asyncio.gather(slowest(), *(liaison.post("/v1/parties", content=body, headers=officer) for _ in range(3)))
    assert {answer.status_code for answer in answers} == {422}
    assert waited < 2.0


@pytest.mark.parametrize(
    "body",
    [
        '{"kind": "government", "name": "a", "name": "b", "countries": ["KAZ"]}',
        '{"kind": "government", "name": "a", "countries": ["KAZ"], "label": {"tlp": "RED", "tlp": "CLEAR"}}',
    ],
)
async def test_r14_a_key_that_stands_twice_is_refused(liaison: httpx.AsyncClient, officer: Headers, body: str) -> None:
    refused = await liaison.post("/v1/parties", content=body, headers=officer)
    assert refused.status_code == 422
    assert "twice" in refused.json()["detail"]


async def test_an_unknown_query_parameter_is_refused_and_the_known_ones_are_named(liaison: httpx.AsyncClient, officer: Headers) -> None:
    refused = await liaison.get("/v1/parties?kindd=government", headers=officer)
    assert refused.status_code == 422
    assert "kind" in refused.json()["detail"]
    assert "kindd" not in refused.text
    assert (await liaison.get("/v1/parties?kind=government", headers=officer)).status_code == 200


async def test_calendar_programs_may_add_parameters(liaison: httpx.AsyncClient, officer: Headers) -> None:
    assert (await liaison.get("/v1/calendar.ics?nocache=1", headers=officer)).status_code == 200


async def test_a_key_is_bound_to_its_address_and_not_only_to_its_body(liaison: httpx.AsyncClient, officer: Headers) -> None:
    body = {"country": "KAZ", "parties": [], "party_kinds": ["other-party"], "themes": ["border"], "basis": "oral"}
    dates = {"valid_from": "2030-01-01T00:00:00Z", "valid_until": "2031-01-01T00:00:00Z"}
    first, second = [(await liaison.post("/v1/concurrences", json=body | dates, headers=officer)).json()["id"] for _ in range(2)]
    keyed = officer | {"idempotency-key": "bound-to-its-address"}
    granted = await liaison.post(f"/v1/concurrences/{first}/grant", headers=keyed)
    again = await liaison.post(f"/v1/concurrences/{first}/grant", headers=keyed)
    assert (granted.status_code, again.headers["idempotency-replayed"]) == (200, "true")
    other = await liaison.post(f"/v1/concurrences/{second}/grant", headers=keyed)
    assert other.status_code == 422
    assert other.json()["type"].endswith("/idempotency-key-reused")
    shown = await liaison.get(f"/v1/concurrences/{second}", headers=officer)
    assert shown.json()["state"] == "requested"


async def test_if_match_is_a_list_and_weak_tags_never_match(liaison: httpx.AsyncClient, officer: Headers) -> None:
    body = {"country": "KAZ", "parties": [], "party_kinds": ["other-party"], "themes": ["border"], "basis": "oral"}
    dates = {"valid_from": "2030-01-01T00:00:00Z", "valid_until": "2031-01-01T00:00:00Z"}
    made = await liaison.post("/v1/concurrences", json=body | dates, headers=officer)
    address, tag = f"/v1/concurrences/{made.json()['id']}/grant", made.headers["etag"]
    for header, status in ((f"W/{tag}", 412), ('"77"', 412), (f'"77", {tag}', 200)):
        step = await liaison.post(address, headers=officer | {"if-match": header})
        assert step.status_code == status, (header, step.text)


async def test_if_none_match_saves_what_did_not_change(liaison: httpx.AsyncClient, officer: Headers) -> None:
    made = await liaison.post("/v1/parties", json=PARTY, headers=officer)
    address = f"/v1/parties/{made.json()['id']}"
    tag = (await liaison.get(address, headers=officer)).headers["etag"]
    known = await liaison.get(address, headers=officer | {"if-none-match": f'"0", W/{tag}'})
    assert (known.status_code, known.content, known.headers["etag"]) == (304, b"", tag)
    assert (await liaison.get(address, headers=officer | {"if-none-match": '"0"'})).status_code == 200


async def test_a_part_that_changes_while_the_version_stays_is_sent_anew(liaison: httpx.AsyncClient, officer: Headers) -> None:
    party = (await liaison.post("/v1/parties", json=PARTY, headers=officer)).json()["id"]
    letter = {
        "direction": "in",
        "kind": "note-verbale",
        "party": party,
        "subject": "Water",
        "dated_on": "2026-11-01",
        "handled_on": "2026-11-01",
    }
    made = await liaison.post("/v1/correspondence", json=letter, headers=officer)
    assert made.status_code == 201, made.text
    address = f"/v1/correspondence/{made.json()['id']}"
    before = await liaison.get(address, headers=officer)
    form = {name: value for name, value in officer.items() if name != "content-type"}
    file = {"file": ("scan.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")}
    assert (await liaison.post(f"{address}/attachments", files=file, headers=form)).status_code == 201
    after = await liaison.get(address, headers=officer | {"if-none-match": before.headers["etag"]})
    assert (after.status_code, len(after.json()["attachments"])) == (200, 1)


async def test_head_is_get_without_its_content(liaison: httpx.AsyncClient, officer: Headers) -> None:
    made = await liaison.post("/v1/parties", json=PARTY, headers=officer)
    address = f"/v1/parties/{made.json()['id']}"
    whole, head = await liaison.get(address, headers=officer), await liaison.head(address, headers=officer)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == whole.headers["content-length"]
    assert head.headers["etag"] == whole.headers["etag"]


async def test_a_slash_too_many_is_no_redirect_and_a_wrong_method_names_the_right_ones(
    liaison: httpx.AsyncClient, officer: Headers
) -> None:
    slash = await liaison.get("/v1/parties/", headers=officer)
    assert (slash.status_code, "location" in slash.headers) == (404, False)
    wrong = await liaison.delete("/v1/parties", headers=officer | {"if-match": "*"})
    assert wrong.status_code == 405
    assert wrong.headers["content-type"] == "application/problem+json"
    assert wrong.headers["allow"] == "GET, HEAD, POST"


async def test_an_interval_that_ends_before_it_begins_is_refused(liaison: httpx.AsyncClient, as_: Callable[..., Headers]) -> None:
    office = {"office": "centre", "name": "The Centre", "countries": ["TJK"]}
    backwards = office | {"period_begin": "2026-02-01", "period_end": "2026-01-01"}
    refused = await liaison.post("/v1/handovers/export", json=backwards, headers=as_("head-of-centre"))
    assert refused.status_code == 422, refused.text
    assert "period_end is before period_begin" in refused.text


class _Named(Body):
    name: Line


@pytest.mark.parametrize("character", ["\x1b", "\x85", "\u202e", "\u2066", "\n", "\ufffe", "\u2069", "\x7f"])
def test_one_line_holds_no_character_that_hides_or_turns_it(character: str) -> None:
    with pytest.raises(ValueError, match="control or direction"):
        _Named(name=f"a{character}b")


@pytest.mark.parametrize("name", ["می‌خواهم", "کتاب‍ها", "Ғ. Қодирӣ", "Ministry (Dushanbe)"])
def test_letters_of_the_region_stay(name: str) -> None:
    assert _Named(name=name).name == name
