"""Deliveries: tried again until they arrive, given up after three days, and withdrawn with the right to them (R15)."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text

from chassis.columns import now
from chassis.outbox import envelope
from chassis.principal import system_principal
from contracts.events import Announcement
from contracts.events.coordination import OrganizationRemoved, PackageRecalled, PackageReleased
from contracts.labels import Label
from contracts.vocabulary import Sensitivity, Tlp
from tests.journeys.listeners import Hooks, Listener, hooks
from tests.services.gateway.people import Door, Json
from tests.serving import serving
from tests.waiting import eventually

LABEL = Label(sensitivity=Sensitivity.unclassified, tlp=Tlp.green, originator="centre")
RELEASED, RECALLED = PackageReleased.type, PackageRecalled.type


class Recipient:
    """An organization with a client, a webhook and a server behind it."""

    def __init__(self, door: Door, server: Hooks, slug: str, headers: dict[str, str], webhook: Json) -> None:
        self.door, self.server, self.slug, self.headers, self.webhook = door, server, slug, headers, webhook
        server.secret = webhook["secret"]

    async def announce(self, announcement: Announcement) -> None:
        """Let the gateway hear of it, as from coordination."""
        inboxes = {inbox.source: inbox for inbox in self.door.app.state.inboxes}
        await inboxes["coordination"].handle(envelope(announcement, "test"))

    async def release(self) -> None:
        """A package was released to it."""
        said = {"label": LABEL, "readers": [self.slug], "recipient": self.slug, "state": "delivered"}
        await self.announce(PackageReleased(id=uuid4(), released_at=now(), **said))

    async def deliveries(self) -> list[Any]:
        """Its delivery log, oldest first, as the gateway itself has it."""
        query = text("select * from webhook_deliveries where webhook_id = :id order by id")
        async with self.door.app.state.database.transaction(system_principal("gateway")) as session:
            return list((await session.execute(query, {"id": self.webhook["id"]})).all())

    async def states(self) -> list[str]:
        """The state of each of them."""
        return [each.state for each in await self.deliveries()]

    async def become(self, *wanted: str) -> None:
        """Wait until they are in these states."""

        async def reached() -> bool:
            return await self.states() == list(wanted)

        await eventually(reached)

    async def tried(self) -> bool:
        """Whether the last of them was tried in vain, and is to be tried again."""
        last = (await self.deliveries())[-1]
        return last.state == "pending" and last.attempts >= 1

    async def age(self) -> None:
        """Let three days pass."""
        statement = (
            "update webhook_deliveries set tried_since = now() - interval '73 hours', next_attempt_at = now() where webhook_id = :id"
        )
        async with self.door.app.state.database.transaction(system_principal("gateway")) as session:
            await session.execute(text(statement), {"id": self.webhook["id"]})
            await session.execute(text("notify webhooks"))

    async def read(self) -> Json:
        """Its webhook, as its owner sees it."""
        found: Json = (await self.door.http.get(f"/v1/webhooks/{self.webhook['id']}", headers=self.headers)).json()
        return found


@pytest.fixture
async def recipient(door: Door, coordination: httpx.AsyncClient) -> AsyncIterator[Recipient]:
    """Coordination runs beside the gateway: nothing goes while its facts are not fresh."""
    slug = f"forum-{uuid4().hex[:8]}"
    headers = await door.bearer("partner", slug)
    async with hooks() as server:
        made = await door.http.post("/v1/webhooks", json={"url": server.url, "events": [RELEASED, RECALLED]}, headers=headers)
        assert made.status_code == 201, made.text
        yield Recipient(door, server, slug, headers, made.json())
        await door.http.post(f"/v1/webhooks/{made.json()['id']}/disable", headers=headers)


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
        said = {"label": LABEL, "readers": [recipient.slug], "recipient": recipient.slug, "state": "revoked"}
        await recipient.announce(PackageRecalled(id=uuid4(), **said))
        # The server ends the stream by itself; nothing came after the removal.
        await asyncio.wait_for(listening, 20)
    assert len(stream.of(RELEASED)) == 1
    assert stream.of(RECALLED) == []
    await eventually(lambda: recipient.server.of(RECALLED))
    await asyncio.sleep(3)
    assert recipient.server.of(RELEASED) == []
    await recipient.become("revoked", "delivered")
