"""Whether the seals a service shows are those it announced, pure (R17)."""

from collections.abc import Mapping


def difference(sealed: Mapping[int, str], announced: Mapping[int, str]) -> str | None:
    """The first place at which a service's newest seals (number: root) are not those the gateway
    was told before it asked; None where they are.

    Both are all from some number on; what comes before the higher one of those is not looked at.
    """
    last = max(announced, default=0)
    begin = max(min(sealed, default=1), min(announced, default=1))
    for number in range(begin, last + 1):
        if number not in sealed:
            return f"seal {number} was announced and is missing"
        if number not in announced:
            return f"seal {number} was never announced, though later ones were"
        if sealed[number] != announced[number]:
            return f"seal {number} is not the one that was announced"
    return None
