"""Something in every collection of a running platform, so that every operation has something to show."""

import hashlib
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.journeys.test_journey import issue, situation_report
from tests.platforms import Json, People
from tests.services.liaison.handover import packages
from tests.services.liaison.screening.lists import consolidated
from tests.waiting import eventually

NAME = "Sukhrob Machandov"
GRADE = {"reliability": "B", "credibility": 2}
WEBHOOK = {"url": "http://127.0.0.1:9/hook", "events": ["coordination.exchange.released.v1"]}
GDELT_EVENT = "gdelt-events"


class World:
    """What was made, by the name of the address parameter that takes it."""

    def __init__(self, people: People, data: Path) -> None:
        self.people, self.data = people, data
        self.ids: dict[str, str] = {}

    @classmethod
    async def build(cls, people: People, data: Path) -> "World":
        """Everything, in the order in which one thing rests on another."""
        world = cls(people, data)
        for part in (
            world._people,
            world._talks,
            world._papers,
            world._handover,
            world._incidents,
            world._marks,
            world._feeds,
            world._searches,
            world._report,
            world._gateway,
        ):
            await part()
        return world

    async def officer(self, path: str, body: Any = None) -> Json:
        """POST as a political officer."""
        return await self.people.post("political-officer", path, body)

    async def head(self, path: str, body: Any = None) -> Json:
        """POST as the Head."""
        return await self.people.post("head-of-centre", path, body)

    async def analyst(self, path: str, body: Any = None) -> Json:
        """POST as an analyst."""
        return await self.people.post("analyst", path, body)

    async def _people(self) -> None:
        """A party with a part and a member, and a person at it who resembles a listed name."""
        body = {"kind": "other-party", "countries": ["TJK"]}
        party = await self.officer("/parties", body | {"name": "A council of elders"})
        await self.officer("/parties", body | {"name": "Its office", "parent": party["id"]})
        governments = await self.people.get("political-officer", "/parties?kind=government&limit=200")
        states = {each["countries"][0]: each["id"] for each in governments["items"]}
        joint = {"kind": "government", "name": "Joint commission", "countries": ["KAZ", "UZB"]}
        members = [states["KAZ"], states["UZB"]]
        commission = await self.officer("/parties", joint | {"members": members})
        position = {"party": party["id"], "title": "Speaker", "valid_from": "2024-01-01"}
        about = {"purpose": "EXERCISE: invented", "countries": ["TJK"], "positions": [position]}
        contact = await self.officer("/contacts", {"name": NAME} | about)
        self.ids |= {"party_id": party["id"], "contact_id": contact["id"]}
        self.ids |= {"commission": commission["id"]}
        listed = consolidated(("77", NAME, "Сухроб Мачандов"))
        await self._send("administrator", "/sanctions-list", listed, "application/xml")
        await eventually(self._screened, 60)
        await self.people.get("political-officer", f"/contacts/{contact['id']}/export")

    async def _screened(self) -> bool:
        found = (await self.people.get("head-of-centre", "/screenings?limit=200"))["items"]
        mine = [each["id"] for each in found if each["subject_id"] == self.ids["contact_id"]]
        self.ids |= {"screening_id": mine[0]} if mine else {}
        return bool(mine)

    async def _send(self, name: str, path: str, content: bytes, media_type: str) -> Json:
        headers = self.people.headers(name) | {"content-type": media_type}
        answer = await self.people.http.post(f"/v1{path}", content=content, headers=headers)
        assert answer.is_success, answer.text
        found: Json = answer.json()
        return found

    async def _talks(self) -> None:
        """A concurrence on which a planned meeting leans, and another meeting in its way."""
        party = self.ids["party_id"]
        years = {"valid_from": "2020-01-01T00:00:00Z", "valid_until": "2040-01-01T00:00:00Z"}
        scope = {"country": "TJK", "parties": [party], "themes": ["border"], "basis": "oral"}
        asked = await self.officer("/concurrences", scope | years)
        await self.officer(f"/concurrences/{asked['id']}/grant")
        about = {"kind": "meeting", "parties": [party], "countries": ["TJK"], "themes": ["border"]}
        times = self._times(10)
        first = await self.officer("/engagements", about | times | {"title": "Talks"})
        second = await self.officer("/engagements", about | times | {"title": "Others"})
        await self.officer(f"/engagements/{first['id']}/schedule")
        over = await self.officer("/engagements", about | self._times(20) | {"title": "Held"})
        for step in ("schedule", "hold"):
            await self.officer(f"/engagements/{over['id']}/{step}")
        self.ids |= {"concurrence_id": asked["id"], "engagement_id": first["id"]}
        self.ids |= {"held": over["id"], "conflicting": second["id"]}

    def _times(self, days: int) -> Json:
        """Two hours, so many days from now."""
        begins = datetime.now(UTC) + timedelta(days=days)
        ends = begins + timedelta(hours=2)
        return {"starts_at": begins.isoformat(), "ends_at": ends.isoformat()}

    async def _papers(self) -> None:
        """A commitment, a letter with a file and one that waits, a note with its readout."""
        party, held = self.ids["party_id"], self.ids["held"]
        promise = {"text": "EXERCISE: to send a list.", "due_on": "2033-07-01", "promised_by": party}
        await self.officer("/commitments", promise | {"engagement": held})
        letter = await self.officer("/correspondence", self._letter("2033-07-01"))
        await self.officer("/correspondence", self._letter("2026-01-10"))
        file = {"file": ("note.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")}
        address = f"/v1/correspondence/{letter['id']}/attachments"
        headers = self.people.headers("political-officer")
        kept = (await self.people.http.post(address, files=file, headers=headers)).json()
        note = {"engagement": held, "title": "Talks", "statements": [{"text": "They will come."}]}
        filed = await self.officer("/notes-to-file", note)
        await self.officer(f"/notes-to-file/{filed['id']}/file")
        readout = {"title": "Talks", "text": "They talked."}
        await self.officer(f"/notes-to-file/{filed['id']}/readout", readout)
        await self.head(f"/notes-to-file/{filed['id']}/readout/approve")
        self.ids |= {"letter_id": letter["id"], "attachment_id": kept["id"], "note_id": filed["id"]}

    def _letter(self, reply_by: str) -> Json:
        return {
            "direction": "in",
            "kind": "letter",
            "party": self.ids["party_id"],
            "subject": "EXERCISE: pastures",
            "dated_on": "2026-01-05",
            "handled_on": "2026-01-06",
            "reply_by": reply_by,
        }

    async def _handover(self) -> None:
        """A package with a person who resembles somebody, a record out of place and kept ones."""
        parts = packages.whole()
        parts[1] = packages.series("contacts", [packages.contact(1, name=NAME), packages.contact(2, purpose="")])
        with tempfile.TemporaryDirectory() as name:
            content = packages.zipped(packages.make_package(Path(name) / "p", parts, slug=f"shown-{uuid4().hex[:8]}"))
        key = (await self._send("head-of-centre", "/handovers", content, "application/zip"))["id"]
        await self.head(f"/handovers/{key}/start")

        async def imported() -> bool:
            found = await self.people.get("head-of-centre", f"/handovers/{key}")
            return bool(found["state"] == "imported")

        await eventually(imported, 60)
        read = await self.people.get("head-of-centre", f"/handovers/{key}/records")
        placed = (await self.people.get("head-of-centre", "/contacts?limit=200"))["items"]
        origin = next(each["id"] for each in placed if each["name"] == NAME and each["id"] != self.ids["contact_id"])
        digest = hashlib.sha256(packages.NOTE).hexdigest()
        self.ids |= {"handover_id": key, "record_id": read["items"][0]["id"], "digest": digest}
        self.ids |= {"placed": origin}

    async def _incidents(self) -> None:
        """One with two accounts, one suggested to be the same, one merged, and one that waits."""
        yesterday = datetime.now(UTC) - timedelta(days=1)
        place = {"latitude": 38.111, "longitude": 70.222, "occurred_at": yesterday.isoformat()}
        ours = self._row("ours", country="TJK", themes=["border"]) | place
        theirs = self._row("theirs", country="TJK", themes=["border"]) | place
        other = self._row("other", country="AFG", themes=["drug-trafficking"]) | place
        await self.people.post("unct-tjk", "/feeds/unct-tjk/submissions", [ours])
        await self.people.post("unama-field", "/feeds/unama-field/submissions", [theirs, other])
        incident = await self._incident_of("unct-tjk", ours)
        await self.analyst(f"/incidents/{incident}/grade", GRADE)
        apart = self._row("apart", country="TJK", themes=["border"])
        await self.people.post("unct-tjk", "/feeds/unct-tjk/submissions", [apart])
        merged = await self._incident_of("unct-tjk", apart)
        why = {"other": merged, "reason": "One clash."}
        await self.analyst(f"/incidents/{incident}/merge", why)
        refused = await self.people.post("unct-tjk", "/feeds/unct-tjk/submissions", [ours, {"external_id": "bad"}])
        await self.analyst("/efforts", self._effort(incident, yesterday))
        self.ids |= {"incident_id": incident, "submission_id": refused["id"]}

    def _row(self, name: str, **more: Any) -> Json:
        at = datetime.now(UTC) - timedelta(days=3)
        said = {"external_id": f"shown-{name}", "title": f"EXERCISE: shots of {name} near a post"}
        place = {"latitude": 40.01, "longitude": 69.01, "occurred_at": at.isoformat()}
        return said | place | more

    def _effort(self, incident: str, moment: datetime) -> Json:
        about = {"countries": ["TJK"], "themes": ["border"], "incidents": [incident]}
        said = {"kind": "mediation", "title": "EXERCISE: elders meet", "actors": ["Elders"]}
        return said | about | {"occurred_at": moment.isoformat()}

    async def _incident_of(self, feed: str, row: Json) -> str:
        return str((await self._observation_of(feed, row["external_id"]))["incident"])

    async def _observation_of(self, feed: str, external_id: str) -> Json:
        query = f"/observations?feed={feed}&external_id={external_id}"
        found: Json = (await self.people.get("analyst", query))["items"][0]
        return found

    async def _marks(self) -> None:
        """A decision on a name, a translation, and a file for which names were taken out."""
        told = await self._observation_of("unct-tjk", "shown-ours")
        body = {"words": "shots of ours"}
        mark = await self.analyst(f"/observations/{told['id']}/persons", body)
        text = {"language": "ru", "title": "Выстрелы у поста"}
        await self.analyst(f"/observations/{told['id']}/translations", text)
        asked = "/incidents/export?format=csv&country=TJK&names=shown&reason=For+the+Head"
        taken = await self.people.try_get("head-of-centre", asked)
        assert taken.is_success, taken.text
        self.ids |= {"observation_id": told["id"], "mark_id": mark["id"]}

    async def _feeds(self) -> None:
        """A feed of low trust, so that an account waits and comes into triage."""
        feed = {"id": "shown-low", "name": "Shown", "trust": "low", "organization": "unct-tjk"}
        more = {"expected_interval_minutes": 60, "country": "TJK"}
        await self.people.post("administrator", "/feeds", feed | more)
        waiting = self._row("waiting", country="TJK", themes=["border"], latitude=37.5)
        await self.people.post("unct-tjk", "/feeds/shown-low/submissions", [waiting])
        self.ids |= {"triaged": await self._incident_of("shown-low", waiting), "feed": "shown-low"}

    async def _searches(self) -> None:
        """A search that has found something."""
        # Of words that nobody else uses: what others post on this platform must not be new to this analyst.
        search = {"title": "Shots", "filters": {"country": "TJK", "q": "wadjelikopru"}}
        kept = await self.analyst("/searches", search)
        row = self._row("searched", country="TJK", themes=["border"], latitude=39.5) | {"title": "EXERCISE wadjelikopru"}
        await self.people.post("unct-tjk", "/feeds/unct-tjk/submissions", [row])

        async def found() -> bool:
            page = await self.people.get("analyst", f"/searches/{kept['id']}/matches")
            return bool(page["items"])

        self.ids |= {"search_id": kept["id"]}
        await eventually(found, 60)

    async def _report(self) -> None:
        """A report that is released to a partner who is told by webhook."""
        hook = await self.people.post("osce", "/webhooks", WEBHOOK)
        self.ids |= {"webhook_id": hook["id"]}
        query = "/incidents?country=TJK&theme=water-energy&graded=true&limit=2"
        cited = [each["id"] for each in (await self.people.get("analyst", query))["items"]]
        body = situation_report(cited, "Water") | {"themes": ["water-energy"]}
        issued = await issue(self.people, await self.analyst("/reports", body))
        self.ids |= {"report_id": issued["id"]}
        await eventually(self._delivered, 60)

    async def _delivered(self) -> bool:
        packages = (await self.people.get("osce", "/packages?limit=200"))["items"]
        told = await self.people.get("osce", f"/webhooks/{self.ids['webhook_id']}/deliveries")
        if packages:
            self.ids |= {"package_id": packages[0]["id"]}
        return bool(packages and told["items"])

    async def _gateway(self) -> None:
        """A calendar feed."""
        feed = {"name": "Telephone", "ceiling": "confidential"}
        made = await self.officer("/calendar-feeds", feed)
        self.ids |= {"token": made["url"].rsplit("/", 1)[1].removesuffix(".ics")}

    async def name_what_is_listed(self) -> None:
        """Of collections that the exercise filled, the first of each under its parameter's name."""
        lists = {
            "activity_id": ("coordination-officer", "/activities"),
            "client_id": ("administrator", "/clients"),
            "commitment_id": ("political-officer", "/commitments"),
            "effort_id": ("analyst", "/efforts"),
            "initiative_id": ("coordination-officer", "/initiatives"),
            "mandate_id": ("coordination-officer", "/mandates"),
            "objective_id": ("coordination-officer", "/objectives"),
            "order_id": ("coordination-officer", "/standing-orders"),
            "organization_id": ("coordination-officer", "/organizations"),
        }
        for name, (person, path) in lists.items():
            self.ids[name] = (await self.people.get(person, path))["items"][0]["id"]
