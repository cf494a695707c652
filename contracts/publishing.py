"""What is published of the events: the frozen JSON Schema of every version, and the AsyncAPI document. Pure."""

from typing import Any

from contracts.events import EVENTS, Event

SCHEMA_BASE = "https://goodoffices.example/schemas"


def event_schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schema of every announcement, by event type."""
    return {event_type: _schema_of(event_type) for event_type in sorted(EVENTS)}


def _schema_of(event_type: str) -> dict[str, Any]:
    schema = EVENTS[event_type].model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"{SCHEMA_BASE}/{event_type}.json", **schema}


def asyncapi() -> dict[str, Any]:
    """AsyncAPI 3.0 of what is announced, and of how partners hear of it (stream, webhooks)."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Good Offices events",
            "version": "1",
            "description": "CloudEvents 1.0 in structured JSON. Partners receive thin notices and fetch what they speak of.",
        },
        "defaultContentType": "application/cloudevents+json",
        "channels": {event_type: _channel(event_type) for event_type in sorted(EVENTS)},
        "operations": {_operation_id(event_type): _operation(event_type) for event_type in sorted(EVENTS)},
        "components": {
            "schemas": {
                "Envelope": Event.model_json_schema(mode="serialization"),
                "Notice": {
                    "type": "object",
                    "description": "What the event stream carries. A webhook carries type, timestamp and data of the same.",
                    "required": ["id", "type", "version", "time", "subject"],
                    "properties": {
                        "id": {"type": "string", "format": "uuid"},
                        "type": {"type": "string"},
                        "version": {"type": "integer"},
                        "time": {"type": "string", "format": "date-time"},
                        "subject": {
                            "type": "object",
                            "required": ["type", "id"],
                            "properties": {"type": {"type": "string"}, "id": {"type": "string"}},
                        },
                    },
                },
            }
        },
    }


def _operation_id(event_type: str) -> str:
    service, capability, happened, version = event_type.split(".")
    words = [service, capability, *happened.split("-"), version]
    return words[0] + "".join(word.title() for word in words[1:])


def _channel(event_type: str) -> dict[str, Any]:
    announcement = EVENTS[event_type]
    return {
        "address": event_type,
        "description": (announcement.__doc__ or "").strip().splitlines()[0],
        "messages": {"event": {"name": event_type, "payload": {"$ref": f"{SCHEMA_BASE}/{event_type}.json"}}},
    }


def _operation(event_type: str) -> dict[str, Any]:
    return {"action": "send", "channel": {"$ref": f"#/channels/{event_type}"}, "summary": f"Announce {event_type}"}
