"""Webhooks: where they may go, how they are signed, how they are tried again."""

import ipaddress
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook as Signer

from chassis.outbound import may_be_called
from services.gateway.webhooks.rules import GIVE_UP_AFTER, next_attempt, secret_of, wants
from tests.services.gateway.people import Door

AT = datetime(2026, 1, 1, tzinfo=UTC)
PRIVATE = ["10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1", "fe80::1", "fc00::1"]


@pytest.mark.parametrize("address", [*PRIVATE, "127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1"])
def test_private_addresses_are_never_called(address: str) -> None:
    assert not may_be_called(address, allow_loopback=False)


@given(st.ip_addresses())
def test_what_may_be_called_is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    if may_be_called(str(address), allow_loopback=False):
        assert address.is_global
        assert not address.is_private


@given(st.integers(1, 60), st.integers(0, 80))
def test_attempts_come_later_and_later_and_end_after_three_days(attempts: int, hours: int) -> None:
    at = AT + timedelta(hours=hours)
    due = next_attempt(attempts, AT, at)
    if due is None:
        assert at + timedelta(hours=6) >= AT + GIVE_UP_AFTER
    else:
        assert at < due < AT + GIVE_UP_AFTER
        assert due - at <= timedelta(hours=6)


@given(st.uuids(), st.uuids(), st.binary(min_size=16))
def test_every_webhook_has_a_secret_of_its_own_that_signs(one: UUID, other: UUID, master: bytes) -> None:
    assert (secret_of(master, one) == secret_of(master, other)) == (one == other)
    signature = Signer(secret_of(master, one)).sign("id", AT, "{}")
    assert signature.startswith("v1,")


def test_a_webhook_is_told_what_it_asked_for() -> None:
    assert wants(["*"], "a.b.c.v1")
    assert wants(["a.b.c.v1"], "a.b.c.v1")
    assert not wants(["a.b.d.v1"], "a.b.c.v1")


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        ("https://10.0.0.8/hook", "/address-refused"),
        ("https://169.254.169.254/latest/meta-data", "/address-refused"),
        ("https://[fd00::1]/hook", "/address-refused"),
        ("https://no-such-host.invalid/hook", "/address-refused"),
        ("ftp://example.org/hook", "/invalid"),
        ("javascript:alert(1)", "/invalid"),
    ],
)
async def test_an_address_in_a_private_network_is_refused_at_registration(door: Door, url: str, slug: str) -> None:
    headers = await door.bearer("partner", "osce")
    refused = await door.http.post("/v1/webhooks", json={"url": url, "events": ["*"]}, headers=headers)
    assert refused.status_code == 422
    assert refused.json()["type"].endswith(slug)
    accepted = await door.http.post("/v1/webhooks", json={"url": "http://127.0.0.1:9/hook", "events": ["*"]}, headers=headers)
    assert accepted.status_code == 201
    assert accepted.json()["secret"].startswith("whsec_")


async def test_a_webhook_is_for_the_own_organization_and_for_known_events(door: Door) -> None:
    headers = await door.bearer("partner", "osce")
    body = {"url": "http://127.0.0.1:9/hook", "events": ["*"]}
    foreign = await door.http.post("/v1/webhooks", json=body | {"organization": "sco"}, headers=headers)
    assert foreign.json()["errors"][0]["pointer"] == "/organization"
    unknown = await door.http.post("/v1/webhooks", json=body | {"events": ["no.such.event.v1"]}, headers=headers)
    assert unknown.json()["errors"][0]["pointer"] == "/events"
    made = (await door.http.post("/v1/webhooks", json=body | {"organization": "osce"}, headers=headers)).json()
    other = await door.bearer("partner", "sco")
    assert (await door.http.get(f"/v1/webhooks/{made['id']}", headers=other)).status_code == 404
    assert (await door.http.get(f"/v1/webhooks/{made['id']}", headers=headers)).status_code == 200
