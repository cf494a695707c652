"""What is traced while something runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter


@contextmanager
def traced() -> Iterator[InMemorySpanExporter]:
    """The spans of this process from now on. A provider keeps its processors; a closed one takes nothing more."""
    exporter = InMemorySpanExporter()
    _provider().add_span_processor(SimpleSpanProcessor(exporter))
    yield exporter
    exporter.shutdown()


@cache
def _provider() -> TracerProvider:
    """Traces are switched on once for a process, as a configured collector would."""
    provider = TracerProvider()
    trace.set_tracer_provider(provider)
    return provider
