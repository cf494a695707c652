"""Entity tags a request names: If-Match and If-None-Match are lists (RFC 9110, sections 13.1.1 and 13.1.2)."""

import re
from typing import Final

_TAG: Final = re.compile(r'(W/)?("[^"]*")')


def is_matched(if_match: str, tag: str) -> bool:
    """True when `if_match` is * or lists `tag` ("7"), alone or as shown ("7-…"); weak tags never match here."""
    listed = _TAG.findall(if_match)
    shown = f"{tag[:-1]}-"
    return if_match.strip() == "*" or any(not weak and (each == tag or each.startswith(shown)) for weak, each in listed)


def is_known(if_none_match: str | None, tag: str) -> bool:
    """True when whoever asks holds what `tag` names: it is listed, weak or strong, or the list is *."""
    if if_none_match is None:
        return False
    return if_none_match.strip() == "*" or any(each == tag for _, each in _TAG.findall(if_none_match))
