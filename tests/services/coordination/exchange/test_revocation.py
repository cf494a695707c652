"""R15 and R16 through the API, the events and the clock: what is taken back, and that it is said."""

import asyncio
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from chassis.columns import new_id
from chassis.principal import system_principal
from contracts.events.gateway import PackageDelivered
from tests.services.coordination.conftest import Desk, label, section


async def remove(desk: Desk, partner: str) -> None:
    removed = await desk.make(f"/organizations/{partner}/remove", {"reason": "It left."})
    assert (removed["state"], removed["epoch"]) == ("removed", 2)


async def test_r15_removal_revokes_what_waits_and_recalls_what_went(desk: Desk) -> None:
    partner = await desk.partner()
    gone = await desk.delivered(partner)
    waiting = await desk.package(await desk.issue(section(label(partner))), partner)
    order = await desk.order(partner)
    await remove(desk, partner)

    assert (await desk.get(f"/packages/{waiting['id']}"))["state"] == "revoked"
    recalled = await desk.get(f"/packages/{gone['id']}")
    assert (recalled["state"], recalled["rule"], recalled["content"]) == ("recalled", "R15.removed", None)
    assert (await desk.get(f"/standing-orders/{order['id']}"))["state"] == "ended"
    notices = [said for said in await desk.said(gone["id"]) if said["what"] == "recalled"]
    assert [(said["readers"], said["state"]) for said in notices] == [([partner], "recalled")]
    tombstone = (await desk.as_partner(f"/packages/{gone['id']}", partner)).json()
    assert (tombstone["state"], tombstone["content"], tombstone["item"]["title"]) == ("recalled", None, None)

    assert (await desk.post(f"/packages/{waiting['id']}/release", role="head-of-centre")).json()["rule"] == "R15.removed"
    report = await desk.issue(section(label(partner)))
    assert (await desk.get(f"/packages?item=report:{report}&recipient={partner}"))["items"] == []
    assert (await desk.post(f"/organizations/{partner}/remove", {"reason": "Again."})).status_code == 409


async def test_r15_recalls_are_announced_before_the_removal_that_ends_all_access(desk: Desk) -> None:
    """The gateway handles them in this order: after the removal there would be nobody to tell."""
    partner = await desk.partner()
    gone = await desk.delivered(partner)
    await remove(desk, partner)
    query = text("select type from outbox where event->'data'->>'id' = any(:ids) order by seq desc limit 2")
    async with desk.client.app.state.database.transaction(system_principal("coordination")) as session:  # type: ignore[attr-defined]
        last = (await session.execute(query, {"ids": [partner, gone["id"]]})).scalars().all()
    assert last == ["coordination.organizations.removed.v1", "coordination.exchange.recalled.v1"]


async def test_r15_a_replayed_answer_holds_no_content(desk: Desk) -> None:
    partner = await desk.partner()
    package = await desk.delivered(partner)
    headers = desk.as_("partner", organization=partner, access="confidential") | {"idempotency-key": str(new_id())}
    path = f"/v1/packages/{package['id']}/acknowledge"
    first = await desk.client.post(path, headers=headers)
    assert first.status_code == 200, first.text
    await remove(desk, partner)
    replayed = await desk.client.post(path, headers=headers)
    assert replayed.headers["idempotency-replayed"] == "true"
    assert (replayed.json()["content"], replayed.json()["item"]["title"]) == (None, None)


