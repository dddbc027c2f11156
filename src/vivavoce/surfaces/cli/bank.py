"""`viva bank list|show|search`: look into the bank."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.markdown import Markdown
from rich.table import Table

from vivavoce.domain.concept import unmarked
from vivavoce.domain.drawn import as_asked
from vivavoce.domain.estimate import numbers_text
from vivavoce.domain.figure import Figure
from vivavoce.domain.question import Question
from vivavoce.services.browse import Row, rows, search
from vivavoce.services.drawn import first_numbers
from vivavoce.surfaces.cli.choices import AREA, CONCEPT, KIND, LEVEL, ROLE, STANDING, chosen, items_and_concepts
from vivavoce.surfaces.cli.console import STANDING_STYLE, out, print_table
from vivavoce.surfaces.cli.context import state
from vivavoce.surfaces.cli.figures import described, lesson_view
from vivavoce.surfaces.cli.render import counted, question_header

group = typer.Typer(help="Look into the bank: list, show, search.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="bank", rich_help_panel="Look up")


@group.command("list")
def list_(
    ctx: typer.Context,
    concept: CONCEPT = "",
    area: AREA = "",
    level: LEVEL = None,
    kind: KIND = None,
    standing: STANDING = None,
    role: ROLE = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List questions by concept, area, level, kind, where you stand and who is asked them."""
    with state(ctx).workspace() as ws:
        found = rows(ws, chosen(ws.library, concept, area, level, kind, standing, role))
    if as_json:
        typer.echo(json.dumps([_plain(r) for r in found], indent=2, ensure_ascii=False))
        return
    if not found:
        out.print("No question fits these filters.")
        raise typer.Exit(1)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("item", overflow="fold")
    for name in ("level", "kind", "min", "you"):
        table.add_column(name, no_wrap=True)
    for row in found:
        q = row.question
        style = STANDING_STYLE[row.standing]
        table.add_row(str(q.id), q.level, q.kind, f"{q.minutes:g}", f"[{style}]{row.standing}[/]")
    print_table(table)
    out.print(f"\n{counted(len(found), 'question')}. `viva ask ITEM` asks one.", style="bright_black")


@group.command()
def show(
    ctx: typer.Context,
    item: Annotated[
        str,
        typer.Argument(
            help="An item id such as dropout/how-it-regularises, or a concept id.", autocompletion=items_and_concepts
        ),
    ],
    answer: Annotated[bool, typer.Option(help="Show rubric and model answer too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show a question (with `--answer`, everything that is known about it) or a concept's lesson."""
    bank = state(ctx).library().bank
    if "/" not in item:
        concept = bank.concept(item)
        lesson_view(out, concept)
        return
    question = bank.question(item)
    question = as_asked(question, first_numbers(question))
    if as_json:
        figure = bank.concept(question.id.concept).figures.get(question.figure)
        typer.echo(json.dumps(_described(question, figure, answer), indent=2, ensure_ascii=False))
        return
    question_header(out, question, bank.concept(question.id.concept))
    if question.numbers:
        out.print(f"With {numbers_text(question.numbers)}; other numbers at each attempt.", style="bright_black")
    if answer:
        out.print("\n[bold]Rubric[/]")
        for c in question.criteria:
            must = " [bold](must have)[/]" if c.must_have else ""
            out.print(f"  [{c.points}] {c.statement}{must}", highlight=False)
        out.print("\n[bold]Model answer[/]")
        out.print(Markdown(question.spoken_answer))
        out.print("[bold]Why it is asked[/]")
        out.print(Markdown(question.why))


@group.command("search")
def search_(
    ctx: typer.Context,
    text: Annotated[list[str], typer.Argument(help="What to look for; typing errors are forgiven.")],
    limit: Annotated[int, typer.Option(min=1, max=200, help="At most this many.")] = 15,
) -> None:
    """Search questions and lessons."""
    hits = search(state(ctx).library(), " ".join(text), limit)
    if not hits:
        out.print("Nothing found.")
        raise typer.Exit(1)
    for hit in hits:
        out.print(f"[bold cyan]{hit.id}[/]  [bright_black]{hit.kind}[/]")
        out.print(f"  {hit.title}", highlight=False, markup=False)


def _plain(row: Row) -> dict[str, object]:
    q = row.question
    return {
        "item": str(q.id),
        "level": q.level.value,
        "kind": q.kind.value,
        "minutes": q.minutes,
        "prompt": q.prompt,
        "standing": row.standing.value,
        "last_score": row.last_score,
        "due": row.due.isoformat() if row.due else None,
        "attempts": row.attempts,
    }


def _described(question: Question, figure: Figure | None, answer: bool) -> dict[str, object]:
    plain: dict[str, object] = {
        "item": str(question.id),
        "level": question.level.value,
        "kind": question.kind.value,
        "minutes": question.minutes,
        "prompt": question.prompt,
    }
    if figure:
        plain["figure"] = described(figure)
    if question.numbers:
        plain["numbers"] = dict(question.numbers)
    if answer:
        plain["why"] = question.why
        plain["rubric"] = {
            c.id: {"criterion": c.statement, "points": c.points, "must_have": c.must_have} for c in question.criteria
        }
        plain["model_answer"] = question.spoken_answer
        plain["short_answer"] = unmarked(question.short_answer)
    return plain
