"""Structured logs: one JSON object a line, each with service, request and trace; never a secret, never a body."""

import logging
import re
import sys
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

import structlog
from opentelemetry import trace
from structlog.typing import EventDict, Processor, WrappedLogger

_request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
_HIDDEN = ("authorization", "cookie", "password", "secret", "token")
# Secrets inside text: of an address with a password, of a header, of a webhook.
_SECRETS = re.compile(r"(?<=://)[^\s:/@]*:[^\s/@]+(?=@)|(?<=bearer )[\w.~+/=-]+|(?<=basic )[\w+/=]{8,}|whsec_[\w+/=]+", re.IGNORECASE)


def current_request_id() -> str | None:
    """The id of the request or event being served."""
    return _request_id.get()


def begin_request(request_id: str) -> None:
    """Name what the following lines and events belong to."""
    _request_id.set(request_id)


def _name_service(service: str) -> Processor:
    """A process is one service: its name is a constant of its lines, and depends on no context."""

    def add(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
        return {**line, "service": service}

    return add


def _add_context(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    line["request_id"] = current_request_id()
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        line["trace_id"] = f"{context.trace_id:032x}"
    return line


def _hide_secrets(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    hidden: EventDict = _hide(dict(line))
    return hidden


def _hide(value: Any) -> Any:
    """`value` without what is secret by its name or by its form, however deep it lies."""
    if isinstance(value, Mapping):
        return {key: "hidden" if any(word in str(key).lower() for word in _HIDDEN) else _hide(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_hide(each) for each in value]
    return _SECRETS.sub("hidden", value) if isinstance(value, str) else value


def configure_logs(service: str, level: str) -> None:
    """Send everything, the libraries' lines too, to standard error as JSON."""
    steps: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _name_service(service),
        _add_context,
        structlog.processors.format_exc_info,
        _hide_secrets,
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *steps, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=steps,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.JSONRenderer()],
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    logging.getLogger("httpx").setLevel("WARNING")


def log(name: str) -> structlog.stdlib.BoundLogger:
    """The logger of a module."""
    logger: structlog.stdlib.BoundLogger = structlog.get_logger(name)
    return logger
