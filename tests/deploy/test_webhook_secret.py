"""The secret of webhooks: a copy of the secret of cursors once, where there was one; then each by itself."""

from pathlib import Path
from uuid import uuid4

import pytest

from deploy.environment import SERVICES
from deploy.keys import make_keys
from services.gateway.webhooks.rules import secret_of
from tests.conftest import environment_of


def test_secrets_that_receivers_hold_survive_the_parting(tmp_path: Path) -> None:
    old = make_keys(tmp_path, SERVICES)
    held, webhook = old.cursor_secret, uuid4()
    before = secret_of(held.encode(), webhook)
    (tmp_path / "webhook-secret").unlink()  # As an installation from before there was one.
    parted = make_keys(tmp_path, SERVICES)
    assert secret_of(parted.webhook_secret.encode(), webhook) == before
    assert (tmp_path / "webhook-secret").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(("rotated", "kept"), [("cursor-secret", "webhook-secret"), ("webhook-secret", "cursor-secret")])
def test_rotating_one_leaves_the_other(tmp_path: Path, rotated: str, kept: str) -> None:
    keys = make_keys(tmp_path, SERVICES)
    assert keys.cursor_secret != keys.webhook_secret
    before = {name: (tmp_path / name).read_text() for name in (rotated, kept)}
    (tmp_path / rotated).write_text("f" * 64)
    again = make_keys(tmp_path, SERVICES)
    assert (tmp_path / kept).read_text() == before[kept]
    assert "f" * 64 in (again.cursor_secret, again.webhook_secret)


def test_without_a_setting_of_its_own_the_old_secret_holds(surroundings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    from services.gateway.settings import GatewaySettings

    with environment_of("gateway", surroundings):  # type: ignore[arg-type]
        own = GatewaySettings()
        monkeypatch.delenv("GOODOFFICES_WEBHOOK_SECRET")
        shared = GatewaySettings()
    assert own.webhook_master != own.cursor_secret.get_secret_value().encode()
    assert shared.webhook_master == shared.cursor_secret.get_secret_value().encode()
