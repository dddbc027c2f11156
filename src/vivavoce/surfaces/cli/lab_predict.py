"""Asks for a prediction before a lab runs: way, size, sureness. Enter skips a claim, Ctrl-D the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from vivavoce.domain.lab_run import Way
from vivavoce.services.labs import LabPage
from vivavoce.services.predict import PredictionForm, predict, ways
from vivavoce.services.workspace import Workspace
from vivavoce.surfaces.cli.console import ask_line, out

Ask = Callable[[str, str], str]


def ask_predictions(ws: Workspace, page: LabPage, ask: Ask = ask_line) -> None:
    """Ask about every claim that was not predicted yet, and keep what is said."""
    open_claims = [name for name in page.lab.claims if name not in page.predictions]
    if not open_claims:
        return
    out.print("Predict first: numbers choose, Enter skips.", style="bright_black")
    try:
        for name in open_claims:
            _one(ws, page, ways(page.lab, name), ask)
    except EOFError:
        out.print()


def _one(ws: Workspace, page: LabPage, form: PredictionForm, ask: Ask) -> None:
    out.print(f"\n{form.claim.says}", style="bold", markup=False, highlight=False)
    out.print(form.asks, markup=False, highlight=False)
    way = _choice("which way", [words for _, words in form.ways], ask)
    if way is None:
        return
    size: int | None = 0
    if form.ways[way][0] is not Way.EQUAL:
        size = _choice("how large", form.sizes, ask)
    sure = None if size is None else _choice("how sure", [words for _, words in form.sureness], ask)
    if size is None or sure is None:
        return
    predict(ws, page.lab.id, form.claim.id, form.ways[way][0], size, form.sureness[sure][0])


def _choice(what: str, words: Sequence[str], ask: Ask) -> int | None:
    """The index of what the person chooses; None for Enter."""
    for n, text in enumerate(words, 1):
        out.print(f"  {n}  {text}", markup=False, highlight=False)
    while True:
        typed = ask(f"{what} (1 to {len(words)}) › ", "cyan").strip()
        if not typed:
            return None
        if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(words):
            return int(typed) - 1
        out.print(f"A number from 1 to {len(words)}, or Enter to skip.", style="yellow")
