"""Figures and lessons in characters."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.markdown import Markdown
from rich.padding import Padding
from rich.text import Text

from vivavoce.domain.concept import Concept, unmarked
from vivavoce.domain.exhibit import Diagram, Points
from vivavoce.domain.figure import Figure, lesson_parts
from vivavoce.surfaces.cli.exhibits import exhibit_view

SIGNS = "ox+*#@"
"""Of the groups of points; where several fall on one place, the last is seen."""
COLUMNS, ROWS = 56, 14


def figure_view(console: Console, figure: Figure) -> None:
    """The picture where characters can draw it, what it shows in words where they cannot, and its caption."""
    picture = figure.picture
    if isinstance(picture, Diagram):
        console.print()
        console.print(Text(picture.title, "bold"))
        console.print(Padding(Text(figure.alt), (0, 0, 0, 2)))
        for arrow in picture.arrows:
            line = f"{_flat(picture, arrow.source)} → {_flat(picture, arrow.target)}"
            words = [arrow.says] if arrow.says else []
            words += ["dashed"] if arrow.dashed else []
            console.print(Text.assemble(f"  {line}", (f"  ({', '.join(words)})" if words else "", "bright_black")))
    elif isinstance(picture, Points):
        _points(console, picture)
    else:
        exhibit_view(console, picture)
    console.print(Padding(Markdown(figure.caption, style="italic"), (0, 0, 0, 2)))


def lesson_view(console: Console, concept: Concept) -> None:
    """A lesson as it is read: without marks of claims, with its figures where they belong."""
    console.print(Markdown(f"# {concept.title}"))
    for part in lesson_parts(concept.lesson):
        console.print()
        if part.text:
            console.print(Markdown(unmarked(part.text)))
        elif part.figure in concept.figures:
            figure_view(console, concept.figures[part.figure])


def described(figure: Figure) -> Mapping[str, object]:
    """For JSON: what stands around a figure."""
    return {"id": figure.id, "title": figure.title, "caption": figure.caption, "alt": figure.alt}


def _flat(diagram: Diagram, name: str) -> str:
    return " ".join(diagram.boxes[name].says.split())


def _points(console: Console, points: Points) -> None:
    console.print()
    console.print(Text(points.title, "bold"))
    everything = [pair for group in points.groups.values() for pair in group]
    if not everything:
        return
    (x_low, x_high), (y_low, y_high) = ((min(axis), max(axis)) for axis in zip(*everything, strict=True))
    grid = [[" "] * COLUMNS for _ in range(ROWS)]
    for sign, group in zip(SIGNS, points.groups.values(), strict=False):
        for x, y in group:
            column = round((COLUMNS - 1) * (x - x_low) / ((x_high - x_low) or 1))
            row = round((ROWS - 1) * (y_high - y) / ((y_high - y_low) or 1))
            grid[row][column] = sign
    for line in grid:
        console.print(Text("  │" + "".join(line).rstrip()))
    console.print(Text("  └" + "─" * COLUMNS))
    axes = f"  {points.y_label} {y_low:g} to {y_high:g} over {points.x_label} {x_low:g} to {x_high:g}"
    console.print(Text(axes, "bright_black"))
    if len(points.groups) > 1:
        names = (f"{sign} {name}" for sign, name in zip(SIGNS, points.groups, strict=False))
        console.print(Text("  " + "   ".join(names), "bright_black"))
