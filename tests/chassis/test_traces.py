"""Traces leave the platform: they name what was done, never of whom or with which secret."""

from collections.abc import Callable
from uuid import uuid4

import httpx

from tests.clients import Headers
from tests.tracing import traced


async def test_r4_no_name_and_no_address_is_in_a_trace(liaison: httpx.AsyncClient, as_: Callable[..., Headers]) -> None:
    sought, key = "Rahmonova", str(uuid4())
    with traced() as spans:
        assert (await liaison.get(f"/v1/contacts?q={sought}", headers=as_("political-officer"))).status_code == 200
        assert (await liaison.get(f"/v1/contacts/{key}", headers=as_("political-officer"))).status_code == 404
        found = spans.get_finished_spans()
    assert [each.name for each in found].count("GET /v1/contacts") == 2
    assert not [each.name for each in found if sought in each.to_json() or key in each.to_json()]
