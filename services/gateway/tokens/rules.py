"""What a token request asks for, pure (RFC 6749, sections 2.3.1 and 4.4)."""

import base64
import binascii
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import unquote_plus

from services.gateway.identity.rules import AUDIENCE, SCOPES
from services.gateway.tokens.errors import (
    InvalidClient,
    InvalidScope,
    InvalidTarget,
    TokenRefused,
    UnsupportedGrant,
)


class Credentials(NamedTuple):
    """Who asks, as it says."""

    client_id: str
    client_secret: str


def read_form(sent: list[tuple[str, str]]) -> dict[str, str]:
    """The parameters of a form; TokenRefused for one that stands twice (RFC 6749, section 3.2)."""
    if any(count > 1 for count in Counter(name for name, _ in sent).values()):
        raise TokenRefused("Send each parameter once.")
    return {name: value for name, value in sent if value}


def read_credentials(form: Mapping[str, str], authorization: str) -> Credentials:
    """Client id and secret from a Basic header, each form-encoded there, or from the form."""
    if not authorization.lower().startswith("basic "):
        return Credentials(form.get("client_id", ""), form.get("client_secret", ""))
    if "client_secret" in form:
        raise TokenRefused("Send the credentials in one place: the header or the body.")
    try:
        name, _, secret = base64.b64decode(authorization[6:], validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise InvalidClient from error
    return Credentials(unquote_plus(name), unquote_plus(secret))


def check_grant(form: Mapping[str, str]) -> frozenset[str]:
    """The scopes to give: those asked for, or all.

    Raises TokenRefused, UnsupportedGrant, InvalidScope or InvalidTarget.
    """
    if "grant_type" not in form:
        raise TokenRefused("grant_type is missing. Send grant_type=client_credentials.")
    if form["grant_type"] != "client_credentials":
        raise UnsupportedGrant
    if {form.get("audience", AUDIENCE), form.get("resource", AUDIENCE)} != {AUDIENCE}:
        raise InvalidTarget(AUDIENCE)
    asked = frozenset(form.get("scope", "").split())
    if asked - SCOPES:
        raise InvalidScope(" ".join(sorted(SCOPES)))
    return asked or SCOPES
