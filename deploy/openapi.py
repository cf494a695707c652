"""Writes the platform's OpenAPI document from the services themselves, without starting them."""

import importlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any
from unittest.mock import patch

from chassis.openapi import merge
from deploy.environment import SERVICES, Surroundings, service_environment
from deploy.keys import make_keys
from deploy.places import LOOPBACK

_NOWHERE = f"{LOOPBACK}:1"


def write_document(target: Path) -> None:
    """Merges the documents of all services. Raises ValueError when two define a thing differently."""
    whole = merge("Good Offices", [_document_of(service) for service in SERVICES])
    target.write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _document_of(service: str) -> dict[str, Any]:
    """An app is wired with addresses where nothing answers: describing itself, it asks nobody."""
    with tempfile.TemporaryDirectory() as folder:
        surroundings = Surroundings(
            database_urls={service: f"postgresql+psycopg://nobody@{_NOWHERE}/nothing"},
            nats_url=f"nats://{_NOWHERE}",
            keys=make_keys(Path(folder), SERVICES),
            service_urls=dict.fromkeys(SERVICES, f"http://{_NOWHERE}"),
        )
        with patch.dict(os.environ, service_environment(service, surroundings)):
            app = importlib.import_module(f"services.{service}.app").create_app()
            document: dict[str, Any] = app.openapi()
    return document
