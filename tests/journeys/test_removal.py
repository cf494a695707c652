"""A recipient is removed while something waits for it (R15), over the gateway only."""

from pathlib import Path

from tests.journeys.test_journey import OPEN, Json, graded_incident, issue, situation_report
from tests.platforms import People, fetch_token
from tests.waiting import eventually


async def test_f3_r15_a_recipient_removed_before_delivery_gets_nothing(people: People, data: Path) -> None:
    slug = "exercise-forum"
    await people.post("coordination-officer", "/organizations", {"id": slug, "name": "Exercise forum", "kind": "regional-organization"})
    ceiling = {"sensitivity": "unclassified", "tlp": "GREEN"}
    mandate = {"organization": slug, "title": "Borders", "clause": "Statute, art. 1", "themes": ["border"], "countries": ["TJK"]}
    await people.post("coordination-officer", "/mandates", mandate | {"ceiling": ceiling})
    login = {"client_id": slug, "name": "Forum", "organization": slug, "roles": ["partner"], "access": "confidential"}
    client = await people.post("administrator", "/clients", login)
    token = {"authorization": f"Bearer {await fetch_token(people.http, client)}"}
    assert (await people.http.get("/v1/packages", headers=token)).status_code == 200

    # The country team consents, too: without it the derived label would close the report to the forum.
    label = OPEN | {"releasable_to": ["hq", slug]}
    incident = await graded_incident(people, data, 5, label=label)
    report = await issue(people, await people.post("analyst", "/reports", situation_report([incident["id"]], "For the forum", label)))

    async def package() -> Json | None:
        found = (await people.get("coordination-officer", f"/packages?recipient={slug}&item=report:{report['id']}"))["items"]
        return found[0] if found else None

    proposed = await eventually(package)
    assert proposed["state"] == "proposed"
    await people.post("head-of-centre", f"/organizations/{slug}/remove", {"reason": "It was dissolved."})
    assert (await people.get("coordination-officer", f"/packages/{proposed['id']}"))["state"] == "revoked"
    refused = await people.try_post("head-of-centre", f"/packages/{proposed['id']}/release")
    assert refused.status_code == 409
    decision = await people.get("coordination-officer", f"/release-decisions?item=report:{report['id']}&recipient={slug}")
    assert decision["decision"] == "refuse"

    async def locked_out() -> bool:
        return (await people.http.get("/v1/packages", headers=token)).status_code == 401

    await eventually(locked_out, 5)
