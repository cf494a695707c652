"""One line of a log: JSON, with service, request and trace, and without secrets; the libraries' lines, too."""

import json
import os
import subprocess
import sys
from datetime import datetime
from typing import Any

import pytest

SAID = """
import logging

from opentelemetry.trace import SpanKind

from chassis.logs import begin_request, configure_logs, log
from chassis.telemetry import configure_traces, span

configure_logs("liaison", "INFO")
configure_traces("liaison", None)
log("early").info("begun")
begin_request("request-0001")
with span("GET /v1/parties", SpanKind.SERVER, {"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}):
    log("chassis.test").info("answered", status=200, client_secret="s3cret", headers={"Authorization": "Bearer s3cret"})
    logging.getLogger("a.library").warning("cannot reach %s", "postgresql://liaison:s3cret@127.0.0.1:5432/liaison")
    log("chassis.test").debug("too small to say")
    try:
        raise RuntimeError("sent with Bearer s3cret.s3cret and whsec_s3cret")
    except RuntimeError:
        log("chassis.test").exception("failed", attempts=[{"token": "s3cret"}])
"""


@pytest.fixture(scope="module")
def written() -> str:
    """What a process that says all that writes."""
    done = subprocess.run([sys.executable, "-c", SAID], capture_output=True, text=True, timeout=60, check=True, env=dict(os.environ))
    assert done.stdout == ""
    return done.stderr


@pytest.fixture
def lines(written: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.splitlines()]


def test_a_line_has_its_place_and_time_and_what_it_belongs_to(lines: list[dict[str, Any]]) -> None:
    line = lines[1]
    assert datetime.fromisoformat(line.pop("timestamp")).utcoffset() is not None
    assert line == {
        "event": "answered",
        "level": "info",
        "logger": "chassis.test",
        "service": "liaison",
        "request_id": "request-0001",
        "trace_id": "0af7651916cd43dd8448eb211c80319c",
        "status": 200,
        "client_secret": "hidden",
        "headers": {"Authorization": "hidden"},
    }


def test_every_line_names_the_service_and_only_those_of_a_request_name_one(lines: list[dict[str, Any]]) -> None:
    assert [line["event"].split(" ")[0] for line in lines] == ["begun", "answered", "cannot", "failed"]
    assert {line["service"] for line in lines} == {"liaison"}
    assert [line["request_id"] for line in lines] == [None] + ["request-0001"] * 3
    assert ["trace_id" in line for line in lines] == [False, True, True, True]


def test_no_secret_is_in_a_line_by_its_name_its_form_or_its_depth(written: str, lines: list[dict[str, Any]]) -> None:
    assert "s3cret" not in written.replace("client_secret", "")
    assert lines[2]["event"] == "cannot reach postgresql://hidden@127.0.0.1:5432/liaison"
    assert "RuntimeError: sent with Bearer hidden and hidden" in lines[3]["exception"]
    assert lines[3]["attempts"] == [{"token": "hidden"}]
