"""What the state machine of talks draws from."""

from datetime import UTC, datetime

from hypothesis import HealthCheck, Verbosity, settings
from hypothesis import strategies as st

from tests.services.liaison.engagements.oracle import EDITABLE, KINDS

STATES = ("KGZ", "TJK")
# Of the others of these tests, none gives a whole class of parties a word on these.
THEMES = ("displacement", "humanitarian")
DAY = datetime(2030, 5, 1, tzinfo=UTC)
EXAMPLES, STEPS = 30, 40
some_themes = st.lists(st.sampled_from(THEMES), min_size=1, unique=True).map(sorted)
some_states = st.lists(st.sampled_from(STATES), min_size=1, unique=True).map(sorted)
some_parties = st.lists(st.integers(0, len(KINDS) - 1), min_size=1, max_size=2, unique=True)
STARTS = {"schedule": ("proposed", "suspended"), "hold": ("scheduled",), "report": ("held",), "cancel": EDITABLE}
which = st.integers(0, 10_000)
some_day = st.integers(0, 3)
officers = st.sampled_from(["ann", "ben", "head"])
PROFILE = settings(
    max_examples=EXAMPLES,
    stateful_step_count=STEPS + 1,
    deadline=None,
    derandomize=True,
    database=None,
    verbosity=Verbosity.quiet,
    suppress_health_check=list(HealthCheck),
)
