"""Structured logs: one JSON object a line, each with service, request and trace; never a secret, never a body."""

import logging
import sys
from contextvars import ContextVar

import structlog
from opentelemetry import trace
from structlog.typing import EventDict, Processor, WrappedLogger

_request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
_HIDDEN = ("authorization", "cookie", "password", "secret", "token")


def current_request_id() -> str | None:
    """The id of the request or event being served."""
    return _request_id.get()


def begin_request(request_id: str) -> None:
    """Name what the following lines and events belong to."""
    _request_id.set(request_id)


def _add_context(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    line["request_id"] = current_request_id()
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        line["trace_id"] = f"{context.trace_id:032x}"
    return line


def _hide_secrets(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    return {key: "hidden" if any(word in key.lower() for word in _HIDDEN) else value for key, value in line.items()}


def configure_logs(service: str, level: str) -> None:
    """Send everything, the libraries' lines too, to standard error as JSON."""
    steps: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _add_context,
        _hide_secrets,
        structlog.processors.format_exc_info,
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
    structlog.contextvars.bind_contextvars(service=service)


def log(name: str) -> structlog.stdlib.BoundLogger:
    """The logger of a module."""
    logger: structlog.stdlib.BoundLogger = structlog.get_logger(name)
    return logger
