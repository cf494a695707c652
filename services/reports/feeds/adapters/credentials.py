"""What it takes to be let in where a feed is fetched."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr


class _Credentials(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Header(_Credentials):
    """A value in a header of every request: `Authorization: Bearer …`, `x-ucdp-access-token: …`."""

    kind: Literal["header"]
    name: str = "Authorization"
    value: SecretStr


class Parameter(_Credentials):
    """A value in the query of every request: ReliefWeb's `appname`."""

    kind: Literal["parameter"]
    name: str
    value: SecretStr


class OAuthPassword(_Credentials):
    """A token asked for by name and password (OAuth 2.0, section 4.3 of RFC 6749), as ACLED does it."""

    kind: Literal["oauth-password"]
    token_url: str
    client_id: str
    username: str
    password: SecretStr


Credentials = Annotated[Header | Parameter | OAuthPassword, Field(discriminator="kind")]
