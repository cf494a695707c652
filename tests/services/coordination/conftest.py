"""What coordination's tests begin with."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from chassis.columns import new_id
from chassis.inbox import Inbox
from chassis.outbox import envelope
from chassis.principal import system_principal
from contracts.events import Announcement
from contracts.events.reports import IssuedSection, IssuedStatement, PersonsNamed, ReportIssued, ReportRecalled
from contracts.labels import Label, join
from contracts.names import NamedPlaces
from tests.clients import Headers

Json = dict[str, Any]
_numbers = count(1)


def label(*releasable_to: str, **more: Any) -> Label:
    """An unclassified label on border matters of Tajikistan, releasable to the organizations named."""
    known = {"sensitivity": "unclassified", "tlp": "GREEN", "originator": "centre", "themes": ["border"], "countries": ["TJK"]}
    return Label.model_validate(known | {"releasable_to": list(releasable_to)} | more)


def section(of: Label, title: str = "The border", words: str = "Talks went on.") -> IssuedSection:
    """A section with one statement."""
    statement = IssuedStatement(kind="assessed", text=words, evidence_count=2)
    return IssuedSection(id=new_id(), title=title, label=of, statements=[statement])


class Desk:
    """The people and systems at the API of coordination, and the events that come in."""

    def __init__(self, client: httpx.AsyncClient, as_: Callable[..., Headers]) -> None:
        self.client, self.as_ = client, as_

    async def ask(self, method: str, path: str, role: str = "coordination-officer", body: Any = None, **principal: Any) -> httpx.Response:
        """`method` /v1<path> as `role`."""
        return await self.client.request(method, f"/v1{path}", json=body, headers=self.as_(role, **principal))

    async def post(self, path: str, body: Any = None, role: str = "coordination-officer", **principal: Any) -> httpx.Response:
        """POST /v1<path>."""
        return await self.ask("POST", path, role, body, **principal)

    async def make(self, path: str, body: Json, role: str = "coordination-officer", **principal: Any) -> Json:
        """POST that must succeed."""
        answer = await self.post(path, body, role, **principal)
        assert answer.status_code in (200, 201), answer.text
        made: Json = answer.json()
        return made

    async def get(self, path: str, role: str = "coordination-officer", **principal: Any) -> Json:
        """GET /v1<path>, which must answer 200."""
        answer = await self.ask("GET", path, role, **principal)
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    async def as_partner(self, path: str, organization: str) -> httpx.Response:
        """GET as a system of a partner organization, which may be told what is confidential."""
        return await self.ask("GET", path, "partner", organization=organization, client_id=organization, access="confidential")

    async def partner(self, members: tuple[str, ...] = (), **mandate: Any) -> str:
        """A new organization with a mandate for border matters of Tajikistan."""
        slug = f"partner-{next(_numbers)}-{new_id().hex[-6:]}"
        organization = {"id": slug, "name": f"The {slug}", "kind": "regional-organization", "members": list(members)}
        await self.make("/organizations", organization)
        await self.mandate(slug, **mandate)
        return slug

    async def mandate(self, organization: str, **more: Any) -> Json:
        """A mandate for border matters of Tajikistan, up to unclassified and GREEN."""
        known = {"title": "Borders", "clause": "Charter, art. 1", "themes": ["border"], "countries": ["TJK"]}
        ceiling = {"ceiling": {"sensitivity": "unclassified", "tlp": "GREEN"}}
        return await self.make("/mandates", known | ceiling | {"organization": organization} | more)

    async def order(self, organization: str, role: str = "head-of-centre", series: str = "situation-report") -> Json:
        """A standing order."""
        return await self.make("/standing-orders", {"organization": organization, "series": series}, role)

    async def hear(self, announcement: Announcement) -> None:
        """Hand an event of another service to this one, as its inbox does."""
        source = announcement.type.split(".", 1)[0]
        inboxes: list[Inbox] = self.client.app.state.inboxes  # type: ignore[attr-defined]
        await next(each for each in inboxes if each.source == source).handle(envelope(announcement, "test"))

    async def issue(self, *sections: IssuedSection, kind: str = "situation-report", **more: Any) -> str:
        """A report was issued; its id."""
        known = {"id": new_id(), "reference": "SIT-2030-0001", "state": "issued", "report_kind": kind, "title": "The week"}
        issued = {"content_hash": "0" * 64, "issued_at": datetime.now(UTC), "sections": list(sections)}
        whole = {"label": join([each.label for each in sections], "centre")}
        places, authors = more.pop("places", NamedPlaces()), more.pop("authors", ["analyst"])
        report = ReportIssued(**(known | issued | whole | more))
        if places is not None:
            await self.hear(PersonsNamed(id=report.id, label=report.label, places=places, authors=authors))
        await self.hear(report)
        return str(report.id)

    async def recall(self, report: str) -> None:
        """A report was recalled."""
        await self.hear(
            ReportRecalled(id=report, label=label(), reference="SIT-2030-0001", state="recalled", report_kind="situation-report")
        )

    async def package(self, report: str, recipient: str) -> Json:
        """The package made of a report for a recipient, as the Centre sees it."""
        found = (await self.get(f"/packages?item=report:{report}&recipient={recipient}"))["items"]
        assert len(found) == 1, found
        return await self.get(f"/packages/{found[0]['id']}")

    async def until(self, package_id: str, *states: str) -> Json:
        """The package, once it is in one of `states`."""
        async with asyncio.timeout(10):
            while (found := await self.get(f"/packages/{package_id}"))["state"] not in states:
                await asyncio.sleep(0.02)
        return found

    async def delivered(self, recipient: str, *sections: IssuedSection, **more: Any) -> Json:
        """A package that was released by the Head and delivered."""
        report = await self.issue(*(sections or [section(label(recipient))]), **more)
        package = await self.package(report, recipient)
        if package["state"] == "proposed":
            assert (await self.post(f"/packages/{package['id']}/release", role="head-of-centre")).status_code == 200
        return await self.until(package["id"], "delivered")

    async def said(self, package_id: str) -> list[Json]:
        """What was announced of a package, in order: type without its prefix, and data."""
        query = text("select event from outbox where event->'data'->>'id' = :id order by seq")
        async with self.client.app.state.database.transaction(system_principal("coordination")) as session:  # type: ignore[attr-defined]
            events = (await session.execute(query, {"id": package_id})).scalars().all()
        return [{"what": event["type"].split(".")[2]} | event["data"] for event in events]


@pytest.fixture
def desk(coordination: httpx.AsyncClient, as_: Callable[..., Headers]) -> Desk:
    """Everybody at the API of coordination."""
    return Desk(coordination, as_)


@pytest.fixture(scope="session", autouse=True)
async def reports_are_heard(coordination: httpx.AsyncClient) -> AsyncIterator[None]:
    """The copy of reports' facts is fresh, as it is while reports runs and is heard."""
    seen = text(
        "insert into watermarks (source, seen_until) select 'reports', now()"
        # As for every reader: an event that was given up leaves a hole.
        " where not exists (select from dead_letters where type like 'reports.%')"
        " on conflict (source) do update set seen_until = excluded.seen_until"
    )
    database: Any = coordination.app.state.database  # type: ignore[attr-defined]

    async def mark() -> None:
        while True:
            async with database.transaction(system_principal("coordination")) as session:
                await session.execute(seen)
            await asyncio.sleep(0.5)

    task = asyncio.create_task(mark())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
