"""Traces, sent to an OpenTelemetry collector where one is configured; trace ids are in logs and events either way."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

# W3C trace context only: baggage would carry a stranger's words through the platform.
_propagator = TraceContextTextMapPropagator()
_tracer = trace.get_tracer("goodoffices")


def configure_traces(service: str, endpoint: str | None) -> None:
    """Begin tracing as `service`; spans leave only when `endpoint` (OTLP over HTTP) is set."""
    provider = TracerProvider(resource=Resource.create({"service.name": f"goodoffices-{service}"}))
    if endpoint:
        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=f"{endpoint}/v1/traces")))
    trace.set_tracer_provider(provider)


@contextmanager
def span(name: str, kind: SpanKind, cause: Mapping[str, str]) -> Iterator[None]:
    """A span that goes on from where `cause` (headers or an event's traceparent) says it came from, or begins a trace.

    An error marks it by its class only: there may be names of persons in its text (R4).
    """
    begun = _propagator.extract(dict(cause), Context())
    with _tracer.start_as_current_span(name, begun, kind, record_exception=False, set_status_on_exception=False) as current:
        try:
            yield
        except Exception as error:
            current.set_status(StatusCode.ERROR, type(error).__name__)
            raise


def trace_headers() -> dict[str, str]:
    """`traceparent` (and `tracestate`) of the current span, for whoever goes on with the work; empty outside a span."""
    headers: dict[str, str] = {}
    _propagator.inject(headers)
    return headers
