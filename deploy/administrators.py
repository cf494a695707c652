"""Administrators made and brought back on the machine itself, for a platform that nobody can sign in to as one."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated

import typer

from deploy.environment import take_environment
from deploy.errors import DeployError, in_one_line
from deploy.places import LOCAL

app = typer.Typer(no_args_is_help=True, help="Makes the first administrator, and brings one back.")
Folder = Annotated[Path, typer.Option(help="The folder of the platform, where no GOODOFFICES_… variables are set.")]
Made = tuple[str, str]


@app.command()
def create(name: Annotated[str, typer.Argument(help="How the person is called.")], folder: Folder = LOCAL) -> None:
    """Makes an administrator; the secret is shown this once, and the act stands in the audit trail."""
    from services.gateway.identity.actions import make_administrator

    _show(_run(lambda url: make_administrator(url, name), folder))


@app.command()
def revive(client_id: Annotated[str, typer.Argument(help="The administrator's client id.")], folder: Folder = LOCAL) -> None:
    """Gives an administrator access again: a new secret, all others, tokens and sessions end; the act stands in the audit trail."""
    from services.gateway.identity.actions import revive_administrator

    _show(_run(lambda url: revive_administrator(url, client_id), folder))


def _run(work: Callable[[str], Awaitable[Made]], folder: Path) -> Made:
    from sqlalchemy.exc import SQLAlchemyError

    from chassis.errors import Problem
    from chassis.settings import Settings

    try:
        take_environment(folder, "gateway")
        return asyncio.run(_awaited(work(Settings().database_url.get_secret_value())))
    except Problem as refusal:
        sys.exit(f"error: {refusal.detail}")
    except (DeployError, SQLAlchemyError) as error:
        sys.exit(f"error: {in_one_line(error)}")


async def _awaited(work: Awaitable[Made]) -> Made:
    return await work


def _show(made: Made) -> None:
    client_id, secret = made
    typer.echo(f"client id      {client_id}\nclient secret  {secret}\nThe secret is shown this once.")