async def test_r15_the_end_of_a_mandate_takes_back_what_leaned_on_it_alone(desk: Desk) -> None:
    partner = await desk.partner()
    ending = (await desk.get(f"/mandates?organization={partner}"))["items"][0]
    await desk.mandate(partner, themes=["political", "border"], countries=["KAZ"])
    leaning, apart = (
        await desk.delivered(partner),
        await desk.delivered(partner, section(label(partner, themes=["political"], countries=["KAZ"]))),
    )
    waiting = await desk.package(await desk.issue(section(label(partner))), partner)
    ended = await desk.make(f"/mandates/{ending['id']}/end", {"reason": "The charter was changed."})
    assert ended["state"] == "ended"

    states = [(await desk.get(f"/packages/{each['id']}"))["state"] for each in (leaning, apart, waiting)]
    assert states == ["recalled", "delivered", "revoked"]
    assert (await desk.as_partner(f"/packages/{leaning['id']}", partner)).json()["content"] is None
    assert (await desk.as_partner(f"/packages/{apart['id']}", partner)).json()["content"] is not None
    assert (await desk.get(f"/organizations/{partner}"))["epoch"] == 2


async def test_r15_a_mandate_lapses_by_the_clock(desk: Desk) -> None:
    until = datetime.now(UTC) + timedelta(seconds=6)
    partner = await desk.partner(valid_until=until.isoformat())
    package = await desk.delivered(partner)
    assert (await desk.as_partner(f"/packages/{package['id']}", partner)).json()["content"] is not None
    await asyncio.sleep((until - datetime.now(UTC)).total_seconds() + 0.01)
    fetched = (await desk.as_partner(f"/packages/{package['id']}", partner)).json()
    assert (fetched["state"], fetched["content"]) == ("recalled", None)
    assert (await desk.get(f"/mandates?organization={partner}"))["items"][0]["state"] == "ended"
    assert [said["what"] for said in await desk.said(package["id"])].count("recalled") == 1


async def test_r15_a_lapse_nobody_asks_about_is_noted_by_the_sweep(desk: Desk) -> None:
    until = datetime.now(UTC) + timedelta(seconds=6)
    package = await desk.delivered(await desk.partner(valid_until=until.isoformat()))
    assert (await desk.until(package["id"], "recalled"))["rule"] == "R13.mandate"


async def test_r15_removal_and_delivery_at_the_same_moment_leave_no_content_without_a_recall(desk: Desk) -> None:
    for round_ in range(12):
        partner = await desk.partner()
        await desk.order(partner)
        package = await desk.package(await desk.issue(section(label(partner)), kind="flash"), partner)
        path = f"/packages/{package['id']}/release"
        steps = [
            desk.post(path),
            desk.post(f"/organizations/{partner}/remove", {"reason": "It left."}),
            desk.issue(section(label(partner))),
        ]
        if round_ % 3:
            steps = steps[round_ % 3 :] + steps[: round_ % 3]
        if round_ % 2:
            await asyncio.gather(steps[0])
            await asyncio.sleep(0.004 * round_)
            steps = steps[1:]
        await asyncio.gather(*steps)  # type: ignore[arg-type]
        await asyncio.sleep(0.3)
        for each in (await desk.get(f"/packages?recipient={partner}"))["items"]:
            said = [one["what"] for one in await desk.said(each["id"])]
            assert each["state"] in ("revoked", "recalled"), each
            assert ("released" in said) == (each["state"] == "recalled")
            if "released" in said:
                assert said.index("released") < said.index("recalled")
            seen = await desk.as_partner(f"/packages/{each['id']}", partner)
            assert seen.status_code == 404 or seen.json()["content"] is None


