"""Tells a person what happens: a spinner on a terminal, plain lines elsewhere."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Progress:
    """Steps with their time, and single lines; everything goes to standard output at once."""

    def __init__(self) -> None:
        self._lively = sys.stdout.isatty()

    def say(self, line: str) -> None:
        """One line."""
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    def fail(self, line: str) -> None:
        """One line on standard error."""
        sys.stderr.write(f"error: {line}\n")
        sys.stderr.flush()

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Shows the step while it runs and its seconds when it is done; a failed step leaves no line."""
        begun = time.monotonic()
        if self._lively:
            with self._spinner(title):
                yield
        else:
            yield
        self.say(f"{title}: {time.monotonic() - begun:.1f} s")

    @contextmanager
    def _spinner(self, title: str) -> Iterator[None]:
        from rich.console import Console

        with Console().status(f"{title} …"):
            yield
