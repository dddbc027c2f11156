"""`viva claims`: every sentence that can be false, with its evidence."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from vivavoce.services.claims import LedgerEntry, ledger
from vivavoce.services.lab_words import OUTCOME_WORDS
from vivavoce.surfaces.cli.choices import CONCEPT
from vivavoce.surfaces.cli.console import OUTCOME_STYLE, out, print_table
from vivavoce.surfaces.cli.context import state
from vivavoce.surfaces.cli.render import counted


def register(app: typer.Typer) -> None:
    app.command("claims", rich_help_panel="Study")(claims)


def claims(
    ctx: typer.Context,
    popular: Annotated[
        bool, typer.Option("--popular-but-false", help="Only what is often said and was refuted.")
    ] = False,
    depends: Annotated[bool, typer.Option("--depends", help="Only what holds in some settings and not in others.")] = (
        False
    ),
    concept: CONCEPT = "",
    text: Annotated[str, typer.Option(help="Only sentences with these words.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """The ledger of claims: outcome, effect with its interval, evidence, and the day of the last proof."""
    with state(ctx).workspace() as ws:
        found = ledger(ws, popular_but_false=popular, depends=depends, concept=concept, text=text)
    if as_json:
        typer.echo(json.dumps([_plain(entry) for entry in found], indent=2, ensure_ascii=False))
        return
    if not found:
        out.print("No claim fits these filters.")
        raise typer.Exit(1)
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 1, 0))
    table.add_column("claim", overflow="fold", ratio=3)
    table.add_column("outcome", no_wrap=True)
    table.add_column("numbers", overflow="fold", ratio=2)
    table.add_column("evidence", overflow="fold", ratio=2)
    for entry in found:
        table.add_row(_sentence(entry), _outcome(entry), Text(entry.numbers), _evidence(entry))
    print_table(table)
    ruled = sum(entry.dispute is not None for entry in found)
    out.print(f"{counted(len(found), 'claim')}, {ruled} of them disputed.", style="bright_black")


def _sentence(entry: LedgerEntry) -> Text:
    text = Text(entry.says.strip())
    if entry.dispute is not None:
        text.append(f"\n→ {entry.dispute.instead.strip()}", "italic")
    text.append(f"\n{entry.concept.id}", "bright_black")
    return text


def _outcome(entry: LedgerEntry) -> Text:
    if entry.outcome is None:
        return Text("cited", "bright_black")
    return Text(OUTCOME_WORDS[entry.outcome], OUTCOME_STYLE[entry.outcome])


def _evidence(entry: LedgerEntry) -> Text:
    text = Text()
    if entry.lab is not None:
        whose = "your run" if entry.own else "recorded"
        text.append(f"lab {entry.lab.lab}" + (f"\n{whose} {entry.at[:10]}" if entry.at else "\nno result yet"))
    for source in entry.sources:
        text.append(f"{chr(10) if text else ''}{source.title}, {source.at}", "bright_black")
    return text


def _plain(entry: LedgerEntry) -> dict[str, object]:
    return {
        "concept": entry.concept.id,
        "key": entry.key,
        "says": entry.says.strip(),
        "disputed": entry.dispute is not None,
        "outcome": entry.outcome.value if entry.outcome else None,
        "instead": entry.dispute.instead.strip() if entry.dispute else None,
        "interview": entry.dispute.interview.strip() if entry.dispute else None,
        "numbers": entry.numbers,
        "evidence": entry.evidence.value,
        "lab": str(entry.lab.lab) if entry.lab else None,
        "claim": entry.lab.claim if entry.lab else None,
        "at": entry.at or None,
        "own": entry.own,
        "sources": [{"title": s.title, "url": s.url, "at": s.at} for s in entry.sources],
    }
