"""The command `goodoffices`: one command per service, its migrations, and everything on one machine."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from deploy.administrators import app as administrator
from deploy.backups.commands import app as backups
from deploy.doctor.commands import app as doctor
from deploy.environment import SERVICES, take_environment
from deploy.errors import NotConfigured, ServiceFailed, in_one_line
from deploy.handover import app as handover
from deploy.places import LOCAL, LOOPBACK, PROJECT, PUBLISHED

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
app.add_typer(backups)
app.add_typer(doctor)
app.add_typer(handover, name="handover")
app.add_typer(administrator, name="administrator")


def _known(service: str) -> str:
    if service not in SERVICES:
        raise typer.BadParameter(f"choose one of {', '.join(SERVICES)}")
    return service


def _take_settings(service: str, folder: Path) -> None:
    try:
        take_environment(folder, service)
    except NotConfigured as problem:
        sys.exit(f"error: {problem}")


Service = Annotated[str, typer.Argument(callback=_known, help=f"One of {', '.join(SERVICES)}.")]


@app.command()
def run(service: Service, host: str = LOOPBACK, port: int = 8000) -> None:
    """Serves one service until it is told to stop; its settings come from GOODOFFICES_… variables."""
    from deploy.serving import serve

    serve(service, host, port)


@app.command()
def migrate(service: Service, folder: Path = LOCAL) -> None:
    """Brings a service's database to its newest migration.

    As the owner in GOODOFFICES_MIGRATION_URL, or of the platform in FOLDER.
    """
    from deploy.migrations import upgrade

    kept = folder / "environment" / f"{service}.json"
    if "GOODOFFICES_MIGRATION_URL" not in os.environ and kept.is_file():
        take_environment(folder, service)
    url = os.environ.get("GOODOFFICES_MIGRATION_URL")
    if not url:
        raise typer.BadParameter("set GOODOFFICES_MIGRATION_URL to the owner's address of the database")
    try:
        upgrade(service, url)
    except ServiceFailed as problem:
        sys.exit(f"error: {problem.reason}")


@app.command()
def local(port: int = 8080, folder: Path = LOCAL) -> None:
    """Runs everything on this machine until Ctrl-C, with its data in one folder."""
    from deploy.local import run_until_stopped

    sys.exit(run_until_stopped(folder, port))


@app.command()
def openapi(target: Path) -> None:
    """Writes the platform's OpenAPI document."""
    from deploy.openapi import write_document

    write_document(target)


@app.command()
def release_openapi(folder: Path = PUBLISHED) -> None:
    """Freezes the published OpenAPI document as the last release, that later ones are compared with; refuses a break."""
    from deploy.compatibility import release

    if found := release(folder):
        sys.exit("\n".join(f"error: {line}" for line in found))


@app.command()
def new_migration(service: Service, revision: str, message: str) -> None:
    """Writes a migration from the difference between a service's tables and its migrations."""
    from deploy.migrations import generate

    generate(service, revision, message)


@app.command()
def publish_events(folder: Path = PUBLISHED) -> None:
    """Writes the schemas of new event versions and asyncapi.json; a published version is never written again."""
    from deploy.publishing import publish

    for line in publish(folder):
        typer.echo(line)


@app.command()
def write_reactions(document: Path = PROJECT / "docs" / "architecture.md") -> None:
    """Writes who reacts to what into the document, between its markers."""
    from deploy.reactions import write_table

    write_table(document)


@app.command()
def replay_dead_letters(service: Service, folder: Path = LOCAL) -> None:
    """Lets a service handle the events it had given up once more; settings from GOODOFFICES_… variables, or of the platform in FOLDER."""
    import asyncio

    from sqlalchemy.exc import SQLAlchemyError

    from deploy.replaying import replay

    _take_settings(service, folder)
    try:
        done = asyncio.run(replay(service))
    except SQLAlchemyError as error:
        sys.exit(f"error: {in_one_line(error)}")
    typer.echo(f"{done.handled} events handled, {len(done.failures)} failed again")
    for line in done.failures:
        typer.echo(f"error: {line}", err=True)
    sys.exit(1 if done.failures else 0)


@app.command()
def republish(service: Service, since: str | None = None, folder: Path = LOCAL) -> None:
    """Publishes the events of a service again, of the last week or from SINCE (ISO 8601, with an offset) on.

    Readers pass over what they have handled. Settings from GOODOFFICES_… variables, or of the platform in FOLDER.
    """
    import asyncio

    from sqlalchemy.exc import SQLAlchemyError

    from deploy.republishing import begin_of, republish

    _take_settings(service, folder)
    try:
        typer.echo(asyncio.run(republish(service, begin_of(since))))
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    except SQLAlchemyError as error:
        sys.exit(f"error: {in_one_line(error)}")


@app.command()
def export_audit(service: Service, export: Path, folder: Path = LOCAL) -> None:
    """Writes the sealed audit rows of a service, one batch a line; settings from GOODOFFICES_… variables, or of the platform in FOLDER."""
    import asyncio

    from deploy.auditing import export_trail

    _take_settings(service, folder)
    typer.echo(asyncio.run(export_trail(service, export)))


@app.command()
def export_roots(target: Path, folder: Path = LOCAL) -> None:
    """Writes the roots of all services' seals as the gateway was told them, one a line.

    Export them before the trail. Settings from GOODOFFICES_… variables, or of the platform in FOLDER.
    """
    import asyncio

    from deploy.auditing import export_roots

    _take_settings("gateway", folder)
    typer.echo(asyncio.run(export_roots(target)))


@app.command()
def verify_audit(
    export: Path,
    keys: Path,
    announced: Annotated[Path | None, typer.Option(help="What export-roots wrote.")] = None,
    service: Annotated[str | None, typer.Option(help="Whose it is, if it does not say.")] = None,
) -> None:
    """Verifies an audit export offline, with the service's public key (JWK) or all (JWKS)."""
    from deploy.auditing import verify

    _end_with(verify(export, keys, announced, service))


@app.command()
def verify_proof(proof: Path, keys: Path) -> None:
    """Verifies an inclusion or consistency proof offline, with the public keys (JWKS)."""
    from deploy.auditing import verify_one

    _end_with(verify_one(proof, keys))


def _end_with(problems: list[str]) -> None:
    for problem in problems:
        typer.echo(f"error: {problem}", err=True)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    app()
