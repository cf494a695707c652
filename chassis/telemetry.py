"""Traces, sent to an OpenTelemetry collector where one is configured; trace ids are in logs and events either way."""

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor


def configure_traces(service: str, endpoint: str | None) -> None:
    """Begin tracing as `service`; spans leave only when `endpoint` (OTLP over HTTP) is set."""
    provider = TracerProvider(resource=Resource.create({"service.name": f"goodoffices-{service}"}))
    if endpoint:
        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=f"{endpoint}/v1/traces")))
    trace.set_tracer_provider(provider)
