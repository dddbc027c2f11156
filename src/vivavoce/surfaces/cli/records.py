"""`viva history|stats|export|import`: what you did, and taking it with you."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from vivavoce.domain.errors import BadInputError
from vivavoce.services.browse import Standing
from vivavoce.services.history import history
from vivavoce.services.progress import CALIBRATION_NEEDS, progress
from vivavoce.services.transfer import export_lines, import_lines
from vivavoce.surfaces.cli.console import STANDING_STYLE, err, out, print_table
from vivavoce.surfaces.cli.context import state
from vivavoce.surfaces.cli.render import counted

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
                "numbers": dict(p.record.attempt.numbers) if p.record.attempt.numbers else None,
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
        table.add_column(name, overflow="fold")
    for p in past:
        attempt, points = p.record.attempt, p.record.score
        when = attempt.submitted_at.astimezone().strftime("%Y-%m-%d %H:%M")
        shown = f"{points.earned:g}/{points.total}" + (f" +{points.claimed:g} claimed" if points.claimed else "")
        name = f"{attempt.item}" + (f" ↳ {attempt.follow_up}" if attempt.follow_up else "")
        table.add_row(when, name, shown, attempt.id[:8])
        if texts:
            table.add_row("", attempt.text.strip(), "", "", style="bright_black")
    print_table(table)


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
    print_table(table)
    out.print(
        f"\n{counted(found.answers, 'answer')} to {found.questions_seen} of "
        f"{counted(found.questions_total, 'question')}, {counted(round(found.minutes), 'minute')}, "
        f"{counted(found.appeals, 'claim')}."
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
            try:
                for line in export_lines(ws):
                    sys.stdout.write(line + "\n")
                sys.stdout.flush()
            except BrokenPipeError:
                raise
            except OSError as error:
                raise BadInputError(f"the export is not complete: {error.strerror}") from error
            return
        written = _write(file, export_lines(ws))
    err.print(f"{written - 1} records written to {file}", markup=False)


def _write(file: Path, lines: Iterable[str]) -> int:
    """Number of lines written. An earlier file of that name stays until the new one is complete."""
    # A device or a pipe is written to; to put a file in its place would destroy it.
    special = file.exists() and not file.is_file()
    partial = file if special else file.with_name(file.name + ".part")
    written = 0
    try:
        with partial.open("w", encoding="utf-8") as target:
            for line in lines:
                target.write(line + "\n")
                written += 1
            target.flush()
            if not special:
                os.fsync(target.fileno())
        if not special:
            partial.replace(file)
    except OSError as error:
        raise BadInputError(f"cannot write {file}: {error.strerror}; choose another place") from error
    finally:
        if not special:
            with contextlib.suppress(OSError):
                partial.unlink(missing_ok=True)
    return written


def import_(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="A file that `viva export` wrote; - for standard input.")],
) -> None:
    """Bring an export back. What is there already stays; nothing is added twice."""
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadInputError(f"cannot read {file}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadInputError(f"{file} is not UTF-8 text (byte {error.start}); an export of ours is") from error
    with state(ctx).workspace() as ws:
        added = import_lines(ws, text.split("\n"))
    total = sum(added.values())
    detail = ", ".join(f"{n} {kind}{'s' if n != 1 else ''}" for kind, n in added.items() if n) or "nothing new"
    err.print(f"{total} records added: {detail}")
