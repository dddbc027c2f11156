"""What a case shows, in characters."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from vivavoce.domain.exhibit import Bars, Curves, Exhibit, Matrix

BLOCKS = "▁▂▃▄▅▆▇█"
WIDTH = 60


def exhibit_view(console: Console, exhibit: Exhibit) -> None:
    """Curves as sparklines, bars as bars, matrices as tables, logs as they are."""
    console.print()
    console.print(Text(exhibit.title, "bold"))
    if isinstance(exhibit, Curves):
        for name, values in exhibit.lines.items():
            shown = _thinned(values)
            ends = f"{_number(values[0])} → {_number(values[-1])}" if values else ""
            console.print(Text.assemble((f"  {name:>14} ", "cyan"), _sparkline(shown), f"  {ends}"))
        first, last = exhibit.x[0], exhibit.x[-1]
        scale = "logarithm of " if exhibit.log_y else ""
        console.print(Text(f"  {scale}{exhibit.y_label} over {exhibit.x_label} {first:g} to {last:g}", "bright_black"))
    elif isinstance(exhibit, Bars):
        numbers = [_scaled(v, exhibit.log_y) for v in exhibit.values.values()]
        finite = [n for n in numbers if n is not None]
        low = min(finite, default=0.0) if exhibit.log_y else min(0.0, *finite, 0.0)
        span = (max(finite, default=1.0) - low) or 1.0
        for (name, value), n in zip(exhibit.values.items(), numbers, strict=True):
            length = 0 if n is None else round(30 * (n - low) / span)
            console.print(Text.assemble((f"  {name:>20} ", "cyan"), "█" * length, f" {_number(value)}"))
    elif isinstance(exhibit, Matrix):
        table = Table(box=None, header_style="bold")
        table.add_column(exhibit.row_label)
        for column in exhibit.columns:
            table.add_column(column, justify="right")
        for name, row in zip(exhibit.rows, exhibit.values, strict=True):
            table.add_row(name, *(f"{v:.4g}" for v in row))
        console.print(table)
    else:
        console.print(Padding(Text(exhibit.text), (0, 0, 0, 2)))


def _thinned(values: Sequence[float | None]) -> list[float | None]:
    step = max(1, math.ceil(len(values) / WIDTH))
    return list(values[::step])


def _sparkline(values: Sequence[float | None]) -> str:
    finite = [v for v in values if v is not None]
    if not finite:
        return "?" * len(values)
    low, span = min(finite), (max(finite) - min(finite)) or 1.0
    return "".join("?" if v is None else BLOCKS[min(7, int(8 * (v - low) / span))] for v in values)


def _scaled(value: float | None, log: bool) -> float | None:
    if value is None or not log:
        return value
    return math.log10(value) if value > 0 else None


def _number(value: float | None) -> str:
    return "not finite" if value is None else f"{value:.4g}"
