"""`viva practice`, `viva ask` and `viva grade`."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from vivavoce.domain.errors import BadInputError
from vivavoce.services.answer import Answer, submit
from vivavoce.services.drawn import given_numbers
from vivavoce.services.grade import grade_once
from vivavoce.services.practise import plan
from vivavoce.services.result import result
from vivavoce.surfaces.cli.choices import AREA, CONCEPT, ITEM, KIND, LEVEL, ROLE, STANDING, chosen
from vivavoce.surfaces.cli.console import err, interactive, out
from vivavoce.surfaces.cli.context import state
from vivavoce.surfaces.cli.plain import plain_result
from vivavoce.surfaces.cli.practice import ask_one, practice_session
from vivavoce.surfaces.cli.render import result_view

PANEL = "Study"


def register(app: typer.Typer) -> None:
    app.command("practice", rich_help_panel=PANEL)(practice)
    app.command("ask", rich_help_panel=PANEL)(ask)
    app.command("grade", rich_help_panel=PANEL)(grade)


def practice(
    ctx: typer.Context,
    concept: CONCEPT = "",
    area: AREA = "",
    level: LEVEL = None,
    kind: KIND = None,
    standing: STANDING = None,
    role: ROLE = "",
    minutes: Annotated[float, typer.Option(min=1, help="Stop after about this long.")] = 20.0,
) -> None:
    """An interactive session: due questions first, then new ones."""
    if not interactive():
        raise BadInputError("practice needs a terminal; to grade from a file use `viva grade ITEM < answer.txt`")
    with state(ctx).workspace() as ws:
        practice_session(ws, plan(ws, chosen(ws.library, concept, area, level, kind, standing, role)), minutes)


NUMBERS = Annotated[str, typer.Option(help="With these numbers, such as k=3,c_in=64, where a question draws some.")]


def ask(
    ctx: typer.Context,
    item: ITEM,
    numbers: NUMBERS = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON (piped answers).")] = False,
) -> None:
    """Ask one question. Piped text is taken as the answer; either way it is graded and kept."""
    with state(ctx).workspace() as ws:
        question = ws.question(item)
        given = given_numbers(question, numbers)
        if interactive() and not as_json:
            ask_one(ws, question, given)
            return
        answer = Answer(str(question.id), _read(None), ws.new_id(), f"pipe-{ws.new_id()}", numbers=given)
        record = submit(ws, answer)
        shown = result(ws, record.attempt.id)
    if as_json:
        typer.echo(json.dumps(plain_result(shown), indent=2, ensure_ascii=False))
    else:
        result_view(out, shown)


def grade(
    ctx: typer.Context,
    item: ITEM,
    file: Annotated[Path | None, typer.Argument(help="The answer; without it, standard input.")] = None,
    numbers: NUMBERS = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Grade an answer without keeping it: `viva grade ITEM < answer.txt`."""
    library = state(ctx).library()
    given_numbers(library.bank.question(item), numbers)
    shown = grade_once(library, item, _read(file), datetime.now(UTC), numbers=numbers)
    if as_json:
        typer.echo(json.dumps(plain_result(shown), indent=2, ensure_ascii=False))
    else:
        result_view(out, shown)


def _read(file: Path | None) -> str:
    if file is None and sys.stdin.isatty():
        err.print("Type your answer, then Ctrl-D.", style="bright_black")
    try:
        raw = sys.stdin.buffer.read() if file is None else file.read_bytes()
    except OSError as error:
        raise BadInputError(f"cannot read {file}: {error.strerror}; give a file with your answer") from error
    return raw.decode("utf-8", errors="replace")
