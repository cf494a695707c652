"""What is published of the events: the frozen JSON Schema of every version, and the AsyncAPI document. Pure."""

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from contracts.events import EVENTS, Event

SCHEMA_BASE = "https://goodoffices.example/schemas"
SCHEMA_REF = "#/components/schemas/{model}"
# Where the document is read from names itself there: the gateway puts its own address in place of this one.
HOST = "goodoffices.example"
CLIENT_CREDENTIALS = {
    "type": "oauth2",
    "description": "The access token of the API, for the event stream. A webhook is signed instead (Standard Webhooks).",
    "flows": {"clientCredentials": {"tokenUrl": f"https://{HOST}/oauth2/token", "availableScopes": {}}},
}


NOTICE = {
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
}


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
            "license": {"name": "Proprietary"},
        },
        "defaultContentType": "application/cloudevents+json",
        "servers": {
            "deployment": {
                "host": HOST,
                "pathname": "/v1/events",
                "protocol": "https",
                "description": "This deployment: server-sent events here, webhooks at the address you register.",
                "security": [{"$ref": "#/components/securitySchemes/clientCredentials"}],
            }
        },
        "channels": {event_type: _channel(event_type) for event_type in sorted(EVENTS)},
        "operations": {_operation_id(event_type): _operation(event_type) for event_type in sorted(EVENTS)},
        "components": {
            "securitySchemes": {"clientCredentials": CLIENT_CREDENTIALS},
            "schemas": _payloads() | {"Notice": NOTICE},
        },
    }


def _operation_id(event_type: str) -> str:
    service, capability, happened, version = event_type.split(".")
    words = [service, capability, *happened.split("-"), version]
    return words[0] + "".join(word.title() for word in words[1:])


def _payloads() -> dict[str, Any]:
    """Envelope and announcements with all they refer to, by the names of their classes: the document stands alone."""
    models: list[type[BaseModel]] = [Event, *(EVENTS[event_type] for event_type in sorted(EVENTS))]
    _, found = models_json_schema([(model, "serialization") for model in models], ref_template=SCHEMA_REF)
    schemas: dict[str, Any] = found["$defs"]
    return schemas


def _channel(event_type: str) -> dict[str, Any]:
    announcement = EVENTS[event_type]
    data = {"type": "object", "properties": {"data": {"$ref": SCHEMA_REF.format(model=announcement.__name__)}}}
    payload = {"allOf": [{"$ref": SCHEMA_REF.format(model=Event.__name__)}, data]}
    return {
        "address": event_type,
        "description": (announcement.__doc__ or "").strip().splitlines()[0],
        "messages": {"event": {"name": event_type, "payload": payload}},
    }


def _operation(event_type: str) -> dict[str, Any]:
    return {
        "action": "send",
        "channel": {"$ref": f"#/channels/{event_type}"},
        "summary": f"Announce {event_type}",
        "security": [{"$ref": "#/components/securitySchemes/clientCredentials"}],
    }
