"""The commands `goodoffices backup` and `goodoffices restore`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from deploy.errors import DeployError
from deploy.places import LOCAL

Folder = Annotated[Path, typer.Option(help="The platform's folder, where no …_ADMIN_URL is set.")]
Force = Annotated[bool, typer.Option("--force", help="Move what is in the folder aside.")]
Target = Annotated[Path, typer.Argument(help="A new folder.")]
app = typer.Typer()


@app.command()
def backup(target: Target, folder: Folder = LOCAL) -> None:
    """Saves databases, keys and packages of one moment, also while the platform runs."""
    from deploy.backups.saving import save

    try:
        manifest = save(target, folder)
    except (DeployError, OSError) as problem:
        sys.exit(f"error: {problem}")
    what = f"{len(manifest.files)} files of {manifest.made_at}"
    typer.echo(f"{what} are in {target}; keep it as you keep the keys")


@app.command()
def restore(
    source: Annotated[Path, typer.Argument(help="A backup.")],
    folder: Folder = LOCAL,
    force: Force = False,
) -> None:
    """Makes a platform from a backup, in a folder or databases that are empty; NATS begins anew."""
    from deploy.backups.restoring import restore as restore_backup

    try:
        manifest = restore_backup(source, folder, force, typer.echo)
    except (DeployError, OSError) as problem:
        sys.exit(f"error: {problem}")
    typer.echo(f"restored as of {manifest.made_at}")
    typer.echo("what was revoked or recalled after that is to be done again")
