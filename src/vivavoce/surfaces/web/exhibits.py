"""What a case shows, measured out: the templates only write it down. Numbers stand beside every picture."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeGuard

from vivavoce.domain.exhibit import Bars, Curves, Exhibit, Log, Matrix

WIDTH, HEIGHT = 460, 250
LEFT, RIGHT, TOP, BOTTOM = 54, 10, 12, 40
STYLES = 6
"""Kinds of line that differ by dashes and colour."""
MOST_MARKS, NEAREST_TICKS = 9, 30
MOST_ROWS = 60
"""Of the table beside a curve; longer ones are thinned."""
HEATS = 9


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis."""

    at: float
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart: its pieces, and where it stops being finite."""

    name: str
    style: int
    pieces: tuple[str, ...]
    """Points of polylines, as SVG writes them."""
    dots: tuple[tuple[float, float], ...]
    """Each value where few were measured; otherwise those between two that are not finite: a line of one point."""
    broken: tuple[float, ...]
    """Places on the x axis at which the value is not finite."""
    summary: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Curves ready to be drawn."""

    kind = "curves"
    title: str
    x_label: str
    y_label: str
    log_y: bool
    lines: tuple[Line, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    table: tuple[tuple[str, ...], ...]
    """Rows of the values, x first."""
    alternative: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One named value."""

    name: str
    words: str
    width: float
    """Of a hundred."""


@dataclass(frozen=True, slots=True)
class BarTable:
    """Bars ready to be drawn."""

    kind = "bars"
    title: str
    y_label: str
    log_y: bool
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a matrix with how dark its field is."""

    words: str
    heat: int
    """0 to 9, by size."""
    negative: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A matrix ready to be drawn."""

    kind = "matrix"
    title: str
    row_label: str
    column_label: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


@dataclass(frozen=True, slots=True)
class Text:
    """What was printed."""

    kind = "log"
    title: str
    text: str


def drawn(exhibit: Exhibit) -> Drawing | BarTable | Grid | Text:
    """An exhibit as its template takes it; `kind` names the template's part."""
    match exhibit:
        case Curves():
            return _curves(exhibit)
        case Bars():
            return _bars(exhibit)
        case Matrix():
            return _grid(exhibit)
        case Log():
            return Text(exhibit.title, exhibit.text)


def short(value: float | None) -> str:
    """A number in at most four significant digits."""
    if value is None or not math.isfinite(value):
        return "not finite"
    if value == 0:
        return "0"
    if not 1e-3 <= abs(value) < 1e5:
        mantissa, _, power = f"{value:.2e}".partition("e")
        return f"{mantissa.rstrip('0').rstrip('.')}e{int(power)}"
    text = f"{value:.4g}"
    return f"{value:.0f}" if "e" in text else text  # 10000, not 1e+04


def _curves(curves: Curves) -> Drawing:
    everything = [v for line in curves.lines.values() for v in line if _usable(v, log=False)]
    log = curves.log_y and any(v > 0 for v in everything)
    values = [v for v in everything if v > 0] if log else everything
    low, high, y_ticks = (_decades if log else round_steps)(values or [0.0, 1.0], 5)
    x_low, x_high = (min(curves.x), max(curves.x)) if curves.x else (0.0, 1.0)
    x_high = x_high if x_high > x_low else x_low + 1

    def place(x: float) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (x - x_low) / (x_high - x_low), 1)

    def height(y: float) -> float:
        share = (math.log10(y) - low) / (high - low) if log else (y - low) / (high - low)
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - share), 1)

    few = _marked(curves.x, place)
    lines = []
    for number, (name, line) in enumerate(curves.lines.items()):
        pairs = list(zip(curves.x, line, strict=False))
        runs = list(_runs(pairs, log))
        lines.append(
            Line(
                name=name,
                style=number % STYLES,
                pieces=tuple(" ".join(f"{place(x)},{height(y)}" for x, y in run) for run in runs if len(run) > 1),
                dots=tuple((place(x), height(y)) for run in runs for x, y in run if few or len(run) == 1),
                broken=tuple(place(x) for x, y in pairs if y is None)[:12],
                summary=_line_words(name, pairs, curves.x_label),
            )
        )
    inside = few or [t for t in round_steps(list(curves.x) or [0.0, 1.0], 6)[2] if x_low <= t <= x_high]
    every = max(1, math.ceil(len(curves.x) / MOST_ROWS))
    table = tuple(
        (short(x), *(short(line[n]) if n < len(line) else "" for line in curves.lines.values()))
        for n, x in enumerate(curves.x)
        if n % every == 0 or n == len(curves.x) - 1
    )
    return Drawing(
        title=curves.title,
        x_label=curves.x_label,
        y_label=curves.y_label,
        log_y=log,
        lines=tuple(lines),
        x_ticks=tuple(Tick(place(t), short(t)) for t in inside),
        y_ticks=tuple(Tick(height(10.0**t if log else t), short(10.0**t if log else t)) for t in y_ticks),
        table=table,
        alternative=" ".join([f"{curves.title}.", *(line.summary for line in lines)]),
    )


