"""`viva code ...`: exercises and cases in the terminal."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Annotated, TypeAlias

import typer
from rich.markdown import Markdown
from rich.table import Table

from vivavoce.domain.errors import BadInputError
from vivavoce.domain.exercise import MAX_CODE_BYTES, JudgeReport, TestResult
from vivavoce.services.disclose import buy_probe, give_up, show_hint, symptom
from vivavoce.services.exercises import ExerciseRow, exercise_rows, exercise_view
from vivavoce.services.judging import CodeAnswer, planned_tests, run_examples, submit_code
from vivavoce.services.outcome_words import rules_say
from vivavoce.services.workspace import Workspace
from vivavoce.surfaces.cli.choices import AREA, CONCEPT, code_items
from vivavoce.surfaces.cli.code_render import plain_report, report_view, test_line
from vivavoce.surfaces.cli.console import err, out, print_table
from vivavoce.surfaces.cli.context import state
from vivavoce.surfaces.cli.exhibits import exhibit_view
from vivavoce.surfaces.cli.render import counted

group = typer.Typer(help="Code exercises and broken runs: list, start, run, submit, watch.", no_args_is_help=True)
FILE = "solution.py"
PAUSE_S = 0.4
"""How often `watch` looks at the file."""
STATE_STYLE = {"new": "cyan", "tried": "yellow", "passed": "green"}

ITEM: TypeAlias = Annotated[
    str, typer.Argument(help="An exercise or case, such as attention/multi-head-attention.", autocompletion=code_items)
]
CODE: TypeAlias = Annotated[Path, typer.Argument(help=f"Your file, such as {FILE}.")]
FRAMEWORK: TypeAlias = Annotated[str, typer.Option(help="numpy or torch, where an exercise has both.")]
JSON: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON.")]
ALL: TypeAlias = Annotated[bool, typer.Option("--all", help="Show every failed test in full.")]


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="code", rich_help_panel="Study")


@group.command("list")
def list_(
    ctx: typer.Context,
    concept: CONCEPT = "",
    area: AREA = "",
    cases: Annotated[bool, typer.Option("--cases", help="Only broken runs to diagnose and fix.")] = False,
    as_json: JSON = False,
) -> None:
    """List exercises and cases, with where you stand."""
    with state(ctx).workspace() as ws:
        if concept:
            concept = ws.library.bank.concept(concept).id
        found = [
            row
            for row in exercise_rows(ws)
            if concept in ("", row.concept.id) and area in ("", row.concept.area) and (row.is_case or not cases)
        ]
    if as_json:
        typer.echo(json.dumps([_plain(row) for row in found], indent=2, ensure_ascii=False))
        return
    if not found:
        out.print("No exercise fits these filters.")
        raise typer.Exit(1)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("item", overflow="fold")
    for name in ("kind", "level", "in", "min", "you"):
        table.add_column(name, no_wrap=True)
    for row in found:
        style = STATE_STYLE[row.state]
        kind = "case" if row.is_case else "exercise"
        frameworks = ", ".join(row.frameworks)
        e = row.exercise
        table.add_row(str(e.id), kind, e.level, frameworks, f"{e.minutes:g}", f"[{style}]{row.state}[/]")
    print_table(table)
    out.print(f"\n{counted(len(found), 'item')}. `viva code start ITEM` writes {FILE} here.", style="bright_black")


@group.command()
def show(ctx: typer.Context, item: ITEM, framework: FRAMEWORK = "") -> None:
    """Print the statement of an exercise, or the story and the symptom of a case."""
    with state(ctx).workspace() as ws:
        view = exercise_view(ws, item, framework)
        e = view.exercise
        out.print(Markdown(f"# {e.title}"))
        where = f"{view.concept.title} · {e.level} · about {e.minutes:g} min · {', '.join(e.variants)}"
        out.print(where, style="bright_black", markup=False)
        if view.case is not None:
            out.print(Markdown(view.case.story))
            for exhibit in symptom(ws, item):
                exhibit_view(out, exhibit)
            out.print(Markdown(f"**Diagnosis.** {view.case.diagnosis.prompt}\n\nAnswer with `viva ask {e.id}`."))
            out.print(Markdown("**The fix.**"))
        out.print(Markdown(e.statement))
        out.print(Markdown("\n".join(f"- {rule}" for rule in rules_say(e, view.framework))))
        out.print(f"Tests reject {view.rejects} of {view.rejects} planted mistakes.", style="bright_black")
        if view.case is not None:
            for probe in view.case.probes.values():
                out.print(f"probe {probe.id} ({probe.cost} points): {probe.says}", markup=False)


@group.command()
def start(
    ctx: typer.Context,
    item: ITEM,
    framework: FRAMEWORK = "",
    file: Annotated[Path, typer.Option("--file", help="Where to write it.")] = Path(FILE),
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Write the starter (for a case: the broken script) as solution.py into the current folder."""
    with state(ctx).workspace() as ws:
        view = exercise_view(ws, item, framework)
    mode = "w" if force else "x"
    try:
        with open(file, mode, encoding="utf-8") as target:
            target.write(view.starter)
    except FileExistsError:
        raise BadInputError(
            f"{file} is there already; choose another with --file, or write over it with --force"
        ) from None
    except OSError as error:
        raise BadInputError(f"{file} cannot be written: {error.strerror}") from None
    extra = f" --framework {view.framework}" if len(view.frameworks) > 1 else ""
    out.print(f"Wrote {file}. Next:", highlight=False)
    for line in (
        f"viva code show {item}{extra}",
        f"viva code watch {item} {file}{extra}",
        f"viva code submit {item} {file}{extra}",
    ):
        out.print(f"  {line}", highlight=False, markup=False)


