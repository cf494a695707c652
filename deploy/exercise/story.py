"""The exercise's story, in the order in which it happened: invented places and parties, real rules."""

from datetime import timedelta
from typing import Any

from deploy.exercise.client import Api
from deploy.exercise.observations import observations, today, unama_observations
from deploy.exercise.people import introduce

Apis = dict[str, Api]
Json = dict[str, Any]


async def tell(apis: Apis) -> None:
    """Observations come in, a report goes out, talks are prepared, the framework is laid."""
    await _observe(apis)
    await _order(apis)
    await _report(apis)
    await introduce(apis["political-officer"])
    await _talk(apis)
    await _plan(apis)


async def _observe(apis: Apis) -> None:
    for feed, rows in observations().items():
        await apis[feed].post(f"/feeds/{feed}/submissions", rows, key=f"observations of {feed}")
    await apis["unama-field"].post("/feeds/unama-field/submissions", unama_observations(), key="observations of unama-field")


async def _order(apis: Apis) -> None:
    await apis["head-of-centre"].post("/standing-orders", {"organization": "osce", "series": "situation-report"}, key="osce order")


async def _report(apis: Apis) -> None:
    """A situation report through its whole clearance, so that there is something to read on the first day."""
    analyst, reviewer, head = apis["analyst"], apis["reviewer"], apis["head-of-centre"]
    incidents = (await analyst.get("/incidents?country=TJK&theme=water-energy&limit=2"))["items"]
    for incident in incidents:
        await analyst.post(f"/incidents/{incident['id']}/grade", {"reliability": "B", "credibility": 2})
    made = await analyst.post("/reports", _situation_report(incidents), key="first report")
    # Told again after a crash, the answer above is the first one; the report itself may be further on its way.
    state = (await analyst.get(f"/reports/{made['id']}"))["state"]
    steps = {"draft": (analyst, "submit"), "submitted": (reviewer, "review"), "reviewed": (head, "clear"), "cleared": (head, "issue")}
    while state in steps:
        api, step = steps[state]
        state = (await api.post(f"/reports/{made['id']}/{step}"))["state"]


def _situation_report(incidents: list[Json]) -> Json:
    evidence = [{"type": "incident", "id": incident["id"]} for incident in incidents]
    assessed = "EXERCISE: disputes over canal water on the Isfara river grew in number during the reporting period."
    gap = "EXERCISE: it is not known whether the local water committees on both sides still meet."
    return {
        "kind": "situation-report",
        "title": "EXERCISE: Water and border communities, northern Tajikistan",
        "countries": ["TJK"],
        "themes": ["water-energy"],
        "label": {"sensitivity": "unclassified", "tlp": "GREEN", "releasable_to": ["hq", "unama", "osce"]},
        "sections": [
            {
                "title": "Situation",
                "statements": [
                    {"kind": "assessed", "text": assessed, "evidence": evidence},
                    {"kind": "gap", "text": gap, "evidence": []},
                ],
            }
        ],
    }


async def _talk(apis: Apis) -> None:
    """Two meetings: one waits for a Government's concurrence, one has it."""
    officer = apis["political-officer"]
    parties = [
        ("government", "EXERCISE: Ministry of Foreign Affairs of Tajikistan", ["TJK"]),
        ("other-party", "EXERCISE: Council of elders of the upper valley", ["KGZ", "TJK"]),
        ("de-facto-authorities", "EXERCISE: De facto authorities, Badakhshan", ["AFG"]),
    ]
    made = [
        await officer.post("/parties", {"kind": kind, "name": name, "countries": countries}, key=name) for kind, name, countries in parties
    ]
    start = today() + timedelta(days=14, hours=9)
    for title, party, countries in [
        ("EXERCISE: Consultations on the water committees", made[0], ["TJK"]),
        ("EXERCISE: Meeting with the elders of the upper valley", made[1], ["KGZ", "TJK"]),
    ]:
        body = {
            "kind": "meeting",
            "title": title,
            "parties": [party["id"]],
            "countries": countries,
            "themes": ["water-energy"],
            "starts_at": start.isoformat(),
            "ends_at": (start + timedelta(hours=2)).isoformat(),
        }
        await officer.post("/engagements", body, key=title)
    asked = {
        "country": "TJK",
        "parties": [made[1]["id"]],
        "themes": ["water-energy"],
        "valid_from": (start - timedelta(days=30)).isoformat(),
        "valid_until": (start + timedelta(days=180)).isoformat(),
        "basis": "note-verbale",
    }
    await officer.post("/concurrences", asked, key="concurrence of TJK")


async def _plan(apis: Apis) -> None:
    """Objectives, activities of two country teams, and an initiative of another organization."""
    officer = apis["coordination-officer"]
    water = await officer.post("/objectives", _objective("TJK", "water-energy", "Communities share water without violence"), key="water")
    await officer.post("/objectives", _objective("KGZ", "border", "Incidents at the border are settled by joint commissions"), key="border")
    await officer.post("/objectives", _objective("UZB", "environment", "Aral basin communities adapt to drought"), key="aral")
    for team, country, theme, title, objective in [
        ("unct-tjk", "TJK", "water-energy", "Water user associations on the Isfara", water["id"]),
        ("unct-tjk", "TJK", "border", "Cross-border markets", None),
        ("unct-kgz", "KGZ", "border", "Dialogue of border communities", None),
    ]:
        body = {"external_id": title, "title": f"EXERCISE: {title}", "country": country, "themes": [theme], "starts_on": "2026-01-01"}
        made = await apis[team].post("/activities", body, key=title)
        if objective:
            await officer.post(f"/activities/{made['id']}/align", {"objective": objective})
    initiative = {
        "title": "EXERCISE: OSCE dialogue on transboundary water",
        "owner": "osce",
        "countries": ["KGZ", "TJK"],
        "themes": ["water-energy"],
        "state": "Second round in preparation",
    }
    made = await officer.post("/initiatives", initiative, key="initiative")
    step = {"text": "Offer the Centre's good offices for the second round", "due_on": str((today() + timedelta(days=21)).date())}
    await officer.post(f"/initiatives/{made['id']}/steps", step, key="step")


def _objective(place: str, theme: str, title: str) -> Json:
    return {"title": f"EXERCISE: {title}", "place": place, "theme": theme, "indicator_text": "Reviewed every quarter"}
