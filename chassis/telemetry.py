"""Traces, sent to an OpenTelemetry collector where one is configured; trace ids are in logs and events either way."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager

from opentelemetry import trace
from opentelemetry.context import Context, attach, detach
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.trace import NonRecordingSpan, SpanContext, SpanKind, StatusCode, TraceFlags
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

# W3C trace context only: baggage would carry a stranger's words through the platform.
_propagator = TraceContextTextMapPropagator()
_tracer = trace.get_tracer("goodoffices")
_ids = RandomIdGenerator()
_SAMPLED = TraceFlags(TraceFlags.SAMPLED)


def configure_traces(service: str, endpoint: str | None) -> None:
    """Begin tracing as `service` where `endpoint` (OTLP over HTTP) is set: elsewhere spans have ids and nothing else."""
    if endpoint:
        provider = TracerProvider(resource=Resource.create({"service.name": f"goodoffices-{service}"}))
        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=f"{endpoint}/v1/traces")))
        trace.set_tracer_provider(provider)


def span(name: str, kind: SpanKind, cause: Mapping[str, str]) -> AbstractContextManager[None]:
    """A span that goes on from where `cause` (headers or an event's traceparent) says it came from, or begins a trace.

    An error marks it by its class only: there may be names of persons in its text (R4).
    """
    begun = _propagator.extract(cause, Context())
    collected = isinstance(trace.get_tracer_provider(), TracerProvider)
    return _recorded(name, begun, kind) if collected else _named(begun)


@contextmanager
def _recorded(name: str, begun: Context, kind: SpanKind) -> Iterator[None]:
    with _tracer.start_as_current_span(name, begun, kind, record_exception=False, set_status_on_exception=False) as current:
        try:
            yield
        except Exception as error:
            current.set_status(StatusCode.ERROR, type(error).__name__)
            raise


@contextmanager
def _named(begun: Context) -> Iterator[None]:
    """Only the ids of a span, for logs, events and whoever goes on with the work: a quarter of what a recorded one costs."""
    cause = trace.get_current_span(begun).get_span_context()
    trace_id, flags = (cause.trace_id, cause.trace_flags) if cause.is_valid else (_ids.generate_trace_id(), _SAMPLED)
    named = SpanContext(trace_id, _ids.generate_span_id(), False, flags, cause.trace_state)
    token = attach(trace.set_span_in_context(NonRecordingSpan(named), begun))
    try:
        yield
    finally:
        detach(token)


def trace_headers() -> dict[str, str]:
    """`traceparent` (and `tracestate`) of the current span, for whoever goes on with the work; empty outside a span."""
    headers: dict[str, str] = {}
    _propagator.inject(headers)
    return headers