@group.command()
def run(
    ctx: typer.Context,
    item: ITEM,
    file: CODE,
    framework: FRAMEWORK = "",
    as_json: JSON = False,
    everything: ALL = False,
) -> None:
    """Run the examples on your code, with what it prints. Exit code 0 only when all pass."""
    with state(ctx).workspace() as ws:
        report = _run(ws, item, file, framework, quiet=as_json)
        _finish(ws, item, report, as_json, everything)


@group.command()
def submit(
    ctx: typer.Context,
    item: ITEM,
    file: CODE,
    framework: FRAMEWORK = "",
    as_json: JSON = False,
    everything: ALL = False,
) -> None:
    """Judge your code by every test and keep the report. Exit code 0 only on a pass."""
    with state(ctx).workspace() as ws:
        chosen = exercise_view(ws, item, framework).framework
        code = _read(file)
        _announce(ws, item, examples_only=False, quiet=as_json)
        answer = CodeAnswer(item, chosen, code, ws.new_id(), "terminal")
        submission = submit_code(ws, answer, _ignore if as_json else _line)
        _finish(ws, item, submission.report, as_json, everything)


@group.command()
def watch(ctx: typer.Context, item: ITEM, file: CODE, framework: FRAMEWORK = "") -> None:
    """Run the examples whenever you save the file. Ctrl-C ends it."""
    with state(ctx).workspace() as ws:
        exercise_view(ws, item, framework)
        _read(file)
        seen = None
        while True:
            now = _stamp(file)
            if now is not None and now != seen:
                seen = now
                out.rule(time.strftime("%H:%M:%S"), style="bright_black")
                try:
                    report_view(out, ws.library.bank.exercise(item), _run(ws, item, file, framework, quiet=False))
                except BadInputError as error:  # saved half: the next save will do
                    err.print(str(error), style="yellow", markup=False)
            time.sleep(PAUSE_S)


@group.command()
def hint(ctx: typer.Context, item: ITEM) -> None:
    """Show one hint more."""
    with state(ctx).workspace() as ws:
        hints = ws.library.bank.exercise(item).hints
        for n in range(show_hint(ws, item)):
            out.print(Markdown(f"**Hint {n + 1} of {len(hints)}.** {hints[n]}"))


@group.command()
def probe(
    ctx: typer.Context,
    item: ITEM,
    name: Annotated[str, typer.Argument(help="The probe's id, as `viva code show` lists it.")],
) -> None:
    """Look inside the run of a case. It costs points."""
    with state(ctx).workspace() as ws:
        for exhibit in buy_probe(ws, item, name):
            exhibit_view(out, exhibit)


@group.command()
def solution(
    ctx: typer.Context,
    item: ITEM,
    framework: FRAMEWORK = "",
    yes: Annotated[bool, typer.Option("--give-up", help="Show it although you have not passed yet.")] = False,
) -> None:
    """Show the reference and its explanation, after a pass or on giving up."""
    with state(ctx).workspace() as ws:
        view = exercise_view(ws, item, framework)
        if not view.may_see_solution:
            if not yes:
                raise BadInputError(f"{item} is not solved yet; `viva code solution {item} --give-up` shows it anyway")
            give_up(ws, item)
        out.print(Markdown(f"```python\n{view.variant.reference}\n```"))
        out.print(Markdown(view.exercise.explanation))


def _run(ws: Workspace, item: str, file: Path, framework: str, *, quiet: bool) -> JudgeReport:
    _announce(ws, item, examples_only=True, quiet=quiet)
    code = _read(file)
    return run_examples(ws, item, framework, code, _ignore if quiet else _line)


def _announce(ws: Workspace, item: str, *, examples_only: bool, quiet: bool) -> None:
    if not quiet:
        count = len(planned_tests(ws, item, examples_only=examples_only))
        kind = "example" if examples_only else "test"
        err.print(f"Running {counted(count, kind)} ...", style="bright_black")


def _finish(ws: Workspace, item: str, report: JudgeReport, as_json: bool, everything: bool) -> None:
    exercise = ws.library.bank.exercise(item)
    if as_json:
        typer.echo(json.dumps(plain_report(exercise, report), indent=2, ensure_ascii=False))
    else:
        report_view(out, exercise, report, everything=everything)
    if not report.passed:
        raise typer.Exit(1)


def _line(result: TestResult) -> None:
    out.print(test_line(result))


def _ignore(result: TestResult) -> None:
    """Nothing is shown on the way."""


def _read(file: Path) -> str:
    """The code in a file. Raises `BadInputError` for what is no text of a sensible size."""
    try:
        if str(file) == "-":
            return sys.stdin.read(MAX_CODE_BYTES + 1)
        if file.stat().st_size > MAX_CODE_BYTES:
            raise BadInputError(f"{file} has {file.stat().st_size:,} bytes; at most {MAX_CODE_BYTES:,} are taken")
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInputError(f"{file} is not UTF-8 (byte {error.start}); save it with that encoding") from None
    except OSError as error:
        raise BadInputError(f"{file} cannot be read: {error.strerror}") from None


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _plain(row: ExerciseRow) -> dict[str, object]:
    return {
        "item": str(row.exercise.id),
        "kind": "case" if row.is_case else "exercise",
        "title": row.exercise.title,
        "level": row.exercise.level.value,
        "minutes": row.exercise.minutes,
        "frameworks": [f.value for f in row.frameworks],
        "state": row.state,
        "submissions": row.attempts,
        "draft": row.draft,
    }
