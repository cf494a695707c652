"""Every event is declared, announced by somebody and consumed by somebody."""

import pytest

from chassis.revocations import HEARD
from contracts.events import EVENTS
from deploy.environment import SERVICES
from services.gateway.streams.subscribers import store_events
from services.gateway.webhooks.subscribers import queue_deliveries
from tests.architecture.apps import app_of

# What the gateway does with everything: it is kept for the streams, and queued for webhooks.
CATCH_ALL = {store_events, queue_deliveries}
# These only go out, to who may know of them, by stream and webhook. Another service that begins to need one takes it off the list.
ONLY_GO_OUT = {
    f"{service}.{capability}.{happened}.v1"
    for service, capabilities in {
        "liaison": {
            "commitments": "cancelled due made met overdue",
            "concurrence": "declined narrowed requested",
            "contacts": "changed entered erased merged restricted review-due unmerged",
            "correspondence": "answered registered",
            "engagements": "cancelled changed held proposed reported scheduled suspended",
            "handover": "imported received records-placed series-reviewed signed started",
            "parties": "changed registered",
            "screening": "decided list-replaced matched",
        },
        "reports": {
            "clearance": "advanced",
            "efforts": "graded told",
            "feeds": "heard silent",
            "freshness": "renewed",
            "incidents": "graded observation-graded observed regrouped",
            "intake": "accepted advanced failed",
            "persons": "marked",
            "production": "drafted",
            "searches": "matched",
            "triage": "claimed released restored translated",
        },
        "coordination": {
            "activities": "recorded",
            "exchange": "acknowledged decided ordered recalled released",
            "framework": "objective-set",
            "initiatives": "stepped",
            "mandates": "changed declared ended",
            "organizations": "classified registered",
        },
    }.items()
    for capability, several in capabilities.items()
    for happened in several.split()
}


def test_every_event_has_a_subscriber_of_its_own_or_only_goes_out() -> None:
    inboxes = [inbox for service in SERVICES for inbox in app_of(service).state.inboxes]
    subscribed = {event_type for inbox in inboxes for event_type in inbox._subscribers.handlers} | {HEARD}
    assert set(EVENTS) - subscribed == ONLY_GO_OUT


@pytest.mark.parametrize("event_type", sorted(EVENTS))
def test_every_event_reaches_the_streams_and_webhooks(event_type: str) -> None:
    readers = [inbox for inbox in app_of("gateway").state.inboxes if event_type in inbox._kinds]
    assert [set(each._subscribers.of_all) for each in readers] == [CATCH_ALL]
