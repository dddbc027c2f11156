"""One pair of axes: positions along one axis, measured values along the other, and what diverged at the edge."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.ticker import FixedLocator, FuncFormatter, LogLocator, MaxNLocator, NullFormatter, NullLocator

from vivavoce.surfaces.plots.style import Theme

_GOLDEN = 0.618034
"""Multiples of it spread evenly over a unit interval, in any number: jitter without chance."""
_SUPER = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_EDGE = 0.09
"""Share of the axis kept for what diverged."""


class Panel:
    """Axes whose values run upwards (`upright`) or to the right; `percent`: shares, shown as percentages."""

    def __init__(self, axes: Axes, theme: Theme, *, upright: bool, log: bool, percent: bool = False) -> None:
        self.axes, self.theme, self.upright, self.log = axes, theme, upright, log
        self._factor = 100.0 if percent else 1.0
        self._lost: list[tuple[float, float, str]] = []
        self._seen: list[float] = []
        axes.set_autoscale_on(False)
        if log:
            self._set_limits(1.0, 10.0)
            (axes.set_yscale if upright else axes.set_xscale)("log")
        quiet(axes, theme)
        axes.grid(axis="y" if upright else "x", color=theme["line"], linewidth=0.6)

    def dots(
        self, at: Sequence[float], values: Sequence[float], colour: str, marker: str, *, faint: bool, nan: float
    ) -> None:
        """A dot for each value at its position; what has no place on the axis goes to its edge (`nan`: which)."""
        shown = list(zip(at, values, strict=True))
        kept = [(p, v) for p, v in shown if self._has_place(v)]
        self._lost += [(p, self._side(v, nan), colour) for p, v in shown if not self._has_place(v)]
        self._seen += [v for _, v in kept]
        if kept:
            self._plot(
                *zip(*kept, strict=True),
                linestyle="none",
                marker=marker,
                markersize=4.2,
                markerfacecolor=colour,
                markeredgecolor=self.theme["paper"],
                markeredgewidth=0.5,
                alpha=0.35 if faint else 0.75,
                zorder=3,
            )

    def interval(self, at: float, interval: tuple[float, float, float], colour: str, *, faint: bool = False) -> None:
        """The mean as a cross line, its interval as a bar."""
        mean, low, high = interval
        alpha = 0.45 if faint else 1.0
        low, high = (max(v, 1e-300) if self.log else v for v in (low, high))
        self._seen += [low, high]
        self._plot((at, at), (low, high), color=colour, linewidth=2.2, alpha=alpha, zorder=4, solid_capstyle="butt")
        if self._has_place(mean):
            mark = "_" if self.upright else "|"
            self._plot(
                (at,), (mean,), marker=mark, markersize=11, markeredgewidth=2.2, color=colour, alpha=alpha, zorder=5
            )

    def band(self, low: float, high: float) -> None:
        """Where a difference is too small to matter."""
        span = self.axes.axhspan if self.upright else self.axes.axvspan
        span(low, high, facecolor=self.theme["band"], edgecolor="none", alpha=0.35, zorder=0)
        self._seen += [v for v in (low, high) if self._has_place(v)]

    def level(self, value: float, *, dashed: bool = False) -> None:
        """A value to compare with."""
        draw = self.axes.axhline if self.upright else self.axes.axvline
        draw(value, color=self.theme["ink"], linewidth=1.0, linestyle=(0, (4, 3)) if dashed else "-", zorder=2)
        self._seen.append(value)

    def finish(self, label: str, room: int) -> None:
        """Limits, ticks, a label of at most `room` letters a line; then what diverged."""
        low, high = self._limits()
        axis: Axis = self.axes.yaxis if self.upright else self.axes.xaxis
        if self.log:
            wide = math.log10(high / low)
            axis.set_major_locator(LogLocator(subs=(1.0,) if wide > 2.2 else (1.0, 2.0, 5.0), numticks=7))
            axis.set_minor_locator(NullLocator())
            axis.set_minor_formatter(NullFormatter())
        else:
            axis.set_major_locator(MaxNLocator(6 if self.upright else 5, steps=[1, 2, 5, 10]))
        axis.set_major_formatter(FuncFormatter(lambda value, place: short(self._factor * value)))
        ends = {side for _, side, _ in self._lost}
        if self._lost:
            label += "; × at the edge: " + ("zero or diverged" if self.log else "diverged")
        self._set_limits(
            *(self._beyond(low, high, side) if side in ends else end for side, end in ((-1, low), (1, high)))
        )
        for side in ends:
            self._draw_lost(low, high, side)
        (self.axes.set_ylabel if self.upright else self.axes.set_xlabel)(
            wrapped(label, 4 * room // 5 if self.upright else room)
        )

    def positions(self, at: Sequence[float], names: Sequence[str], label: str = "") -> None:
        """Names along the other axis; the first at the top where they stand below one another."""
        axis: Axis = self.axes.xaxis if self.upright else self.axes.yaxis
        axis.set_major_locator(FixedLocator(list(at)))
        axis.set_ticklabels(list(names))
        axis.set_minor_locator(NullLocator())
        if label:
            axis.set_label_text(wrapped(label, 46))
        if not any(names):
            axis.set_tick_params(length=0)
        if not self.upright:
            self.axes.set_ylim(max(at) + 0.6, min(at) - 0.6)

    def _has_place(self, value: float) -> bool:
        return math.isfinite(value) and (value > 0 or not self.log)

    def _limits(self) -> tuple[float, float]:
        seen = [v for v in self._seen if self._has_place(v)] or [1.0 if self.log else 0.0]
        low, high = min(seen), max(seen)
        if self.log:
            low, high = math.log10(low), math.log10(high)
        pad = 0.06 * (high - low) or (0.3 if self.log else 0.5 * abs(high) or 0.5)
        low, high = low - pad, high + pad
        return (10.0 ** max(low, -307), 10.0 ** min(high, 307)) if self.log else (low, high)

    def _beyond(self, low: float, high: float, side: float, share: float = _EDGE) -> float:
        if self.log:
            reach = (math.log10(high) - math.log10(low)) * share
            end = math.log10(high) + reach if side > 0 else math.log10(low) - reach
            return math.pow(10.0, max(-307.0, min(307.0, end)))
        return high + (high - low) * share if side > 0 else low - (high - low) * share

    def _set_limits(self, low: float, high: float) -> None:
        (self.axes.set_ylim if self.upright else self.axes.set_xlim)(low, high)

    def _draw_lost(self, low: float, high: float, side: float) -> None:
        place = self._beyond(low, high, side, _EDGE / 2)
        for at, towards, colour in self._lost:
            if towards == side:
                self._plot((at,), (place,), marker="x", markersize=5.5, markeredgewidth=1.6, color=colour, zorder=6)
        edge = high if side > 0 else low
        draw = self.axes.axhline if self.upright else self.axes.axvline
        draw(edge, color=self.theme["soft"], linewidth=0.8, linestyle=(0, (1, 2)), zorder=1)

    def _side(self, value: float, nan: float) -> float:
        """Which edge a value without a place goes to: 1 or -1."""
        value = nan if math.isnan(value) else value
        return 1.0 if value > 0 else -1.0

    def _plot(self, at: Sequence[float], values: Sequence[float], **look: Any) -> None:
        pair = (at, values) if self.upright else (values, at)
        self.axes.plot(*pair, **look)


def jitter(n: int) -> float:
    """A share between -1/2 and 1/2 for the `n`th of some dots, the same every time."""
    return (n * _GOLDEN) % 1 - 0.5


def wrapped(label: str, room: int) -> str:
    """A label over lines of at most `room` letters, its unit in brackets never alone on one."""
    return textwrap.fill(label.replace(" (", "\u00a0("), room).replace("\u00a0", " ")


def quiet(axes: Axes, theme: Theme) -> None:
    """No box around the data, and ticks that do not shout."""
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(theme["soft"])
        axes.spines[side].set_linewidth(0.7)
    axes.tick_params(color=theme["soft"], labelcolor=theme["soft"], length=3, width=0.7)
    axes.set_axisbelow(True)


def short(value: float) -> str:
    """A tick's words: no more digits than it needs, powers of ten raised."""
    if value == 0:
        return "0"
    if not 1e-3 <= abs(value) < 1e5:
        mantissa, _, power = f"{abs(value):.1e}".partition("e")
        sign = "−" if value < 0 else ""
        raised = f"10{str(int(power)).translate(_SUPER)}"
        mantissa = mantissa.removesuffix(".0")
        return f"{sign}{raised}" if mantissa == "1" else f"{sign}{mantissa}·{raised}"
    return (f"{value:.4g}" if abs(value) < 1e4 else f"{value:.0f}").replace("-", "−")
