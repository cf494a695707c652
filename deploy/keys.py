"""The keys of a local run: made once, kept in one folder, private files readable by their owner only."""

from dataclasses import dataclass
from pathlib import Path

from deploy.errors import KeysMissing
from deploy.secrets import read_json, read_or_make_secret, write_json, write_private


@dataclass(frozen=True)
class Keys:
    """Where each key lies. Private keys are Ed25519 JWKs; `principal_keys` is a JWKS with the public one."""

    folder: Path

    @property
    def principal_signing(self) -> Path:
        """The gateway signs the internal principals with it."""
        return self.folder / "principal-signing.json"

    @property
    def principal_keys(self) -> Path:
        """The services verify the internal principals with it."""
        return self.folder / "principal-keys.json"

    @property
    def token(self) -> Path:
        """The gateway signs access tokens with it."""
        return self.folder / "token.json"

    def seal(self, service: str) -> Path:
        """The service signs the roots of its audit seals with it."""
        return self.folder / f"seal-{service}.json"

    @property
    def seal_keys(self) -> Path:
        """A JWKS with the public keys of all seals, old ones too: auditors verify with it."""
        return self.folder / "seal-keys.json"

    @property
    def cursor_secret(self) -> str:
        """64 hexadecimal digits that all services sign list cursors with."""
        return read_or_make_secret(self.folder / "cursor-secret")

    @property
    def webhook_secret(self) -> str:
        """64 hexadecimal digits that the gateway derives the secrets of webhooks from."""
        return read_or_make_secret(self.folder / "webhook-secret")


def missing_keys(keys: Keys, services: tuple[str, ...]) -> list[str]:
    """Names of files without which a platform with databases must not start.

    Of the other two, one is made of these, and the other was not there in earlier releases.
    """
    secret = keys.folder / "cursor-secret"
    wanted = [keys.principal_signing, keys.token, *map(keys.seal, services), secret]
    return [path.name for path in wanted if not path.is_file() or not path.stat().st_size]


def open_keys(keys: Keys) -> list[Path]:
    """What others than the owner may read or write: the folder and the files in it."""
    found = [keys.folder, *sorted(keys.folder.iterdir())] if keys.folder.is_dir() else []
    return [path for path in found if path.stat().st_mode & 0o077]


def require_keys(folder: Path, services: tuple[str, ...]) -> None:
    """Raises KeysMissing: lost keys are never made anew beside the databases they belong to."""
    if missing := missing_keys(Keys(folder.resolve()), services):
        raise KeysMissing(folder, missing)


def make_keys(folder: Path, services: tuple[str, ...]) -> Keys:
    """Makes the keys that are missing; those that exist stay as they are."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    keys = Keys(folder.resolve())
    for path in (keys.principal_signing, keys.token, *map(keys.seal, services)):
        if not path.exists():
            _make_private_key(path)
    _publish(keys.principal_signing, keys.principal_keys)
    _publish_seals(keys, services)
    _part_secrets(keys)
    read_or_make_secret(keys.folder / "cursor-secret")
    return keys


def _publish_seals(keys: Keys, services: tuple[str, ...]) -> None:
    """Add the public keys of seals to those that are published; none is ever removed: what it
    sealed goes on verifying after it was replaced."""
    from joserfc.jwk import OKPKey

    path = keys.seal_keys
    told = read_json(path)["keys"] if path.exists() else []
    for service in services:
        key = OKPKey.import_key(read_json(keys.seal(service)))
        key.ensure_kid()
        public = dict(key.as_dict(private=False)) | {"service": service}
        told += [public] if public["kid"] not in {each["kid"] for each in told} else []
    if not path.exists() or told != read_json(path)["keys"]:
        write_json(path, {"keys": told})


def _part_secrets(keys: Keys) -> None:
    """Where webhooks were derived from the secret of cursors, theirs begins as a copy of it, once:
    the secrets that receivers hold stay, and from then on either is rotated by itself."""
    old, own = keys.folder / "cursor-secret", keys.folder / "webhook-secret"
    if old.exists() and not own.exists():
        write_private(own, old.read_text(encoding="utf-8"))
    read_or_make_secret(own)


def _make_private_key(path: Path) -> None:
    from joserfc.jwk import OKPKey

    key = OKPKey.generate_key("Ed25519", {"use": "sig"}, private=True, auto_kid=True)
    write_json(path, dict(key.as_dict(private=True)))


def _publish(private: Path, public: Path) -> None:
    """A JWKS with the public half, so that it always belongs to the private key beside it."""
    from joserfc.jwk import OKPKey

    key = OKPKey.import_key(read_json(private))
    write_json(public, {"keys": [dict(key.as_dict(private=False))]})
