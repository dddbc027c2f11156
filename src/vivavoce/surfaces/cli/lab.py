"""`viva lab ...`: claims put to the test on your own machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, TypeAlias

import typer
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from vivavoce.domain.errors import BadInputError
from vivavoce.domain.lab import RunState
from vivavoce.services.experiment import RunView
from vivavoce.services.lab_export import as_csv
from vivavoce.services.labs import LabCard, LabPage, lab_cards, lab_page, read_seeds, read_settings
from vivavoce.services.predict import Compared, compare
from vivavoce.services.workspace import Workspace
from vivavoce.surfaces.cli.choices import AREA, CONCEPT, lab_items
from vivavoce.surfaces.cli.console import err, interactive, out, print_table
from vivavoce.surfaces.cli.context import state
from vivavoce.surfaces.cli.lab_predict import ask_predictions
from vivavoce.surfaces.cli.lab_render import lab_view, outcomes_text, plain_run, verdict_view
from vivavoce.surfaces.cli.render import counted
from vivavoce.surfaces.plots.lab_figure import figure_png, figure_svg

group = typer.Typer(help="Labs: run the experiment that supports or refutes a claim.", no_args_is_help=True)

ITEM: TypeAlias = Annotated[str, typer.Argument(help="A lab, such as cnn/shift-pooling.", autocompletion=lab_items)]
JSON: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_PICTURES = (".svg", ".png")


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="lab", rich_help_panel="Study")


@group.command("list")
def list_(ctx: typer.Context, concept: CONCEPT = "", area: AREA = "", as_json: JSON = False) -> None:
    """List the labs, with what came of their claims."""
    with state(ctx).workspace() as ws:
        if concept:
            concept = ws.library.bank.concept(concept).id
        found = [card for card in lab_cards(ws) if concept in ("", card.concept.id) and area in ("", card.concept.area)]
    if as_json:
        typer.echo(json.dumps([_plain(card) for card in found], indent=2, ensure_ascii=False))
        return
    if not found:
        out.print("No lab fits these filters.")
        raise typer.Exit(1)
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("lab", overflow="fold")
    table.add_column("question", overflow="fold", ratio=2)
    table.add_column("outcomes of its claims", overflow="fold", ratio=1)
    table.add_column("proof", no_wrap=True)
    lacking = any(card.missing for card in found)
    if lacking:
        table.add_column("missing", overflow="fold")
    for card in found:
        row: list[str | Text] = [str(card.lab.id), Text(card.lab.question), outcomes_text(card.standing), _proof(card)]
        table.add_row(*row, *([", ".join(card.missing)] if lacking else []))
    print_table(table)
    out.print(f"\n{counted(len(found), 'lab')}. `viva lab run ITEM` runs one.", style="bright_black")


@group.command()
def show(ctx: typer.Context, item: ITEM) -> None:
    """Print what a lab asks and how, what came of its claims, and what can be changed."""
    with state(ctx).workspace() as ws:
        lab_view(out, lab_page(ws, item))


@group.command()
def run(
    ctx: typer.Context,
    item: ITEM,
    seeds: Annotated[str, typer.Option(help="How many seeds, 2 to 256, instead of looks at 8, 16 and 32.")] = "",
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="A parameter, such as depth=30; may be given again.")
    ] = None,
    plot: Annotated[Path | None, typer.Option(help="Write the picture there: .svg or .png.")] = None,
    csv: Annotated[Path | None, typer.Option(help="Write every seed's numbers there.")] = None,
    prediction: Annotated[
        bool, typer.Option("--predict/--no-predict", help="In a terminal, ask first what will come.")
    ] = True,
    as_json: JSON = False,
) -> None:
    """Run a lab and print its verdict. Ctrl-C ends it and keeps what was measured.

    Exit code 0 when it ran to its end, whatever the outcome; 1 when it failed or ran out of time.
    """
    with state(ctx).workspace() as ws:
        page = lab_page(ws, item)
        settings = read_settings(page.lab, _pairs(set_ or []))
        number = read_seeds(seeds)
        _require_places(plot, csv)
        if prediction and not as_json and interactive() and not page.advice:
            ask_predictions(ws, page)
        run_id = ws.labs.start(page.lab.id, settings, number)
        view = _waited(ws, run_id, page, quiet=as_json)
        page = lab_page(ws, item)
        compared = _compared(page, view)
        if as_json:
            typer.echo(json.dumps(plain_run(page, view, compared), indent=2, ensure_ascii=False))
        else:
            verdict_view(out, page, view, compared)
        _write(page, view, plot, csv)
    if view.state is RunState.CANCELLED:
        raise typer.Exit(130)
    if view.state is not RunState.FINISHED:
        raise typer.Exit(1)


def _waited(ws: Workspace, run_id: str, page: LabPage, *, quiet: bool) -> RunView:
    """The run when it is over, with a bar meanwhile. Ctrl-C cancels it; a second one leaves at once."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[left]}"),
        console=err,
        transient=True,
        disable=quiet or not err.is_terminal,
    )
    with bar:
        task = bar.add_task("starting", total=None, left="")

        def show_step(view: RunView) -> None:
            left = "" if view.seconds_left is None else f"about {view.seconds_left:.0f} s left"
            words = f"seed {view.done} of {view.planned}" if view.done else "starting"
            bar.update(task, description=words, completed=view.done, total=view.planned, left=left)

        try:
            return ws.labs.wait(run_id, show_step)
        except KeyboardInterrupt:
            ws.labs.cancel(run_id)
            return ws.labs.wait(run_id, show_step)


