"""The map of concepts, measured out: a column for each layer, lines from left to right. The template writes it down."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vivavoce.services.map import ConceptMap, Place
from vivavoce.surfaces.web.charts import Piece, stack

NODE_WIDTH, GAP_X, GAP_Y, MARGIN = 174.0, 32.0, 12.0, 4.0
LINE, PAD, STATUS, BAR = 15.0, 7.0, 14.0, 4.0
WRAP = 22
SWEEPS = 8
"""Passes over the columns that bring neighbours to the same height; more change nothing on our bank."""


@dataclass(frozen=True, slots=True)
class Node:
    """A concept with its place."""

    place: Place
    x: float
    y: float
    height: float
    lines: tuple[str, ...]
    pieces: tuple[Piece, ...]
    """Of the bar at its foot."""
    words: str
    """Where the learner stands, for those who listen."""

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Link:
    """A line from a prerequisite to what needs it."""

    source: str
    target: str
    path: str


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """Everything of the map with its place; nodes in teaching order, which is the order of the keyboard."""

    width: float
    height: float
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]


def drawn_map(concepts: ConceptMap) -> DrawnMap:
    """The map as a drawing; columns are ordered so that lines cross little."""
    columns = _ordered(concepts)
    heights = {name: _height(place) for name, place in concepts.places.items()}
    tallest = max((_sum(column, heights) for column in columns), default=0.0)
    nodes: dict[str, Node] = {}
    for n, column in enumerate(columns):
        spare = (tallest - _sum(column, heights)) / len(column)
        y = MARGIN + spare / 2
        for name in column:
            place = concepts.places[name]
            nodes[name] = Node(
                place,
                round(MARGIN + n * (NODE_WIDTH + GAP_X), 1),
                round(y, 1),
                heights[name],
                _lines(place),
                stack({str(name): count for name, count in place.counts.items()}),
                standing_words(place),
            )
            y += heights[name] + GAP_Y + spare
    links = [
        Link(need, name, _path(nodes[need], nodes[name]))
        for name, place in concepts.places.items()
        for need in place.needs
    ]
    width = len(columns) * (NODE_WIDTH + GAP_X) - GAP_X + 2 * MARGIN if columns else 0.0
    return DrawnMap(width, round(tallest + 2 * MARGIN, 1), tuple(nodes[name] for name in concepts.places), tuple(links))


def standing_words(place: Place) -> str:
    """`learning, 2 of 5 strong`; what is said of a concept beside its name."""
    if place.standing is None:
        return "lesson to come" if place.concept.draft else "no questions yet"
    if not place.answered:
        return f"new, {place.total} question{'' if place.total == 1 else 's'}"
    return f"{place.standing}, {place.strong} of {place.total} strong"


def _ordered(concepts: ConceptMap) -> list[list[str]]:
    """The columns, each sorted by the mean height of its neighbours, back and forth."""
    columns = [[place.concept.id for place in layer] for layer in concepts.layers]
    near: dict[str, list[str]] = {name: list(place.needs) for name, place in concepts.places.items()}
    for name, place in concepts.places.items():
        for need in place.needs:
            near[need].append(name)
    for sweep in range(SWEEPS):
        heights = {name: (row + 0.5) / len(column) for column in columns for row, name in enumerate(column)}
        for column in columns if sweep % 2 == 0 else reversed(columns):
            means = {name: _mean([heights[other] for other in near[name]], heights[name]) for name in column}
            column.sort(key=lambda name: means[name])
            heights |= {name: (row + 0.5) / len(column) for row, name in enumerate(column)}
    return columns


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _sum(column: Sequence[str], heights: Mapping[str, float]) -> float:
    return sum(heights[name] for name in column) + GAP_Y * (len(column) - 1)


def _height(place: Place) -> float:
    return LINE * len(_lines(place)) + STATUS + 2 * PAD + BAR


def _lines(place: Place) -> tuple[str, ...]:
    return tuple(textwrap.wrap(place.concept.title, WRAP, max_lines=3, placeholder=" …"))


def _path(source: Node, target: Node) -> str:
    x1, y1, x2, y2 = source.x + NODE_WIDTH, source.middle, target.x, target.middle
    bend = min(60.0, (x2 - x1) / 2)
    return f"M{x1:.1f} {y1:.1f}C{x1 + bend:.1f} {y1:.1f} {x2 - bend:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
