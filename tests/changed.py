"""The tests of what changed since a commit, one path a line: for `make quick`."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ALWAYS = ("tests/architecture/test_tree.py", "tests/architecture/test_events.py", "tests/contracts")
# What a change there may break is everything; these are quick and see most of it.
OF_ALL = ("tests/chassis/test_operation.py", "tests/chassis/test_strict_requests.py", "tests/architecture/test_api.py")


def changed(since: str) -> list[Path]:
    """Files that differ from `since`, committed or not, new ones too."""
    asked = (["git", "diff", "--name-only", since], ["git", "ls-files", "--others", "--exclude-standard"])
    answers = [subprocess.run(each, capture_output=True, text=True, check=True).stdout for each in asked]
    return [Path(line) for answer in answers for line in answer.splitlines()]


def tests_of(path: Path) -> Iterator[str]:
    """The tests that a change of `path` concerns most."""
    parts = path.parts
    if parts[0] == "tests" and path.name.startswith("test_") and path.is_file():
        yield str(path)
    elif parts[0] == "services" and len(parts) > 3 and (folder := Path("tests", *parts[:3])).is_dir():
        yield str(folder)
    elif parts[0] == "chassis":
        yield from OF_ALL
        yield from map(str, Path("tests/chassis").glob(f"test_{path.stem}*.py"))
    elif parts[0] == "deploy":
        yield from map(str, Path("tests/deploy").glob(f"test_{path.stem}*.py"))


if __name__ == "__main__":
    print("\n".join(sorted({*ALWAYS, *(each for path in changed(sys.argv[1]) for each in tests_of(path))})))
