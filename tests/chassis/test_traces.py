"""Traces: one from the door to the last subscriber; they name what was done, never of whom or with which secret."""

from collections.abc import AsyncIterator, Callable
from uuid import uuid4

import httpx
import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.trace import SpanKind, StatusCode

from chassis.telemetry import span
from deploy.postgres.bootstrap import DatabaseUrls
from tests.clients import Headers
from tests.services.gateway.people import Door
from tests.serving import serving
from tests.tracing import traced
from tests.waiting import eventually

PARTY = {"kind": "government", "name": "Rahmonova's ministry", "countries": ["KAZ"]}
TRACE, CALLER = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"


@pytest.fixture
async def liaison_url(liaison: httpx.AsyncClient) -> AsyncIterator[str]:
    """Liaison of this process at an address that the gateway's hop can reach."""
    async with serving(liaison.app) as url:  # type: ignore[attr-defined]
        yield url


@pytest.fixture
async def door(gateway: httpx.AsyncClient, databases: dict[str, DatabaseUrls], liaison_url: str, monkeypatch: pytest.MonkeyPatch) -> Door:
    """The gateway, with liaison behind it."""
    monkeypatch.setattr(gateway.app.state.hop, "_address_of", lambda _: liaison_url)  # type: ignore[attr-defined]
    return await Door.open(gateway, databases["gateway"].app_url)


async def test_one_trace_leads_from_the_door_through_the_service_to_the_subscriber(door: Door) -> None:
    headers = await door.bearer("political-officer")
    with traced() as spans:

        def after(span_id: str) -> list[ReadableSpan]:
            """The spans of this trace that went on from there."""
            mine = [each for each in spans.get_finished_spans() if each.context and each.context.trace_id == int(TRACE, 16)]
            return [each for each in mine if each.parent and each.parent.span_id == int(span_id, 16)]

        answer = await door.http.post("/v1/parties", json=PARTY, headers=headers | {"traceparent": f"00-{TRACE}-{CALLER}-01"})
        assert answer.status_code == 201, answer.text
        # The answer names the caller's trace and the gateway's own part of it, once.
        (told,) = answer.headers.get_list("traceparent")
        assert told.startswith(f"00-{TRACE}-")
        (gateway,) = await eventually(lambda: after(CALLER))
        assert (gateway.name, gateway.kind, id_of(gateway)) == ("POST /v1/parties", SpanKind.SERVER, told.split("-")[2])
        (service,) = await eventually(lambda: after(id_of(gateway)))
        assert (service.name, service.kind) == ("POST /v1/parties", SpanKind.SERVER)
        # It may first have to catch up with all that tests before this one announced.
        subscribers = await eventually(lambda: after(id_of(service)), 60)
        assert {(each.name, each.kind) for each in subscribers} == {("liaison.parties.registered.v1", SpanKind.CONSUMER)}


async def test_r4_an_error_is_named_by_its_class_only(liaison: httpx.AsyncClient) -> None:
    with traced() as spans, pytest.raises(ValueError, match="Rahmonova"), span("made for the test", SpanKind.INTERNAL, {}):
        raise ValueError("Rahmonova is known already")
    (found,) = [each for each in spans.get_finished_spans() if each.name == "made for the test"]
    assert (found.status.status_code, found.status.description) == (StatusCode.ERROR, "ValueError")
    assert "Rahmonova" not in found.to_json()


async def test_r4_no_name_and_no_address_is_in_a_trace(liaison: httpx.AsyncClient, as_: Callable[..., Headers]) -> None:
    sought, key = "Rahmonova", str(uuid4())
    with traced() as spans:
        assert (await liaison.get(f"/v1/contacts?q={sought}", headers=as_("political-officer"))).status_code == 200
        assert (await liaison.get(f"/v1/contacts/{key}", headers=as_("political-officer"))).status_code == 404
        found = spans.get_finished_spans()
    assert [each.name for each in found].count("GET /v1/contacts") == 2
    assert not [each.name for each in found if sought in each.to_json() or key in each.to_json()]


def id_of(finished: ReadableSpan) -> str:
    """The id of a span, as traceparent writes it."""
    assert finished.context
    return f"{finished.context.span_id:016x}"
