"""Deliveries: tried again until they arrive, given up after three days, and withdrawn with the right to them (R15)."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text

from chassis.outbox import envelope
from chassis.principal import system_principal
from contracts.events.coordination import OrganizationRemoved
from tests.journeys.listeners import Listener
from tests.services.gateway.people import Door
from tests.services.gateway.webhooks.recipients import LABEL, RECALLED, RELEASED, Recipient, registered
from tests.serving import serving
from tests.waiting import eventually


@pytest.fixture
async def recipient(door: Door, coordination: httpx.AsyncClient) -> AsyncIterator[Recipient]:
    """Coordination runs beside the gateway: nothing goes while its facts are not fresh."""
    async with registered(door) as found:
        yield found


async def test_what_fails_is_tried_again_under_the_same_id_until_it_arrives(recipient: Recipient) -> None:
    recipient.server.fail = True
    await recipient.release()
    await eventually(recipient.tried)
    (waiting,) = await recipient.deliveries()
    assert (waiting.state, waiting.status) == ("pending", 503)
    assert waiting.next_attempt_at > waiting.created_at
    recipient.server.fail = False
    await eventually(lambda: recipient.server.of(RELEASED))
    await recipient.become("delivered")
    (done,) = await recipient.deliveries()
    assert (done.attempts, done.status, done.error, done.next_attempt_at) == (len(recipient.server.attempts), 204, None, None)
    assert done.attempts >= 2
    assert set(recipient.server.attempts) == {str(done.id)}


async def test_after_three_days_the_webhook_is_disabled_and_says_why(recipient: Recipient) -> None:
    recipient.server.fail = True
    await recipient.release()
    await eventually(recipient.tried)
    await recipient.age()

    async def given_up() -> bool:
        return (await recipient.read())["state"] == "disabled"

    await eventually(given_up)
    assert "503" in (await recipient.read())["reason"]
    assert await recipient.states() == ["failed"]
    recipient.server.fail = False
    await recipient.release()
    (failed,) = await recipient.deliveries()
    resent = await recipient.door.http.post(
        f"/v1/webhooks/{recipient.webhook['id']}/deliveries/{failed.id}/resend", headers=recipient.headers
    )
    assert (resent.status_code, resent.json()["type"].rsplit("/", 1)[-1]) == (409, "wrong-state")
    assert recipient.server.received == []


async def test_a_server_that_says_it_is_gone_is_believed_at_once(recipient: Recipient) -> None:
    recipient.server.fail, recipient.server.refusal = True, "410 Gone"
    await recipient.release()

    async def believed() -> bool:
        return (await recipient.read())["state"] == "disabled"

    await eventually(believed)
    assert await recipient.states() == ["failed"]


@pytest.mark.parametrize("end", ["disable", "revoke"])
async def test_what_waits_does_not_go_when_the_webhook_or_its_client_ends(recipient: Recipient, end: str) -> None:
    recipient.server.fail = True
    await recipient.release()
    await eventually(recipient.tried)
    if end == "disable":
        ended = await recipient.door.http.post(f"/v1/webhooks/{recipient.webhook['id']}/disable", headers=recipient.headers)
    else:
        client = (await recipient.door.http.get("/v1/clients?limit=200", headers=recipient.door.headers)).json()["items"]
        mine = next(each["client_id"] for each in client if each["organization"] == recipient.slug)
        ended = await recipient.door.http.post(f"/v1/clients/{mine}/revoke", headers=recipient.door.headers)
    assert ended.status_code == 200, ended.text
    before, recipient.server.fail = len(recipient.server.attempts), False
    await asyncio.sleep(3)
    assert (len(recipient.server.attempts), recipient.server.received) == (before, [])


async def test_r15_a_removed_recipient_gets_nothing_by_webhook_or_stream_but_notices_of_recall(recipient: Recipient) -> None:
    stream = Listener()
    async with serving(recipient.door.app) as url:
        listening = asyncio.ensure_future(stream.run(url, recipient.headers))
        await asyncio.wait_for(stream.opened.wait(), 10)
        recipient.server.fail = True
        await recipient.release()
        await eventually(lambda: stream.of(RELEASED))
        await eventually(recipient.tried)

        await recipient.announce(OrganizationRemoved(id=recipient.slug, label=LABEL, epoch=1))
        recipient.server.fail = False
        await recipient.release()
        await recipient.announce(recipient.recalled())
        # The server ends the stream by itself; nothing came after the removal.
        await asyncio.wait_for(listening, 20)
    assert len(stream.of(RELEASED)) == 1
    assert stream.of(RECALLED) == []
    await eventually(lambda: recipient.server.of(RECALLED))
    await asyncio.sleep(3)
    assert recipient.server.of(RELEASED) == []
    await recipient.become("revoked", "delivered")


async def test_r15_a_notice_of_release_does_not_follow_the_notice_of_recall(recipient: Recipient) -> None:
    package = uuid4()
    recipient.server.fail = True
    await recipient.release(package)
    await recipient.release()
    await eventually(recipient.tried)
    await recipient.announce(recipient.recalled(package))
    recipient.server.fail = False
    await recipient.become("overtaken", "delivered", "delivered")
    assert len(recipient.server.of(RECALLED)) == len(recipient.server.of(RELEASED)) == 1
    log = await recipient.door.http.get(f"/v1/webhooks/{recipient.webhook['id']}/deliveries", headers=recipient.headers)
    overtaken = log.json()["items"][-1]
    assert (overtaken["state"], overtaken["next_attempt_at"]) == ("overtaken", None)
    assert "recalled" in overtaken["error"]
    path = f"/v1/webhooks/{recipient.webhook['id']}/deliveries/{overtaken['id']}/resend"
    assert (await recipient.door.http.post(path, headers=recipient.headers)).status_code == 409


async def test_r15_a_release_and_its_recall_that_are_heard_together_tell_of_the_recall_alone(recipient: Recipient) -> None:
    package = uuid4()
    inboxes = {inbox.source: inbox for inbox in recipient.door.app.state.inboxes}
    events = [envelope(each, "test") for each in (recipient.released(package), recipient.recalled(package))]
    await inboxes["coordination"]._handle_all(events, None)
    await recipient.become("overtaken", "delivered")
    assert recipient.server.of(RELEASED) == []


async def test_one_failure_of_an_old_delivery_that_is_sent_again_does_not_disable_the_webhook(recipient: Recipient) -> None:
    await recipient.release()
    await recipient.become("delivered")
    await recipient.age()
    (old,) = await recipient.deliveries()
    recipient.server.fail = True
    path = f"/v1/webhooks/{recipient.webhook['id']}/deliveries/{old.id}/resend"
    assert (await recipient.door.http.post(path, headers=recipient.headers)).status_code == 200
    await eventually(recipient.tried)
    assert (await recipient.read())["state"] == "active"
    recipient.server.fail = False
    await recipient.become("delivered")


async def test_what_waited_for_days_untried_has_three_days_from_its_first_attempt(recipient: Recipient) -> None:
    """The gateway may have stood still: that is no fault of the receiver."""
    recipient.server.fail = True
    await recipient.release()
    await eventually(recipient.tried)
    untried = "attempts = 0, tried_since = null, next_attempt_at = now(), created_at = now() - interval '4 days'"
    statement = text(f"update webhook_deliveries set {untried} where webhook_id = :id")
    async with recipient.door.app.state.database.transaction(system_principal("gateway")) as session:
        await session.execute(statement, {"id": recipient.webhook["id"]})
        await session.execute(text("notify webhooks"))
    await eventually(recipient.tried)
    assert (await recipient.read())["state"] == "active"
