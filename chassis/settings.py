"""What a service is told from outside: environment variables that begin with GOODOFFICES_."""

from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


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
