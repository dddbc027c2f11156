"""The command line. One file per command group; `main` turns our errors into one clear line and an exit code.

Exit codes: 0 done; 1 done, and problems were found; 2 the request cannot be carried out as it stands;
3 the database could not do it; 130 interrupted.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from vivavoce import __version__
from vivavoce.domain.errors import StorageError, VivavoceError
from vivavoce.surfaces.cli import bank, claims, code, content, health, lab, lab_proof, learn, records, serve, study
from vivavoce.surfaces.cli.console import err
from vivavoce.surfaces.cli.context import State

app = typer.Typer(
    name="viva",
    help="Prepare for deep-learning interviews, offline. Without a command: start the app in your browser.",
    no_args_is_help=False,
    invoke_without_command=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
bank.register(app)
content.register(app)
study.register(app)
learn.register(app)
code.register(app)
lab.register(app)
lab_proof.register(lab.group)
claims.register(app)
records.register(app)
health.register(app)
serve.register(app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"viva {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    ctx: typer.Context,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port of the app; a free one is taken when it is in use.")
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open the app in your browser.")] = True,
    data_dir: Annotated[
        Path | None, typer.Option(help="Folder of your data, instead of the usual one.", file_okay=False)
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    ctx.obj = State(data_dir)
    if ctx.invoked_subcommand is None:
        serve.start(ctx.obj, port=port, browser=browser)


def main() -> None:
    """Run the command line; our errors become one message on standard error and an exit code."""
    try:
        app()
    except StorageError as error:
        err.print(f"[bold red]Error:[/] {_safe(error)}", highlight=False, soft_wrap=True)
        sys.exit(3)
    except VivavoceError as error:
        err.print(f"[bold red]Error:[/] {_safe(error)}", highlight=False, soft_wrap=True)
        sys.exit(2)
    except KeyboardInterrupt:
        err.print("\nInterrupted.")
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


def _safe(error: Exception) -> str:
    return str(error).replace("[", r"\[")
