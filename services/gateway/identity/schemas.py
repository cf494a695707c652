"""Identity as it comes in and goes out."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field, SecretStr, computed_field

from contracts.vocabulary import Body, Country, Line, Sensitivity, Slug

ROLES = (
    "analyst",
    "reviewer",
    "head-of-centre",
    "political-officer",
    "coordination-officer",
    "auditor",
    "administrator",
    "office",
    "partner",
    "feed",
)


class ClientBody(Body):
    """A client to make. `countries` with "*" means all."""

    client_id: Slug | None = Field(default=None, description="Left out, one is made from the name.")
    name: Line
    organization: Slug
    roles: list[Slug] = Field(min_length=1, max_length=5, examples=[["analyst"]])
    access: Sensitivity = Sensitivity.unclassified
    countries: list[Country] | list[str] = Field(default=["*"], examples=[["*"]])


class ClientOut(BaseModel):
    """A client, without its secrets."""

    model_config = ConfigDict(from_attributes=True)

    client_id: str
    name: str
    organization: str
    roles: list[str]
    access: Sensitivity
    countries: list[str]
    state: str
    version: int
    created_at: datetime

    @computed_field  # type: ignore[prop-decorator]
    @property
    def id(self) -> str:
        """The client id again, under the name every resource has for its key."""
        return self.client_id


class ClientCreated(ClientOut):
    """A client with its secret, which is shown this once."""

    client_secret: str


class SecretCreated(BaseModel):
    """A further secret of a client, shown this once; the older of two others has ended."""

    client_id: str
    client_secret: str


class SignIn(Body):
    """The credentials a person signs in with."""

    client_id: Line
    client_secret: SecretStr


class Token(BaseModel):
    """An access token (RFC 6749)."""

    access_token: str
    token_type: str = "Bearer"  # noqa: S105 - the type's name, no secret
    expires_in: int
    scope: str = Field(default="read write", description="What it may be used for.")


class WhoAmI(BaseModel):
    """Who the caller is, and what it may do."""

    client_id: str
    name: str
    organization: str
    roles: list[str]
    access: Sensitivity
    countries: list[str]
    permissions: list[str]
