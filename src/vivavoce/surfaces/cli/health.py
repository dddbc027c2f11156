"""`viva doctor`: what works here."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from vivavoce.services import doctor
from vivavoce.surfaces.cli.console import out
from vivavoce.surfaces.cli.context import state

_STYLE = {doctor.State.OK: ("✓", "green"), doctor.State.WARNING: ("!", "yellow"), doctor.State.PROBLEM: ("✗", "red")}


def register(app: typer.Typer) -> None:
    app.command("doctor", rich_help_panel="Your record")(command)


def command(ctx: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Versions, data folder, grader and what works here. Exit code 1 when something is broken."""
    findings = doctor.examine(state(ctx).settings)
    if as_json:
        plain = [{"name": f.name, "state": f.state.value, "found": f.found, "remedy": f.remedy} for f in findings]
        typer.echo(json.dumps(plain, indent=2))
    else:
        for f in findings:
            mark, style = _STYLE[f.state]
            out.print(f"[{style}]{mark}[/] [bold]{f.name}[/]: ", end="")
            out.print(f.found, highlight=False, markup=False)
            if f.remedy:
                out.print(f"    {f.remedy}", style="yellow", markup=False)
    if any(f.state is doctor.State.PROBLEM for f in findings):
        raise typer.Exit(1)
