"""`goodoffices handover …`: a closing office's package in, our own out, and receipts signed and verified offline.

`import` and `export` work on liaison's database by its settings, GOODOFFICES_… variables, as the service itself does.
"""

import asyncio
import json
import sys
from collections.abc import Coroutine
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from chassis.errors import Problem
from contracts.vocabulary import CENTRE

if TYPE_CHECKING:
    from services.liaison.handover.schemas import Reconciliation

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Hand-over from a closing office, and of our own (R19).")
Result = TypeVar("Result")
_console = Console()


@app.command("import")
def import_package(package: Path, dry_run: Annotated[bool, typer.Option(help="Say what would be placed; place nothing.")] = False) -> None:
    """Takes in a package (folder, .zip or .tar.gz) and places it; run again after an interruption, it goes on."""
    if dry_run:
        from services.liaison.handover.actions.foreseeing import foresee_source

        _show_forecast(_tell_problems(asyncio.to_thread(foresee_source, package)))
    else:
        _show_reconciliation(_tell_problems(_import(package)))


async def _import(package: Path) -> "Reconciliation":
    from services.liaison.app import SERVICE
    from services.liaison.handover.actions.running import Importer
    from services.liaison.settings import LiaisonSettings

    settings = LiaisonSettings()
    database = SERVICE.connect(settings.database_url.get_secret_value())
    async with Importer.open(database, settings.packages_folder) as importer:
        total = await importer.receive(package)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=_console) as progress:
            task = progress.add_task("Placing records", total=total)
            async for processed in importer.run():
                progress.update(task, completed=processed)
        return await importer.reconciliation()


@app.command("export")
def export_package(
    to: Annotated[Path, typer.Option(help="A new folder for the package.")],
    begin: Annotated[str, typer.Option(help="The first day it speaks of, YYYY-MM-DD.")],
    end: Annotated[str, typer.Option(help="The last day.")],
    countries: Annotated[str, typer.Option(help="The countries of our office, separated by commas.")] = "KAZ,KGZ,TJK,TKM,UZB",
    custodian: Annotated[str | None, typer.Option(help="Who answers for it when our office is gone.")] = None,
) -> None:
    """Makes a package of our own office, as the named principal system:handover-export."""
    from services.liaison.handover.schemas import ExportBody

    name = "United Nations Regional Centre for Preventive Diplomacy for Central Asia"
    period = {"period_begin": date.fromisoformat(begin), "period_end": date.fromisoformat(end)}
    body = ExportBody(office=CENTRE, name=name, countries=countries.split(","), custodian=custodian, **period)
    typer.echo(f"{to}: {_tell_problems(_export(to, body))}")


async def _export(to: Path, body: Any) -> str:
    from services.liaison.app import SERVICE
    from services.liaison.handover.actions.exporting import EXPORTER, export_package
    from services.liaison.settings import LiaisonSettings

    database = SERVICE.connect(LiaisonSettings().database_url.get_secret_value())
    try:
        async with database.transaction(EXPORTER) as session:
            return await export_package(session, to, body)
    finally:
        await database.close()


@app.command("sign-receipt")
def sign_receipt(receipt: Path, key: Path, name: Annotated[str, typer.Option(help="Who signs for the giving office.")]) -> None:
    """Signs a receipt for the giving office, offline; prints what `/countersign` takes."""
    from services.liaison.handover.rules.receipts import read_key, sign

    private = read_key(json.loads(key.read_text()))
    signature = sign(json.loads(receipt.read_text()), "giver", name, private)["signature"]
    typer.echo(json.dumps({"name": name, "key": private.as_dict(private=False), "signature": signature}, ensure_ascii=False))


@app.command("verify-receipt")
def verify_receipt(receipt: Path, keys: Annotated[Path, typer.Option(help="A JWKS with the two offices' public keys.")]) -> None:
    """Verifies a receipt offline: both offices signed exactly this."""
    from services.liaison.handover.rules.receipts import problems_of

    problems = problems_of(json.loads(receipt.read_text()), json.loads(keys.read_text()))
    for problem in problems:
        typer.echo(f"error: {problem}", err=True)
    sys.exit(1 if problems else 0)


def _tell_problems(work: Coroutine[Any, Any, Result]) -> Result:
    """What `work` gives; a refusal, with each of its flaws, ends the command."""
    try:
        return asyncio.run(work)
    except Problem as problem:
        typer.echo(f"error: {problem.detail}", err=True)
        for flaw in problem.extra.get("errors", []):
            typer.echo(f"  {flaw['pointer']} {flaw['detail']}", err=True)
    except FileExistsError as error:
        typer.echo(f"error: {error.filename} is there already", err=True)
    sys.exit(1)


def _show_forecast(forecast: list[dict[str, Any]]) -> None:
    table = Table("series", "kind", "would be placed", "would go to quarantine", title="Dry run: nothing was written")
    for each in forecast:
        table.add_row(each["series"], each["kind"], f"{each['would_place']:,}", f"{each['would_quarantine']:,}")
    _console.print(table)
    for each in forecast:
        for flaw in each["flaws"]:
            _console.print(f"{each['series']}, line {flaw['line']}: {flaw['pointer']} {flaw['reason']}", markup=False)


def _show_reconciliation(found: "Reconciliation") -> None:
    columns = ("kind", "in_package", "placed", "matched", "kept", "quarantined", "elsewhere", "waiting")
    table = Table(*columns, title="Reconciliation")
    for kind in found.kinds:
        table.add_row(*(str(getattr(kind, column)) for column in columns))
    _console.print(table)
