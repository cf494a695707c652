"""Organizations with a webhook, for the tests of what goes to them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text

from chassis.columns import now
from chassis.outbox import envelope
from chassis.principal import system_principal
from contracts.events import Announcement
from contracts.events.coordination import PackageRecalled, PackageReleased
from contracts.labels import Label
from contracts.vocabulary import Sensitivity, Tlp
from tests.journeys.listeners import Hooks, hooks
from tests.services.gateway.people import Door, Json
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

    def released(self, package: UUID | None = None) -> PackageReleased:
        """What is announced when a package was released to it."""
        said = {"label": LABEL, "readers": [self.slug], "recipient": self.slug, "state": "delivered"}
        return PackageReleased(id=package or uuid4(), released_at=now(), **said)

    def recalled(self, package: UUID | None = None) -> PackageRecalled:
        """What is announced when a package was recalled."""
        said = {"label": LABEL, "readers": [self.slug], "recipient": self.slug, "state": "recalled"}
        return PackageRecalled(id=package or uuid4(), **said)

    async def release(self, package: UUID | None = None) -> None:
        """A package was released to it."""
        await self.announce(self.released(package))

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


@asynccontextmanager
async def registered(door: Door, url: str | None = None) -> AsyncIterator[Recipient]:
    """A new organization with a webhook, to a server of its own unless it leads elsewhere."""
    slug = f"forum-{uuid4().hex[:8]}"
    headers = await door.bearer("partner", slug)
    async with hooks() as server:
        body = {"url": url or server.url, "events": [RELEASED, RECALLED]}
        made = await door.http.post("/v1/webhooks", json=body, headers=headers)
        assert made.status_code == 201, made.text
        yield Recipient(door, server, slug, headers, made.json())
        await door.http.post(f"/v1/webhooks/{made.json()['id']}/disable", headers=headers)
