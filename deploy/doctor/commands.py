"""The command `goodoffices doctor`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from deploy.errors import DeployError
from deploy.places import LOCAL

Folder = Annotated[Path, typer.Option(help="The platform's folder, where no GOODOFFICES_… are set.")]
app = typer.Typer()


@app.command()
def doctor(folder: Folder = LOCAL) -> None:
    """Says what is wrong, with the command that mends it; exit code 1 when something is."""
    from deploy.doctor.examining import LOOKED_AT, examine

    try:
        findings = examine(folder)
    except DeployError as problem:
        sys.exit(f"error: {problem}")
    for finding in findings:
        typer.echo(str(finding))
    if findings:
        sys.exit(1)
    typer.echo(f"all is well: {LOOKED_AT} things were looked at")