def _compared(page: LabPage, view: RunView) -> dict[str, Compared]:
    found = {name: compare(page.lab, p, view.result) for name, p in page.predictions.items()}
    return {name: compared for name, compared in found.items() if compared is not None}


def _pairs(given: list[str]) -> dict[str, str]:
    """`name=value` texts as a dictionary. Raises `BadInputError`."""
    pairs = {}
    for text in given:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise BadInputError(f"--set {text[:60]!r} sets nothing; write it as name=value, such as depth=30")
        pairs[name.strip()] = value.strip()
    return pairs


def _require_places(plot: Path | None, csv: Path | None) -> None:
    """Before the wait, not after. Raises `BadInputError`."""
    if plot is not None and plot.suffix.lower() not in _PICTURES:
        raise BadInputError(f"--plot {plot} is no kind of picture that is written; end it with .svg or .png")
    for file in filter(None, (plot, csv)):
        if not file.parent.is_dir():
            raise BadInputError(f"{file} cannot be written: there is no folder {file.parent}")


def _write(page: LabPage, view: RunView, plot: Path | None, csv: Path | None) -> None:
    try:
        if csv is not None:
            csv.write_text(as_csv(page.lab, view.result), encoding="utf-8")
        if plot is not None and not view.result.ruled:
            err.print(f"There is nothing to draw in {plot} yet.", style="yellow", markup=False)
            plot = None
        if plot is not None and plot.suffix.lower() == ".png":
            plot.write_bytes(figure_png(page.lab, view.result))
        elif plot is not None:
            plot.write_text(figure_svg(page.lab, view.result), encoding="utf-8")
    except OSError as error:
        raise BadInputError(
            f"{error.filename} cannot be written: {error.strerror}; "
            f"the run is kept: `viva lab export {view.run.id[:8]}`"
        ) from None
    for file in filter(None, (plot, csv)):
        err.print(f"Wrote {file}.", style="bright_black", markup=False)


def _proof(card: LabCard) -> str:
    return f"{card.at[:10]} {'yours' if card.own else 'recorded'}" if card.at else "none"


def _plain(card: LabCard) -> dict[str, object]:
    return {
        "item": str(card.lab.id),
        "question": card.lab.question,
        "claims": {
            name: {"says": claim.says, "outcome": card.standing[name].value if name in card.standing else None}
            for name, claim in card.lab.claims.items()
        },
        "own": card.own,
        "at": card.at or None,
        "missing": list(card.missing),
        "parameters": {
            p.name: {"default": p.default, "low": p.low, "high": p.high, "unit": p.unit, "choices": list(p.choices)}
            for p in card.lab.parameters.values()
        },
    }
