"""`viva history|stats|export|import`: what you did, and taking it with you."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from vivavoce.domain.errors import BadInputError
from vivavoce.services.browse import Standing
from vivavoce.services.history import history
from vivavoce.services.progress import CALIBRATION_NEEDS, progress
from vivavoce.services.transfer import export_lines, import_lines
from vivavoce.surfaces.cli.console import STANDING_STYLE, err, out
from vivavoce.surfaces.cli.context import state

PANEL = "Your record"


def register(app: typer.Typer) -> None:
    app.command("history", rich_help_panel=PANEL)(history_)
    app.command("stats", rich_help_panel=PANEL)(stats)
    app.command("export", rich_help_panel=PANEL)(export)
    app.command("import", rich_help_panel=PANEL)(import_)


def history_(
    ctx: typer.Context,
    item: Annotated[str | None, typer.Argument(help="Only this item.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most this many.")] = 20,
    texts: Annotated[bool, typer.Option(help="Show what you wrote.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Your answers, the newest first."""
    with state(ctx).workspace() as ws:
        past = history(ws, item, limit=limit)
    if as_json:
        plain = [
            {
                "attempt": p.record.attempt.id,
                "item": str(p.record.attempt.item),
                "mode": p.record.attempt.mode.value,
                "at": p.record.attempt.submitted_at.isoformat(),
                "score": p.record.score.fraction,
                "text": p.record.attempt.text,
            }
            for p in past
        ]
        typer.echo(json.dumps(plain, indent=2, ensure_ascii=False))
        return
    if not past:
        out.print("No answers yet. `viva practice` asks the first question.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold", show_lines=False)
    for name in ("when", "item", "score", "attempt"):
        table.add_column(name)
    for p in past:
        attempt, points = p.record.attempt, p.record.score
        when = attempt.submitted_at.astimezone().strftime("%Y-%m-%d %H:%M")
        shown = f"{points.earned:g}/{points.total}" + (f" +{points.claimed:g} claimed" if points.claimed else "")
        name = f"{attempt.item}" + (f" ↳ {attempt.follow_up}" if attempt.follow_up else "")
        table.add_row(when, name, shown, attempt.id[:8])
        if texts:
            table.add_row("", attempt.text.strip(), "", "", style="bright_black")
    out.print(table)


def stats(ctx: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Where you stand, concept by concept."""
    with state(ctx).workspace() as ws:
        found = progress(ws)
    if as_json:
        plain = {
            "answers": found.answers,
            "questions_seen": found.questions_seen,
            "questions_total": found.questions_total,
            "minutes": round(found.minutes, 1),
            "appeals": found.appeals,
            "concepts": {
                c.concept.id: {
                    "total": c.total,
                    "mean_score": c.mean_score,
                    **{s.value: n for s, n in c.counts.items()},
                }
                for c in found.concepts
            },
        }
        typer.echo(json.dumps(plain, indent=2))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("concept")
    for standing in Standing:
        table.add_column(standing.value, justify="right")
    table.add_column("last score", justify="right")
    for c in found.concepts:
        cells = [f"[{STANDING_STYLE[s]}]{n}[/]" if n else "·" for s, n in c.counts.items()]
        mean = f"{c.mean_score:.0%} (n={c.answered})" if c.mean_score is not None else ""
        table.add_row(c.concept.title, *cells, mean)
    out.print(table)
    out.print(
        f"\n{found.answers} answers to {found.questions_seen} of {found.questions_total} questions, "
        f"{found.minutes:.0f} minutes, {found.appeals} appeals."
    )
    if found.calibration is None:
        out.print(
            f"Recall is compared with its prediction from {CALIBRATION_NEEDS} repeated answers on.",
            style="bright_black",
        )
    else:
        c2 = found.calibration
        out.print(f"Predicted recall {c2.predicted:.0%}, passed {c2.passed:.0%} of {c2.reviews} repeated answers.")


def export(
    ctx: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="Where to write; without it, standard output.")] = None,
) -> None:
    """Everything you did as one file of JSON lines."""
    with state(ctx).workspace() as ws:
        if file is None:
            for line in export_lines(ws):
                sys.stdout.write(line + "\n")
            return
        lines = list(export_lines(ws))
    partial = file.with_name(file.name + ".part")
    try:
        partial.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        partial.replace(file)
    except OSError as error:
        raise BadInputError(f"cannot write {file}: {error.strerror}; choose another place") from error
    err.print(f"{len(lines) - 1} records written to {file}")


def import_(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="A file that `viva export` wrote; - for standard input.")],
) -> None:
    """Bring an export back. What is there already stays; nothing is added twice."""
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except OSError as error:
        raise BadInputError(f"cannot read {file}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadInputError(f"{file} is not UTF-8 text (byte {error.start}); an export of ours is") from error
    with state(ctx).workspace() as ws:
        added = import_lines(ws, text.split("\n"))
    total = sum(added.values())
    detail = ", ".join(f"{n} {kind}{'s' if n != 1 else ''}" for kind, n in added.items() if n) or "nothing new"
    err.print(f"{total} records added: {detail}")
