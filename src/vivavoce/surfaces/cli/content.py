"""`viva content new|check|coverage`: for those who write questions."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from vivavoce.services.author import begin, cover, coverage_text
from vivavoce.services.check_content import Checked, check_content, default_grader, lab_runner
from vivavoce.services.judge_host import JudgeHost
from vivavoce.services.meaning import meaning_of
from vivavoce.surfaces.cli.console import err
from vivavoce.surfaces.cli.context import state

group = typer.Typer(help="Write questions: begin them, check them, compare with a syllabus.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="content", rich_help_panel="Write")


@group.command()
def new(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="An item id such as dropout/why-scale, or a new concept's id.")],
    pack: Annotated[Path | None, typer.Option(help="The pack's folder, made when missing; else our own bank.")] = None,
    estimate: Annotated[bool, typer.Option("--estimate", help="A question whose numbers are drawn.")] = False,
) -> None:
    """Make the files of a new question or concept from a template."""
    folder = pack or state(ctx).library().folders[0]
    for path in begin(folder, name, estimate=estimate):
        typer.echo(path)
    err.print("Fill in every TODO, then run `viva content check`.", style="bright_black")


@group.command()
def check(
    ctx: typer.Context,
    targets: Annotated[
        list[str] | None, typer.Argument(help="Packs, concept folders or concept ids; without one, every pack.")
    ] = None,
    grade: Annotated[bool, typer.Option(help="Also run the grader over samples and model answers.")] = True,
    judge: Annotated[bool, typer.Option(help="Also execute exercises and cases, planted mistakes included.")] = True,
    labs: Annotated[bool, typer.Option(help="Also run every lab with a few seeds, twice.")] = True,
    warnings: Annotated[bool, typer.Option(help="Show warnings too.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say with place, reason and remedy what is wrong. Exit code 1 when there are errors."""
    library = state(ctx).library()
    for offer in library.packs:
        if offer.problem:
            err.print(f"[yellow]pack {offer.origin}: {offer.problem}[/]")
    checked = _check(library.folders, targets or [], grade, judge, labs)
    typer.echo(checked.json() if as_json else checked.text(warnings=warnings))
    counts = (checked.concepts, checked.questions, checked.exercises, checked.labs)
    err.print(
        "{} concepts, {} questions, {} exercises and cases, {} labs looked at.".format(*counts), style="bright_black"
    )
    if checked.failed:
        raise typer.Exit(1)


def _check(folders: tuple[Path, ...], targets: list[str], grade: bool, judge: bool, labs: bool) -> Checked:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True, disable=not sys.stderr.isatty()) as bar:
        answers = bar.add_task("grading answers", total=None, visible=grade)
        exercises = bar.add_task("executing exercises", total=None, visible=judge)
        experiments = bar.add_task("running labs", total=None, visible=labs)
        with closing(JudgeHost()) as host:
            return check_content(
                folders,
                targets,
                grader=default_grader() if grade else None,
                graded=lambda done, total: bar.update(answers, completed=done, total=total),
                judging=host if judge else None,
                judged=lambda done, total: bar.update(exercises, completed=done, total=total),
                labs=lab_runner() if labs else None,
                ran=lambda done, total: bar.update(experiments, completed=done, total=total),
                meaning=meaning_of if grade else None,
            )


@group.command()
def coverage(
    ctx: typer.Context,
    syllabus: Annotated[Path, typer.Argument(help="A YAML list of entries with id, asks, points, disputed, runs.")],
    everything: Annotated[bool, typer.Option("--all", help="Also the rows that are covered.")] = False,
) -> None:
    """Print each row of a syllabus with the items that cover it (by words and meaning: a person confirms)."""
    with err.status("Comparing row by row; a minute or two ..."):
        found = cover(state(ctx).library().folders, syllabus)
    typer.echo(coverage_text(found, everything=everything))
