"""What a lab shows of one seed: curves, a matrix, points. No evidence, and drawn in the same style."""

from __future__ import annotations

import math

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullLocator

from vivavoce.domain.exhibit import Curves, Matrix
from vivavoce.domain.lab import Points
from vivavoce.surfaces.plots.panel import quiet, short
from vivavoce.surfaces.plots.style import ARMS, DASHES, MARKERS, Theme

_MOST_NUMBERS = 144
_MOST_NAMES = 24


def draw_curves(axes: Axes, curves: Curves, theme: Theme) -> None:
    """Lines that differ by dashes and markers as well as colour; gaps where a value is not finite."""
    quiet(axes, theme)
    axes.grid(axis="y", color=theme["line"], linewidth=0.6)
    if curves.log_y:
        axes.set_yscale("log", nonpositive="mask")
        axes.yaxis.set_major_locator(LogLocator(numticks=6))
        axes.yaxis.set_minor_locator(NullLocator())
    few = len(curves.x) <= 12
    for n, (name, line) in enumerate(curves.lines.items()):
        axes.plot(
            curves.x,
            [math.nan if v is None or not math.isfinite(v) else v for v in line],
            color=theme.arm(n),
            linestyle=DASHES[n % ARMS],
            marker=MARKERS[n % ARMS] if few else None,
            markersize=4,
            linewidth=1.6,
            label=name,
        )
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, place: short(value)))
    axes.set_xlabel(curves.x_label)
    axes.set_ylabel(curves.y_label)
    _legend(axes, len(curves.lines), theme)


def draw_points(axes: Axes, points: Points, theme: Theme) -> None:
    """Dots in the plane, at the same scale both ways."""
    quiet(axes, theme)
    for n, (name, dots) in enumerate(points.groups.items()):
        kept = [(x, y) for x, y in dots if math.isfinite(x) and math.isfinite(y)]
        axes.plot(
            [x for x, _ in kept],
            [y for _, y in kept],
            linestyle="none",
            marker=MARKERS[n % ARMS],
            markersize=3.2,
            color=theme.arm(n),
            markeredgewidth=0,
            alpha=0.6,
            label=name,
        )
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(6))
        axis.set_major_formatter(FuncFormatter(lambda value, place: short(value)))
    axes.set_aspect("equal", adjustable="datalim")
    axes.set_xlabel(points.x_label)
    axes.set_ylabel(points.y_label)
    _legend(axes, len(points.groups), theme)


def draw_matrix(axes: Axes, matrix: Matrix, theme: Theme) -> None:
    """Squares by size: one colour for what is positive, another for what is negative; numbers where they fit."""
    rows, columns = len(matrix.values), len(matrix.values[0]) if matrix.values else 0
    finite = [abs(v) for row in matrix.values for v in row if math.isfinite(v)]
    top = max(finite, default=0.0) or 1.0
    for side in axes.spines.values():
        side.set_visible(False)
    for y, row in enumerate(matrix.values):
        for x, value in enumerate(row):
            share = abs(value) / top if math.isfinite(value) else 0.0
            colour = theme.arm(0) if value >= 0 else theme.arm(1)
            axes.fill(
                (x - 0.5, x + 0.5, x + 0.5, x - 0.5),
                (y - 0.5, y - 0.5, y + 0.5, y + 0.5),
                facecolor=colour,
                edgecolor="none",
                alpha=round(0.04 + 0.5 * share, 2),
            )
            if rows * columns <= _MOST_NUMBERS:
                words = short(value) if math.isfinite(value) else "none"
                words = words if len(words) < 6 else f"{value:.2g}".replace("-", "−")
                axes.text(x, y, words, ha="center", va="center", color=theme["ink"], fontsize=7)
    axes.set_xlim(-0.5, columns - 0.5)
    axes.set_ylim(rows - 0.5, -0.5)
    for axis, names in ((axes.xaxis, matrix.columns), (axes.yaxis, matrix.rows)):
        every = max(1, math.ceil(len(names) / _MOST_NAMES))
        axis.set_ticks(range(0, len(names), every), names[::every])
    axes.tick_params(length=0, labelcolor=theme["soft"])
    if any(len(name) > 4 for name in matrix.columns):
        axes.tick_params(axis="x", labelrotation=45)
    axes.set_xlabel(matrix.column_label)
    axes.set_ylabel(matrix.row_label)


def _legend(axes: Axes, entries: int, theme: Theme) -> None:
    if entries:
        axes.legend(
            loc="lower left",
            bbox_to_anchor=(0.0, 1.0),
            ncols=2 if entries > 3 else max(1, min(3, entries)),
            frameon=False,
            borderaxespad=0.2,
            labelcolor=theme["ink"],
        )
