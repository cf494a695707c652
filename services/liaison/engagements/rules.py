"""The lifecycle of an engagement, pure: which step leads from where to where."""

STEPS: dict[str, tuple[str, tuple[str, ...]]] = {
    # A suspended engagement is scheduled again by an act of its own; a new grant never resumes anything by itself (R2).
    "schedule": ("scheduled", ("proposed", "suspended")),
    "hold": ("held", ("scheduled",)),
    "report": ("reported", ("held",)),
    "cancel": ("cancelled", ("proposed", "scheduled", "suspended")),
}


def is_allowed(step: str, state: str) -> bool:
    """True when `step` starts from `state`."""
    return state in STEPS[step][1]
