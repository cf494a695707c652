"""Where things lie in the project."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
LOCAL = PROJECT / ".local"
WEB = PROJECT / "web" / "dist"
LOOPBACK = "127.0.0.1"
PUBLISHED = PROJECT / "contracts" / "published"
