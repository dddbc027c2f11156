"""One line of text that shows every seed: dots on an axis, the margin shaded, the interval beneath."""

from __future__ import annotations

import math
from collections.abc import Sequence

from vivavoce.domain.lab import Comparison, Direction, Effect, Lab, LabClaim, LabResult
from vivavoce.services.lab_numbers import gaps
from vivavoce.services.lab_words import number, unit_text

WIDTH = 56
"""Columns of the axis."""
_DOT, _MORE, _BAND, _LEVEL = "●", "◉", "░", "│"


def seed_lines(lab: Lab, claim: LabClaim, effect: Effect, result: LabResult) -> tuple[str, str]:
    """Two lines: every seed as a dot (◉ is several), and the scale with what the shades mean; nothing without a seed.

    Seeds that diverged are named, not drawn.
    """
    test, measure = claim.test, lab.measures[claim.test.measure]
    values = [gap for _, gap in gaps(test, measure, result.measurements, effect.condition)]
    drawn = [v for v in values if math.isfinite(v) and not (measure.log and v <= 0)]
    if not drawn:
        return "", ""
    low, high = _band(test, measure.log)
    level = _level(test, measure.log)
    scale = _Scale([*drawn, low, high, level], log=measure.log)
    cells = [" "] * WIDTH
    if high > low:
        for column in range(scale.column(low), scale.column(high) + 1):
            cells[column] = _BAND
    cells[scale.column(level)] = _LEVEL
    for value in drawn:
        column = scale.column(value)
        cells[column] = _MORE if cells[column] in (_DOT, _MORE) else _DOT
    times = measure.log and isinstance(test.against, str)
    unit = "times" if times else unit_text(measure, difference=isinstance(test.against, str))
    factor = 100 if measure.yes_no else 1
    ends = f"{number(factor * scale.low)} … {number(factor * scale.high)} {unit}".rstrip()
    lost = len(values) - len(drawn)
    meaning = f"│ {number(factor * level)}" + (", ░ within the margin" if high > low else "")
    return "".join(cells).rstrip(), f"{ends}   {meaning}" + (f", {lost} not finite" if lost else "")


class _Scale:
    """Values to columns."""

    def __init__(self, values: Sequence[float], *, log: bool) -> None:
        self._log = log
        self.low, self.high = min(values), max(values)
        if self.low == self.high:
            self.low, self.high = (self.low / 2, self.high * 2) if log else (self.low - 1, self.high + 1)

    def column(self, value: float) -> int:
        low, high, here = (math.log(v) if self._log else v for v in (self.low, self.high, value))
        return round((here - low) / (high - low) * (WIDTH - 1))


def _level(test: Comparison, log: bool) -> float:
    if isinstance(test.against, str):
        return 1.0 if log else 0.0
    return test.against


def _band(test: Comparison, log: bool) -> tuple[float, float]:
    """Where a seed does not satisfy a claim although it lies on its side; for EQUAL, where it does."""
    level = _level(test, log)
    low, high = (level / test.margin, level * test.margin) if log else (level - test.margin, level + test.margin)
    if test.direction is Direction.EQUAL:
        return low, high
    return (level, high) if test.direction is Direction.ABOVE else (low, level)