def _marked(x: Sequence[float], place: Callable[[float], float]) -> list[float]:
    """The places at which was measured, as ticks, where they are few and do not crowd."""
    crowded = any(place(b) - place(a) < NEAREST_TICKS for a, b in pairwise(x))
    return list(x) if 2 <= len(x) <= MOST_MARKS and not crowded else []


def _bars(bars: Bars) -> BarTable:
    everything = [v for v in bars.values.values() if _usable(v, log=False)]
    log = bars.log_y and any(v > 0 for v in everything)
    finite = [v for v in everything if v > 0] if log else everything
    floor = math.floor(math.log10(min(finite))) - 0.5 if log else 0.0
    ceiling = math.log10(max(finite)) if log else max((abs(v) for v in finite), default=1.0)

    def width(value: float | None) -> float:
        if not _usable(value, log):
            return 0.0
        share = (math.log10(value) - floor) / (ceiling - floor) if log else abs(value) / (ceiling or 1.0)
        return round(100 * share, 1)

    rows = tuple(Bar(name, short(value), width(value)) for name, value in bars.values.items())
    return BarTable(bars.title, bars.y_label, log, rows)


def _grid(matrix: Matrix) -> Grid:
    numbers = [abs(v) for row in matrix.values for v in row if math.isfinite(v)]
    most = max(numbers, default=0.0) or 1.0

    def cell(value: float) -> Cell:
        return Cell(short(value), round(HEATS * abs(value) / most) if math.isfinite(value) else 0, value < 0)

    rows = tuple((name, tuple(map(cell, row))) for name, row in zip(matrix.rows, matrix.values, strict=False))
    return Grid(matrix.title, matrix.row_label, matrix.column_label, matrix.columns, rows)


def _usable(value: float | None, log: bool) -> TypeGuard[float]:
    return value is not None and math.isfinite(value) and (value > 0 or not log)


def _runs(pairs: Sequence[tuple[float, float | None]], log: bool) -> Iterator[list[tuple[float, float]]]:
    """Stretches without a gap."""
    run: list[tuple[float, float]] = []
    for x, y in pairs:
        if _usable(y, log):
            run.append((x, y))
        elif run:
            yield run
            run = []
    if run:
        yield run


def round_steps(values: Sequence[float], count: int) -> tuple[float, float, list[float]]:
    """Lower end, upper end and round ticks of a linear axis."""
    low, high = min(values), max(values)
    if high - low < 1e-12 * max(1.0, abs(high)):
        low, high = low - 0.5, high + 0.5
    raw = (high - low) / count
    unit = 10.0 ** math.floor(math.log10(raw))
    step = next(m * unit for m in (1, 2, 2.5, 5, 10) if m * unit >= raw * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    digits = 2 - math.floor(math.log10(step))  # enough for the step itself, whatever its size
    return first * step, last * step, [round(n * step, max(0, digits)) for n in range(first, last + 1)]


def _decades(values: Sequence[float], count: int) -> tuple[float, float, list[float]]:
    """Lower end, upper end and ticks of a logarithmic axis, as powers of ten."""
    first, last = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    last = last if last > first else first + 1
    step = max(1, math.ceil((last - first) / count))
    # Ticks only at powers that a float can hold: 10^-324 is zero, and zero has no place on this axis.
    return float(first), float(last), [float(n) for n in range(first, last + 1, step) if -324 < n < 309]


def _line_words(name: str, pairs: Sequence[tuple[float, float | None]], x_label: str) -> str:
    finite = [(x, y) for x, y in pairs if y is not None]
    if not finite:
        return f"{name}: no finite value."
    (_, first), (x_last, last) = finite[0], finite[-1]
    x_best, best = min(finite, key=lambda pair: pair[1])
    words = f"{name}: from {short(first)} to {short(last)}, lowest {short(best)} at {x_label} {short(x_best)}."
    if len(finite) < len(pairs):
        words = f"{words[:-1]}, {len(pairs) - len(finite)} not finite (last finite at {x_label} {short(x_last)})."
    return words
