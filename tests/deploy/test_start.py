"""The whole platform is ready in time, on a new folder and on a kept one; `make bench` prints the same figures."""

import pytest

from benchmarks.start import measure


@pytest.mark.timeout(240)
def test_a_fresh_and_a_second_start_are_ready_in_time(capsys: pytest.CaptureFixture[str]) -> None:
    fresh, again = measure()
    with capsys.disabled():
        for each in (fresh, again):
            print(f"\n{each.what}: ready after {each.value:.1f} s (limit {each.peer:.0f})", end="")
    assert fresh.holds, fresh
    assert again.holds, again
