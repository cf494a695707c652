"""What the gateway is told beyond what every service is."""

from datetime import timedelta
from pathlib import Path

from pydantic import Field, SecretStr

from chassis.retention import Bound
from chassis.settings import Settings


class GatewaySettings(Settings):
    """Where the services are, with which keys to vouch, and what the web client is made of."""

    principal_signing_key: Path
    token_key: Path
    # A JWKS: the public keys of all services' seals, old ones too, each with its `service`.
    seal_keys: Path
    liaison_url: str
    reports_url: str
    coordination_url: str
    web_folder: Path
    public_url: str
    # What the secrets of webhooks are derived from. Without it they are derived from the secret of
    # cursors, as before there was one: give it that value once, and rotate either by itself.
    webhook_secret: SecretStr | None = None
    webhook_allow_loopback: bool = False
    requests_per_minute: int = 6000
    # Answers of 401 that one address gets in a minute before it has to wait.
    refusals_per_minute: int = 120
    streams_per_client: int = 20
    # How long events are streamed from behind a Last-Event-ID (`reset` for older ones), deliveries
    # stand in the log, and sessions that ended are remembered (chassis.retention).
    event_days: int = Field(default=90, ge=7)
    delivery_days: int = Field(default=90, ge=7)
    session_days: int = Field(default=30, ge=1)
    token_seconds: int = 900
    session_hours: int = 12

    @property
    def webhook_master(self) -> bytes:
        """What the secrets of webhooks are derived from."""
        return (self.webhook_secret or self.cursor_secret).get_secret_value().encode()

    def address_of(self, service: str) -> str:
        """The base URL of a service."""
        addresses = {"liaison": self.liaison_url, "reports": self.reports_url, "coordination": self.coordination_url}
        return addresses[service]

    def bounds(self) -> list[Bound]:
        """How long rows of the gateway's own tables are kept; a revoked token until an hour behind its end."""
        return [
            Bound("events", timedelta(days=self.event_days)),
            Bound("webhook_deliveries", timedelta(days=self.delivery_days)),
            Bound("revoked_tokens", timedelta(hours=1)),
            Bound("browser_sessions", timedelta(days=self.session_days)),
        ]
