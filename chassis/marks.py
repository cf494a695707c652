"""A watermark: what the service that publishes a stream says of it, once a second."""

import json
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Mark:
    """Everything committed before `seen_until`, up to `ordinal` of the outbox, is in `stream`.

    That holds for whoever has read the stream without a gap; chassis.continuity sees to it. `at` is when
    it was said. A mark of a release before this one says `seen_until` only.
    """

    seen_until: datetime
    at: datetime | None = None
    stream: str | None = None
    ordinal: int = 0

    def payload(self) -> bytes:
        """As it goes over the bus."""
        told = {
            "seen_until": self.seen_until.isoformat(),
            "at": self.at.isoformat() if self.at else None,
            "stream": self.stream,
            "ordinal": self.ordinal,
        }
        return json.dumps(told).encode()

    @classmethod
    def read(cls, payload: bytes) -> "Mark":
        """What came over the bus. ValueError or KeyError when it is none."""
        told = json.loads(payload)
        until, at = datetime.fromisoformat(told["seen_until"]), told.get("at")
        return cls(
            seen_until=until,
            at=datetime.fromisoformat(at) if at else None,
            stream=told.get("stream"),
            ordinal=told.get("ordinal", 0),
        )
