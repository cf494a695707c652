"""Whose text a report is: an originator that is named and not kept would be a promise broken in silence."""

from tests.services.reports.conftest import Desk
from tests.services.reports.drafts import OPEN, report


async def test_a_report_in_the_name_of_another_is_refused_and_not_made_the_centres(analyst: Desk) -> None:
    refused = await analyst.call("POST", "/reports", json=report(label=OPEN | {"originator": "osce"}))
    assert refused.status_code == 422, refused.text
    assert refused.json()["errors"][0]["pointer"] == "/label/originator"
    own = await analyst.call("POST", "/reports", json=report(label=OPEN | {"originator": "centre"}))
    assert (own.status_code, own.json()["label"]["originator"]) == (201, "centre")
