"""What the gateway is told beyond what every service is."""

from pathlib import Path

from chassis.settings import Settings


class GatewaySettings(Settings):
    """Where the services are, with which keys to vouch, and what the web client is made of."""

    principal_signing_key: Path
    token_key: Path
    liaison_url: str
    reports_url: str
    coordination_url: str
    web_folder: Path
    public_url: str
    webhook_allow_loopback: bool = False
    requests_per_minute: int = 6000
    # Answers of 401 that one address gets in a minute before it has to wait.
    refusals_per_minute: int = 120
    streams_per_client: int = 20
    token_seconds: int = 900
    session_hours: int = 12

    def address_of(self, service: str) -> str:
        """The base URL of a service."""
        addresses = {"liaison": self.liaison_url, "reports": self.reports_url, "coordination": self.coordination_url}
        return addresses[service]