async def test_r15_nothing_is_decided_on_a_stale_copy(desk: Desk) -> None:
    partner = await desk.partner()
    seen = await desk.delivered(partner)
    database = desk.client.app.state.database  # type: ignore[attr-defined]
    hole = {"id": new_id()}
    async with database.transaction(system_principal("coordination")) as session:
        # An event that was given up: the watermark stands still until it is replayed.
        await session.execute(
            text(
                "insert into dead_letters (event_id, type, event, failures, error, failed_at)"
                " values (:id, 'reports.production.recalled.v1', '{}', 5, 'test', now())"
            ),
            hole,
        )
    # A mark that was on its way before the hole was there may still arrive.
    await asyncio.sleep(1.5)
    async with database.transaction(system_principal("coordination")) as session:
        await session.execute(text("update watermarks set seen_until = now() - interval '1 minute' where source = 'reports'"))
    try:
        package = await desk.package(await desk.issue(section(label(partner))), partner)
        assert (await desk.post(f"/packages/{package['id']}/release")).status_code == 200
        await asyncio.sleep(0.8)
        assert (await desk.get(f"/packages/{package['id']}"))["state"] == "queued"
        held = await desk.as_partner(f"/packages/{seen['id']}", partner)
        assert (held.status_code, held.json()["type"].rsplit("/", 1)[1]) == (503, "stale-copy")
    finally:
        async with database.transaction(system_principal("coordination")) as session:
            await session.execute(text("delete from dead_letters where event_id = :id"), hole)
    await desk.until(package["id"], "delivered")


async def test_r16_the_recall_of_a_report_reaches_everyone_who_received_it(desk: Desk) -> None:
    first, second, third = [await desk.partner() for _ in range(3)]
    report = await desk.issue(section(label(first, second, third)))
    packages = [await desk.package(report, each) for each in (first, second, third)]
    for package in packages[:2]:
        assert (await desk.post(f"/packages/{package['id']}/release")).status_code == 200
        await desk.until(package["id"], "delivered")
    acknowledged = await desk.post(f"/packages/{packages[0]['id']}/acknowledge", role="partner", organization=first, access="confidential")
    assert acknowledged.json()["state"] == "acknowledged"
    await desk.recall(report)

    found = [await desk.get(f"/packages/{package['id']}") for package in packages]
    assert [each["state"] for each in found] == ["recalled", "recalled", "revoked"]
    assert [each["acknowledged_at"] for each in found] == [None, None, None]
    assert [[said["what"] for said in await desk.said(each["id"])][-1] for each in packages] == ["recalled", "recalled", "decided"]
    seen = (await desk.as_partner(f"/packages/{packages[0]['id']}", first)).json()
    assert (seen["state"], seen["content"], seen["reason"]) == ("recalled", None, None)

    await desk.post(f"/packages/{packages[0]['id']}/acknowledge", role="partner", organization=first, access="confidential")
    listed = (await desk.get(f"/packages?item=report:{report}&state=recalled"))["items"]
    assert {each["recipient"]: each["acknowledged_at"] is not None for each in listed} == {first: True, second: False}
    assert (await desk.get(f"/release-decisions?item=report:{report}&recipient={first}"))["rule"] == "R16.recalled"


async def test_r16_only_an_explicit_act_of_the_recipient_acknowledges(desk: Desk) -> None:
    partner = await desk.partner()
    package = await desk.delivered(partner)
    await desk.as_partner(f"/packages/{package['id']}", partner)
    delivery = PackageDelivered(
        id=package["id"], label=label(), recipient=partner, webhook=new_id(), delivered_at=datetime(2030, 1, 1, tzinfo=UTC)
    )
    await desk.hear(delivery)
    after = await desk.get(f"/packages/{package['id']}")
    assert (after["state"], after["acknowledged_at"], after["webhook_delivered_at"]) == ("delivered", None, "2030-01-01T00:00:00Z")

    path = f"/packages/{package['id']}/acknowledge"
    assert (await desk.post(path)).status_code == 403
    assert (await desk.post(path, role="partner", organization="osce", access="confidential")).status_code == 404
    first = await desk.post(path, role="partner", organization=partner, access="confidential")
    assert first.json()["state"] == "acknowledged"
    again = await desk.post(path, role="partner", organization=partner, access="confidential")
    assert again.json()["acknowledged_at"] == first.json()["acknowledged_at"]


async def test_an_event_that_comes_twice_makes_one_package(desk: Desk) -> None:
    partner = await desk.partner()
    report = await desk.issue(section(label(partner)))
    await desk.issue(section(label(partner)), id=report)
    assert (await desk.package(report, partner))["state"] == "proposed"
