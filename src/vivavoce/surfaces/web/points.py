"""Points of a few groups, measured out: the template only writes them down."""

from __future__ import annotations

from dataclasses import dataclass

from vivavoce.domain.exhibit import Points
from vivavoce.surfaces.web.exhibits import BOTTOM, HEIGHT, LEFT, MOST_ROWS, RIGHT, TOP, WIDTH, Tick, round_steps, short

SIGNS = ("circle", "square", "triangle", "diamond", "cross", "plus")
"""Of the groups: they differ by shape as well as by colour."""


@dataclass(frozen=True, slots=True)
class Group:
    """Points that share a sign."""

    name: str
    style: int
    sign: str
    places: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Scatter:
    """Points ready to be drawn."""

    kind = "points"
    title: str
    x_label: str
    y_label: str
    groups: tuple[Group, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    table: tuple[tuple[str, str, str], ...]
    """Group, x, y."""


def scatter(points: Points) -> Scatter:
    """Points with round ticks on both axes and room around the outermost."""
    everything = [pair for group in points.groups.values() for pair in group] or [(0.0, 0.0)]
    x_low, x_high, x_ticks = round_steps([x for x, _ in everything], 6)
    y_low, y_high, y_ticks = round_steps([y for _, y in everything], 5)

    def across(x: float) -> float:
        return round(LEFT + 8 + (WIDTH - LEFT - RIGHT - 16) * (x - x_low) / (x_high - x_low), 1)

    def down(y: float) -> float:
        return round(TOP + 8 + (HEIGHT - TOP - BOTTOM - 16) * (1 - (y - y_low) / (y_high - y_low)), 1)

    rows = [(name, short(x), short(y)) for name, group in points.groups.items() for x, y in group]
    return Scatter(
        title=points.title,
        x_label=points.x_label,
        y_label=points.y_label,
        groups=tuple(
            Group(name, n % len(SIGNS), SIGNS[n % len(SIGNS)], tuple((across(x), down(y)) for x, y in group))
            for n, (name, group) in enumerate(points.groups.items())
        ),
        x_ticks=tuple(Tick(across(t), short(t)) for t in x_ticks),
        y_ticks=tuple(Tick(down(t), short(t)) for t in y_ticks),
        table=tuple(rows[: 4 * MOST_ROWS]),
    )
