"""Which service owns which collection, what is open, and which headers travel, pure."""

import re

OPEN = frozenset(
    {"/oauth2/token", "/oauth2/revoke", "/v1/session", "/healthz", "/readyz", "/metrics", "/v1/openapi.json", "/v1/asyncapi.json"}
)
_FEED = re.compile(r"/v1/calendar-feeds/[^/]+\.ics")
COLLECTIONS = {
    "liaison": "parties contacts screenings sanctions-list concurrences engagements notes-to-file commitments correspondence handovers"
    " calendar calendar.ics",
    "reports": "feeds submissions observations incidents triage efforts indicators alerts reports freshness places searches persons"
    " names-shown",
    "coordination": "organizations mandates packages standing-orders release-decisions requests initiatives objectives"
    " activities guidance support-requests coverage",
}
OWNERS = {collection: service for service, collections in COLLECTIONS.items() for collection in collections.split()}
# RFC 9110, section 7.6.1, and what is the hop's own business.
_HOP_BY_HOP = {
    b"connection", b"keep-alive", b"proxy-authenticate", b"proxy-authorization", b"te", b"trailer", b"transfer-encoding", b"upgrade",
}  # fmt: skip
_NEVER_FORWARDED = _HOP_BY_HOP | {
    b"host", b"authorization", b"cookie", b"x-goodoffices-principal", b"x-goodoffices-origin",
    b"x-request-id", b"traceparent", b"tracestate", b"accept-encoding",
}  # fmt: skip
# What the gateway says itself, of its own part.
_NEVER_RETURNED = _HOP_BY_HOP | {b"x-request-id", b"traceparent", b"tracestate", b"server", b"date"}
Headers = list[tuple[bytes, bytes]]


def is_open(path: str) -> bool:
    """Whether a path is answered before anybody is known. The address of a calendar feed is itself the credential."""
    return path in OPEN or _FEED.fullmatch(path) is not None


def owner_of(path: str) -> str | None:
    """The service that owns the collection in `/v1/<collection>/…`; None for the gateway's own and unknown ones."""
    parts = path.split("/", 3)
    return OWNERS.get(parts[2]) if len(parts) > 2 and parts[1] == "v1" else None


def request_headers(headers: Headers, own: dict[str, str]) -> list[tuple[str, str]]:
    """What goes on to the service, with the gateway's `own` words: never the caller's credentials, never a principal it made up."""
    kept = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers if name not in _NEVER_FORWARDED]
    return [*kept, *own.items()]


def response_headers(raw: Headers) -> Headers:
    """What goes back to the caller."""
    return [(name.lower(), value) for name, value in raw if name.lower() not in _NEVER_RETURNED]
