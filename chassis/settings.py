"""What a service is told from outside: environment variables that begin with GOODOFFICES_."""

from pathlib import Path
from typing import Final, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

# For so long messages stay in a stream, and one more day for whoever is late (chassis.bus.streams).
STREAM_DAYS: Final = 7


class Settings(BaseSettings):
    """Settings every service has. Paths name files that hold keys (JWK or JWKS), so that no key is in the environment."""

    model_config = SettingsConfigDict(env_prefix="GOODOFFICES_", extra="ignore")

    service: str
    database_url: SecretStr
    nats_url: SecretStr
    principal_keys: Path
    seal_key: Path
    cursor_secret: SecretStr
    log_level: str = "INFO"
    otlp_endpoint: str | None = None
    # A copy of another service's facts older than this decides nothing (R2, R15).
    stale_after_seconds: float = 5.0
    # How long rows are kept (chassis.retention). Streams are filled again from the outbox, which
    # has to reach back as far as they do; the audit is kept for ever where no days are given.
    outbox_days: int = Field(default=90, ge=STREAM_DAYS + 1)
    inbox_days: int = Field(default=100, ge=2 * STREAM_DAYS + 1)
    idempotency_hours: int = Field(default=24, ge=24)
    audit_days: int | None = Field(default=None, ge=365)

    @model_validator(mode="after")
    def _knows_what_may_come_again(self) -> Self:
        """What is published again, the oldest included, must be known to have been handled."""
        if self.inbox_days < self.outbox_days + STREAM_DAYS:
            raise ValueError(f"inbox_days must be at least outbox_days + {STREAM_DAYS}")
        return self
