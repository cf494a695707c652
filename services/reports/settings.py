"""What reports is told beyond what every service is."""

import json
from pathlib import Path

from pydantic import TypeAdapter

from chassis.settings import Settings
from services.reports.feeds.adapters.credentials import Credentials

_FILE = TypeAdapter(dict[str, Credentials])


class ReportsSettings(Settings):
    """`feed_credentials` is a JSON file, by the names that feeds give: no password is in the environment or the database."""

    feed_credentials: Path | None = None
    feed_allow_loopback: bool = False
    feed_pull_seconds: float = 120.0
    feed_max_bytes: int = 64 * 1024 * 1024

    def read_credentials(self) -> dict[str, Credentials]:
        """The credentials of feeds by name, read anew: who changes the file need not restart. Empty without a file."""
        if self.feed_credentials is None:
            return {}
        return _FILE.validate_python(json.loads(self.feed_credentials.read_text()))
