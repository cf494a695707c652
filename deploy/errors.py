"""What can keep the platform from running. Each message is one line a person can act on."""

from pathlib import Path


class DeployError(Exception):
    """Base of everything the command line reports in one line, with a non-zero exit."""


class ServerFailed(DeployError):
    """PostgreSQL or NATS did not start or did not get ready."""

    def __init__(self, server: str, reason: str) -> None:
        super().__init__(f"{server} did not start: {reason}")


class ServiceFailed(DeployError):
    """A service, or its migration, did not start or did not get ready."""

    def __init__(self, service: str, reason: str) -> None:
        super().__init__(f"{service} did not start: {reason}")
        self.reason = reason


class NotConfigured(DeployError):
    """A command that needs the settings of a service, and was given none."""

    def __init__(self, service: str, path: Path) -> None:
        wanted = "set GOODOFFICES_DATABASE_URL and the others, or start the platform"
        super().__init__(f"no settings for {service}: {wanted} ({path} is missing)")


class DatabaseFailed(DeployError):
    """The server runs, but a service's database could not be made ready; `server_words` name the cause the client was not told."""

    def __init__(self, service: str, error: Exception, server_words: str | None = None) -> None:
        cause = f"; PostgreSQL's own words: {server_words}" if server_words else ""
        super().__init__(f"the database of {service} could not be prepared: {in_one_line(error)}{cause}")


class BackupRefused(DeployError):
    """A backup or a restore that was not begun, or not ended: nothing was overwritten."""


class KeysMissing(DeployError):
    """Databases lost their keys: new ones would end every token, and no seal would verify."""

    def __init__(self, folder: Path, names: list[str]) -> None:
        super().__init__(
            f"keys are missing in {folder}: {', '.join(names)}; put them back from a backup, "
            f"with: cp -p BACKUP/keys/* {folder}/ (they are never made anew beside databases)"
        )


class LoadFailed(DeployError):
    """The exercise data could not be loaded."""

    def __init__(self, reason: str | Exception) -> None:
        super().__init__(f"the exercise data could not be loaded: {reason if isinstance(reason, str) else in_one_line(reason)}")


class PortTaken(DeployError):
    """Another program listens on the port."""

    def __init__(self, port: int) -> None:
        super().__init__(f"port {port} is taken by another program; choose another: make run PORT={port + 1}")


class FolderInUse(DeployError):
    """Another process holds the lock of a server's folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} is in use by another run")


class AlreadyRunning(DeployError):
    """A second start on the same folder."""

    def __init__(self, url: str, pid: int) -> None:
        super().__init__(f"already running at {url} (process {pid})")


class DiskFull(DeployError):
    """Too little free space to start without harm."""

    def __init__(self, folder: Path, free: int, needed: int) -> None:
        mebibyte = 1024 * 1024
        super().__init__(f"only {free // mebibyte} MiB free at {folder}; starting needs {needed // mebibyte} MiB")


def in_one_line(error: Exception) -> str:
    """The class of an error of a library, and what it says, in one line of at most 300 characters."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]
