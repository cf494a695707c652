"""The four apps, wired but not running, for tests of what they are made of."""

import importlib
import os
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any
from unittest import mock

from fastapi import FastAPI

from deploy.environment import SERVICES, Surroundings, service_environment
from deploy.keys import make_keys


@lru_cache
def app_of(service: str) -> FastAPI:
    """The app of a service; its addresses lead nowhere."""
    with tempfile.TemporaryDirectory() as folder:
        surroundings = Surroundings(
            database_urls=dict.fromkeys(SERVICES, "postgresql+psycopg://nobody@127.0.0.1:1/nothing"),
            nats_url="nats://127.0.0.1:1",
            keys=make_keys(Path(folder), SERVICES),
            service_urls=dict.fromkeys(SERVICES, "http://127.0.0.1:1"),
        )
        with mock.patch.dict(os.environ, service_environment(service, surroundings) | {"GOODOFFICES_LOG_LEVEL": "CRITICAL"}):
            app: FastAPI = importlib.import_module(f"services.{service}.app").create_app()
    return app


def parameters_of(operation: Any, document: Any) -> list[dict[str, Any]]:
    """The parameters of an operation, those that stand once for many operations among them."""
    shared = document["components"].get("parameters", {})
    found = operation.get("parameters", [])
    return [shared[each["$ref"].rsplit("/", 1)[1]] if "$ref" in each else each for each in found]
