"""`viva lab verify|export`: prove labs anew, and take results out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress, TextColumn
from rich.table import Table
from rich.text import Text

from vivavoce.domain.errors import BadInputError
from vivavoce.domain.lab import Lab, RunState
from vivavoce.services.lab_export import as_csv, as_json, chosen_result
from vivavoce.services.lab_words import OUTCOME_WORDS, numbers_text
from vivavoce.services.verify_labs import Change, Proof, Verified, verify
from vivavoce.surfaces.cli.choices import lab_items
from vivavoce.surfaces.cli.console import OUTCOME_STYLE, err, out, print_table
from vivavoce.surfaces.cli.context import state
from vivavoce.surfaces.cli.render import counted

_LAST_LINES = 6
"""Lines of a lab's own error that are printed."""


def register(group: typer.Typer) -> None:
    group.command("verify")(verify_)
    group.command("export")(export)


def verify_(
    ctx: typer.Context,
    items: Annotated[list[str] | None, typer.Argument(help="Labs to prove anew.", autocompletion=lab_items)] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every lab that is ready.")] = False,
    record: Annotated[
        bool, typer.Option("--record", help="Write what came as the recorded results, beside the labs.")
    ] = False,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that measure at the same time.")] = 2,
) -> None:
    """Prove labs anew at full seeds, and compare outcomes with the recorded ones.

    Exit code 1 when an outcome changed, a lab failed, or what it needs is not installed.
    """
    if bool(items) == everything:
        raise BadInputError("name the labs to prove, such as cnn/shift-pooling, or give --all")
    bar = Progress(TextColumn("{task.description}"), console=err, transient=True, disable=not err.is_terminal)
    with bar:
        task = bar.add_task("starting")

        def step(lab: Lab, seeds: int, planned: int) -> None:
            bar.update(task, description=f"{lab.id}: seed {seeds} of {planned}")

        done = verify(state(ctx).library(), items or (), record=record, workers=workers, report=_told, progress=step)
    _table(done)
    if not done.sound:
        raise typer.Exit(1)


def export(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar="RUN|ITEM", help="A run, by the beginning of its id, or a lab.")],
    csv: Annotated[bool, typer.Option("--csv", help="A table of every seed's numbers instead of JSON.")] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write it there.")] = None,
) -> None:
    """Print a run, or a lab's newest result (yours, or else the recorded one), for other programs."""
    with state(ctx).workspace() as ws:
        lab, origin, result = chosen_result(ws, what)
    text = as_csv(lab, result) if csv else as_json(lab, origin, result)
    if output is None:
        typer.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInputError(f"{output} cannot be written: {error.strerror}") from None


def _told(proof: Proof) -> None:
    """One line as soon as a lab is done."""
    seconds = f"{proof.result.seconds:.0f} s"
    err.print(f"{_state(proof):10} {proof.lab.id}  {seconds}", markup=False, highlight=False)


def _table(done: Verified) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("lab", overflow="fold")
    table.add_column("claim", overflow="fold")
    table.add_column("outcome", no_wrap=True)
    table.add_column("numbers", overflow="fold", ratio=1)
    table.add_column("seeds", justify="right")
    table.add_column("s", justify="right")
    for proof in done.proofs:
        result = proof.result
        seeds, seconds = str(len(result.measurements)), f"{result.seconds:.1f}"
        if not result.ruled:
            table.add_row(str(proof.lab.id), Text(_state(proof), "red"), "", Text(_reason(proof)), seeds, seconds)
        for n, (name, ruled) in enumerate(result.ruled.items()):
            outcome = Text(OUTCOME_WORDS[ruled.outcome], OUTCOME_STYLE[ruled.outcome])
            numbers = Text(numbers_text(proof.lab, ruled))
            first = (str(proof.lab.id), name, outcome, numbers, seeds, seconds)
            table.add_row(*(first if n == 0 else ("", name, outcome, numbers, "", "")))
    print_table(table)
    for proof in done.proofs:
        for change in proof.changed:
            out.print(f"{proof.lab.id}#{change.claim}: {_changed(change)}", style="bold red", markup=False)
        if proof.result.state is not RunState.FINISHED:
            out.print(f"{proof.lab.id}: {_reason(proof)}", style="red", markup=False)
        if proof.written:
            out.print(f"wrote {proof.written}", style="bright_black", markup=False, highlight=False)
    _origins(done)
    bad = sum(not proof.sound for proof in done.proofs)
    claims = sum(len(proof.result.ruled) for proof in done.proofs)
    words = "every outcome as recorded" if not bad else f"{bad} not as recorded"
    out.print(f"{counted(len(done.proofs), 'lab')}, {counted(claims, 'claim')}: {words}.", style="bold")


def _origins(done: Verified) -> None:
    """Machine, versions and day: once, since one program proved them all."""
    versions: dict[str, str] = {}
    for proof in done.proofs:
        versions |= proof.origin.versions
    if not done.proofs:
        return
    origin = done.proofs[0].origin
    named = ", ".join(f"{name} {version}" for name, version in versions.items())
    seconds = sum(proof.result.seconds for proof in done.proofs)
    text = f"{origin.at[:10]}, {origin.machine}; {named}; {seconds:.0f} s"
    out.print(text, style="bright_black", markup=False, highlight=False)


def _state(proof: Proof) -> str:
    if proof.skipped:
        return "not run"
    if proof.result.state is not RunState.FINISHED:
        return proof.result.state.value
    if proof.changed:
        return "changed"
    return "as before" if proof.recorded else "new"


def _reason(proof: Proof) -> str:
    if proof.skipped:
        return f"needs {', '.join(proof.skipped)}"
    return "\n".join(proof.result.error.strip().splitlines()[-_LAST_LINES:])


def _changed(change: Change) -> str:
    was, now = (OUTCOME_WORDS[o] if o else "nothing" for o in (change.recorded, change.now))
    return f"was {was}, is now {now}"
