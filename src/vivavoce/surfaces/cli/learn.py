"""`viva map` and `viva next`: what builds on what, and what to learn now."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.text import Text

from vivavoce.services.map import ConceptMap, Place, concept_map
from vivavoce.services.practise import plan
from vivavoce.surfaces.cli.console import STANDING_STYLE, out
from vivavoce.surfaces.cli.context import state

PANEL = "Study"
JSON = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def register(app: typer.Typer) -> None:
    app.command("next", rich_help_panel=PANEL)(next_)
    app.command("map", rich_help_panel=PANEL)(map_)


def next_(ctx: typer.Context, as_json: JSON = False) -> None:
    """What to learn next: the first concepts that build on what you know, and how many questions are due."""
    with state(ctx).workspace() as ws:
        found, planned = concept_map(ws), plan(ws)
    due = sum(not p.new for p in planned)
    if as_json:
        described = [{"concept": s.place.concept.id, "reason": s.reason} for s in found.next]
        typer.echo(json.dumps({"due": due, "next": described}, indent=2, ensure_ascii=False))
        return
    if due:
        out.print(f"{due} question{'' if due == 1 else 's'} to refresh first: `viva practice`.")
    for suggestion in found.next:
        concept = suggestion.place.concept
        out.print(Text.assemble((concept.title, "bold"), f"  {suggestion.reason}"))
        out.print(Text(f"  viva bank show {concept.id}, then viva practice --concept {concept.id}", "bright_black"))
    if not found.next:
        out.print("Nothing new is left: what is due comes back by itself.")


def map_(ctx: typer.Context, as_json: JSON = False) -> None:
    """All concepts by layers, each after what it builds on, with where you stand."""
    with state(ctx).workspace() as ws:
        found = concept_map(ws)
    if as_json:
        typer.echo(json.dumps([_plain(place) for place in found.places.values()], indent=2, ensure_ascii=False))
        return
    for n, layer in enumerate(found.layers, start=1):
        out.print(Text("Needs nothing before it" if n == 1 else f"\nStep {n}", "bold"))
        for place in layer:
            out.print(_line(place, found))
    first = ", ".join(s.place.concept.title for s in found.next)
    out.print(Text.assemble("\nNext: ", (first or "what is due", "bold"), ". `viva next` says why."))


def _line(place: Place, found: ConceptMap) -> Text:
    word = place.standing or "to come"
    style = STANDING_STYLE[place.standing] if place.standing else "bright_black"
    builds = ", ".join(found.places[need].concept.title for need in place.needs)
    share = f"{place.answered} of {place.total} answered, {place.strong} strong" if place.total else "no questions yet"
    after = f"; builds on {builds}" if builds else ""
    return Text.assemble("  ", (f"{word:<9}", style), place.concept.title, (f"  {share}{after}", "bright_black"))


def _plain(place: Place) -> dict[str, object]:
    return {
        "concept": place.concept.id,
        "title": place.concept.title,
        "layer": place.layer,
        "needs": list(place.needs),
        "standing": place.standing,
        "questions": {str(standing): count for standing, count in place.counts.items()},
        "known": place.known,
    }
